"""Snapshots: frozen, checkable, made again byte for byte; public for ever."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.actions import activities, snapshots
from registry.errors import Refused
from registry.exchange.snapshots import again
from registry.exchange.snapshots.taking import take
from registry.models import Activity, Snapshot
from registry.permissions import SYSTEM
from registry.queries.quotable import Scope
from tests import factories
from tests.web.reading import Page

pytestmark = pytest.mark.django_db
DAY = "2026-11-25"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def few_look_alikes(monkeypatch):
    """To compare all activities takes seconds; another test does."""
    monkeypatch.setattr("registry.queries.quotable.material.look_alikes", lambda: (("a", "b"),))


def taken(title="State of the registry", by=SYSTEM, scope=None):
    import datetime as dt

    return take(
        title=title,
        scope=scope or Scope(2017, 2024),
        day=dt.date.fromisoformat(DAY),
        software="0.1",
        site="https://example.org",
        by=by,
    )


def parts(snapshot):
    with zipfile.ZipFile(snapshots.path_of(snapshot)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_made_again_from_its_own_records_it_is_the_same_bytes(registry_data):
    made = taken()
    file = snapshots.path_of(made).read_bytes()
    factories.activity(title="Came later", start="2020")

    assert again(file).file == file
    assert hashlib.sha256(file).hexdigest() == made.sha256
    call_command("snapshot", "--again", made.key, stdout=io.StringIO())
    call_command("snapshot", "--check", stdout=io.StringIO())


def test_manifest_says_counts_what_is_left_out_and_checksums(registry_data):
    made = taken()

    found = parts(made)

    manifest = json.loads(found.pop("manifest.json"))
    assert {name: hashlib.sha256(part).hexdigest() for name, part in found.items()} == {
        name: said["sha256"] for name, said in manifest["parts"].items()
    }
    assert manifest["counts"] == made.counts == {"activities": 69, "guidance": 96, "partners": 72}
    assert found["records/activity.jsonl"].count(b"\n") == 320
    assert found["tables/activities.csv"].count(b"\r\n") >= 70
    undated = "Activities whose dates do not tell whether they went on in the period"
    assert {"what": undated, "count": 185} in manifest["left_out"]
    note = found["README.txt"].decode()
    assert "revision" in note and "never converted" in note and f"Snapshot of {DAY}" in note


def test_what_is_withdrawn_later_stays_in_it(client):
    activity = factories.activity(title="Gone in a moment", start="2020")
    made = taken()
    activities.withdraw(record=activity, version=1, reason="A test.", by=SYSTEM)

    assert b"Gone in a moment" in parts(made)["records/activity.jsonl"]
    assert client.get(activity.get_absolute_url()).status_code == 410


def test_public_pages_cite_it_and_hand_it_out(client, registry_data):
    made = taken()

    listed = Page(client.get("/data/snapshots/"))
    page = client.get(f"/data/snapshots/{made.key}/")
    file = client.get(f"/data/snapshots/{made.key}.zip")

    assert f"/data/snapshots/{made.key}/" in listed.links
    text = " ".join(Page(page).text.split())
    assert f"Snapshot of {DAY}, revision {made.revision}" in text
    assert made.sha256 in text
    assert "added up for each currency by itself and never converted" in text
    assert hashlib.sha256(b"".join(file.streaming_content)).hexdigest() == made.sha256


def test_nothing_is_said_where_none_was_taken(client):
    assert "No snapshot has been taken yet" in Page(client.get("/data/snapshots/")).text
    assert client.get("/data/snapshots/2026-11-25-1/").status_code == 404


def test_the_same_is_not_frozen_twice_and_nothing_without_a_title():
    taken()

    with pytest.raises(Refused, match="Give the snapshot a title"):
        taken(title=" ")
    assert [each.key for each in Snapshot.objects.all()] == [f"{DAY}-1"]
    assert taken(title="Another").key == f"{DAY}-2"


def test_changed_file_is_noticed():
    made = taken()
    snapshots.path_of(made).write_bytes(b"other")

    assert snapshots.unsound(by=SYSTEM) == [made]
    with pytest.raises(CommandError, match=f"Gone or changed: {made.key}"):
        call_command("snapshot", "--check")


def test_only_those_who_may_take_one(registry_data):
    with pytest.raises(PermissionDenied):
        taken(by=factories.contributor(factories.partner()))


@pytest.mark.parametrize(
    "scope, said",
    [
        (Scope(2024, 2017), "The first year comes after the last."),
        (Scope(areas=("moon",)), "There is no area “moon”."),
        (Scope(articles=(99,)), "There is no article 99."),
    ],
)
def test_scope_that_is_not_there_is_refused(registry_data, scope, said):
    with pytest.raises(Refused, match=said):
        taken(scope=scope)


def test_nothing_of_people_is_in_it():
    factories.editor(name="Canary Person", email="canary@example.org")
    factories.activity()

    found = b" ".join(parts(taken()).values())

    assert b"Canary" not in found and b"canary@" not in found
    assert Activity.objects.exists()
