"""The first run on an empty machine, and one that fails."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.actions import entries
from registry.exchange import loading
from registry.models import Entry, User

pytestmark = pytest.mark.usefixtures("empty_tables", "db")


def _demo():
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out)
    return out.getvalue()


@pytest.fixture
def some_files(tmp_path, monkeypatch):
    """The registry's data files, most of them without a row."""
    for file in loading.DATA.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        if file.name not in ("areas.csv", "priority_actions.csv", "meetings.csv"):
            text = text.partition("\n")[0]
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(loading, "DATA", tmp_path)


@pytest.mark.slow
def test_everything_is_loaded_into_empty_tables(some_files):
    said = _demo()

    assert "areas: 8 created, 0 changed, 0 unchanged, 0 kept, edited since\n" in said
    assert "meetings: 70 created, 0 changed, 0 unchanged, 0 kept, edited since\n" in said
    assert "Nothing was changed" not in said
    assert entries.differences() == []
    assert Entry.objects.filter(noun="article").count() == 35


def test_a_fault_in_a_file_is_told_and_nothing_is_loaded(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "DATA", tmp_path)

    with pytest.raises(CommandError) as refusal:
        _demo()

    assert str(refusal.value) == (
        f"Nothing was loaded. {tmp_path}/areas.csv: cannot be read: No such file or directory."
    )
    assert (Entry.objects.count(), User.objects.count()) == (0, 0)
