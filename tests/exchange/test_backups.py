"""Backups: whole or told to be not, and restored only where nothing is lost."""

import datetime as dt
import json
import zipfile

import pytest

from registry.exchange.backups import restoring, rows, taking
from registry.models import Activity, Event
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = dt.datetime(2026, 11, 25, 1, 47, tzinfo=dt.UTC)


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "abcd").write_bytes(b"what a partner sent")
    (folder / ".writing").write_bytes(b"half of it")
    return folder


@pytest.fixture
def few(monkeypatch):
    """Three tables, so that it is quick."""
    whole = rows.tables()
    kept = ("registry_area", "registry_event", "registry_counter")
    monkeypatch.setattr(rows, "tables", lambda apps=None: {name: whole[name] for name in kept})


def take(folder, files):
    return taking.take(folder, files=files, taken_at=AT, software="0.1.0")


def test_backup_says_what_it_holds(registry_data, tmp_path, files):
    path = take(tmp_path / "kept", files)

    told = taking.check(path)
    assert path.name == "registry-20261125T014700Z.zip"
    assert told["tables"]["registry_activity"]["rows"] == Activity.objects.count()
    assert told["tables"]["registry_event"]["rows"] == Event.objects.count()
    assert "withdrawn_at" in told["tables"]["registry_activity"]["columns"]
    assert "start_year" not in told["tables"]["registry_activity"]["columns"]
    assert list(told["files"]) == ["ab/abcd"]
    assert told["tables"].keys().isdisjoint(rows.LEFT_OUT)
    assert ["registry", "0001_initial"] in told["migrations"]
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_rows_come_back_as_they_were(registry_data):
    model = rows.tables()["registry_activity"]
    names = rows.columns(model)
    factories.activity(title="Fünf %s “Retorten”\n汞", start="2014-03")
    before = list(rows.lines(model, names))
    model.objects.all()._raw_delete("default")

    rows.insert(model, names, before)

    assert list(rows.lines(model, names)) == before
    assert Activity.objects.get(title__startswith="Fünf").start_year == 2014


def changed(path, name, content):
    """The backup with another content of one part."""
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for each, old in parts.items():
            archive.writestr(each, content(old) if each == name else old)


@pytest.mark.parametrize(
    "name", ["tables/registry_event.jsonl", "tables/registry_counter.jsonl", "files/ab/abcd"]
)
def test_damage_is_told_by_name(few, tmp_path, files, name):
    factories.activity()
    path = take(tmp_path / "kept", files)
    changed(path, name, lambda old: old[:-3])

    with pytest.raises(taking.BadBackup, match=f"damaged: {name} is not what"):
        taking.check(path)


def test_a_copied_database_is_no_backup(tmp_path):
    path = tmp_path / "registry.sqlite3"
    path.write_bytes(b"SQLite format 3\0" + bytes(100))

    with pytest.raises(taking.BadBackup, match="a database file, not a backup"):
        taking.read_manifest(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"something else altogether"])
def test_other_files_are_no_backup(tmp_path, content):
    path = tmp_path / "other.zip"
    path.write_bytes(content)

    with pytest.raises(taking.BadBackup, match="no backup of a registry"):
        taking.read_manifest(path)


def test_a_backup_of_a_newer_release_is_refused(few, tmp_path, files):
    path = take(tmp_path / "kept", files)

    def with_later(old):
        told = json.loads(old)
        return json.dumps(told | {"migrations": [*told["migrations"], ["registry", "9999_later"]]})

    changed(path, taking.MANIFEST, with_later)

    with pytest.raises(taking.BadBackup, match=r"does not know registry\.9999_later"):
        restoring._schema_as_it_was(taking.read_manifest(path))


def test_nothing_is_restored_over_somebodys_data(few, tmp_path, files):
    path = take(tmp_path / "kept", files)
    factories.activity()

    with pytest.raises(taking.BadBackup, match="not empty: registry_event has rows"):
        restoring.restore(path, files=tmp_path / "new", noted=tmp_path)


def test_nothing_stands_under_the_name_of_a_backup_that_failed(few, tmp_path, files, monkeypatch):
    def full(*given):
        raise OSError("No space left on device")

    monkeypatch.setattr(taking, "_files", full)

    with pytest.raises(OSError, match="No space left"):
        take(tmp_path / "kept", files)
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_file_of_a_backup_stays_in_its_folder(few, tmp_path, files):
    path = take(tmp_path / "kept", files)
    told = {"../outside": {"bytes": 1, "sha256": ""}}
    changed(path, taking.MANIFEST, lambda old: json.dumps(json.loads(old) | {"files": told}))

    with pytest.raises(taking.BadBackup, match="outside of its folder"):
        taking.copy_files(path, tmp_path / "new")


def test_the_oldest_go(tmp_path):
    names = [f"registry-202611{day:02}T014700Z.zip" for day in range(1, 6)]
    for name in names:
        (tmp_path / name).touch()

    gone = taking.keep_newest(tmp_path, 2)

    assert sorted(path.name for path in gone) == names[:3]
    assert sorted(path.name for path in tmp_path.iterdir()) == names[3:]
