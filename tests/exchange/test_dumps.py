"""Dumps: the whole public set, of one moment, put in place at once, the same bytes for the same."""

import datetime as dt
import gzip
import hashlib
import json

import pytest

from registry.exchange import dumps
from registry.exchange.tables import TABLES
from registry.models import Entry
from registry.queries import revision
from registry.queries.snapshots import snapshot
from tests import factories

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 25, 2, 31, tzinfo=dt.UTC)


def write(folder, at=AT):
    return dumps.write(folder, taken_at=at, software="0.1.0")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def few(registry_data):
    """The entries of two nouns, so that a dump is quick."""
    Entry.objects.exclude(noun__in=["area", "term"]).delete()


@pytest.mark.slow
def test_dump_holds_every_public_entry_and_says_so(registry_data, tmp_path):
    withdrawn = factories.withdrawn(factories.activity(title="Withdrawn and gone"))

    manifest = write(tmp_path)

    told = json.loads((manifest.folder / "manifest.json").read_text())
    assert (told["taken_at"], told["revision"]) == (AT.isoformat(), revision.latest())
    assert {(each["noun"], each["format"]) for each in told["files"]} == {
        (noun, name) for noun in TABLES for name in dumps.FORMAT_NAMES
    }
    for each in told["files"]:
        packed = (manifest.folder / each["name"]).read_bytes()
        text = gzip.decompress(packed).decode("utf-8-sig")
        assert hashlib.sha256(packed).hexdigest() == each["sha256"]
        assert len(packed) == each["bytes"]
        stored = Entry.objects.public().filter(noun=each["noun"]).order_by("key")
        assert stored.count() == each["rows"]
        if each["format"] == "jsonl":
            assert text.splitlines() == list(stored.values_list("body", flat=True))
        assert withdrawn.slug not in text


def test_checksums_are_as_sha256sum_reads_them(few, tmp_path):
    manifest = write(tmp_path)

    lines = (manifest.folder / "SHA256SUMS").read_text().splitlines()

    assert lines == [f"{file.sha256}  {file.name}" for file in manifest.files]
    assert len(lines) == 20


def test_same_records_give_the_same_bytes(few, tmp_path):
    first = write(tmp_path / "a")
    second = write(tmp_path / "b", at=AT + dt.timedelta(days=1))

    before, after = contents(first.folder), contents(second.folder)
    assert {name for name in before if before[name] != after[name]} == {"manifest.json"}


def test_latest_is_what_was_written_last_and_the_one_before_stays(few, tmp_path):
    assert dumps.latest(tmp_path) is None
    written = [write(tmp_path, at=AT + dt.timedelta(days=n)) for n in range(3)]

    assert dumps.latest(tmp_path) == written[-1]
    folders = sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    assert folders == [each.folder.name for each in written[1:]]


def test_failed_dump_leaves_the_last_and_nothing_else(few, tmp_path, monkeypatch):
    good = write(tmp_path)
    Entry.objects.filter(noun="term", key="apcd").update(body="{broken")

    with pytest.raises(json.JSONDecodeError):
        write(tmp_path, at=AT + dt.timedelta(days=1))

    assert dumps.latest(tmp_path) == good
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [good.folder.name, dumps.LATEST]
    )


def test_dump_that_is_being_written_by_somebody_else_is_left_alone(few, tmp_path):
    (tmp_path / ".writing-elsewhere").mkdir()

    for day in range(3):
        write(tmp_path, at=AT + dt.timedelta(days=day))

    assert (tmp_path / ".writing-elsewhere").is_dir()


def test_only_names_of_the_manifest_lead_to_files(few, tmp_path):
    manifest = write(tmp_path)

    assert manifest.path_of("areas.csv.gz") == manifest.folder / "areas.csv.gz"
    assert manifest.path_of("manifest.json").is_file()
    for name in ("../latest", "latest", "", ".", "areas.csv", "/etc/passwd"):
        assert manifest.path_of(name) is None


def test_snapshot_inside_a_transaction_changes_nothing(registry_data):
    with snapshot():
        assert Entry.objects.filter(noun="area").count() == 8
