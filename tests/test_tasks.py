"""Background jobs."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from registry import tasks
from registry.models import Activity, Entry, Event
from registry.queries import fulltext
from tests import factories


@pytest.fixture
def warnings(caplog):
    """A function that gives what the jobs have warned of; Celery's own lines are not theirs."""
    return lambda: [r.getMessage() for r in caplog.records if r.name == "registry.tasks"]


def test_sound_entries_are_left_alone(registry_data, warnings):
    revisions = set(Entry.objects.values_list("key", "revision"))

    tasks.check_search_index.delay()

    assert set(Entry.objects.values_list("key", "revision")) == revisions
    assert warnings() == []


def test_entries_that_differ_are_repaired_and_counted(registry_data, warnings):
    before = dict(Entry.objects.filter(noun="area").values_list("key", "body"))
    Entry.objects.filter(noun="area", key__in=["asgm", "coal"]).update(body="{}")
    Entry.objects.filter(noun="area", key="waste").delete()

    tasks.check_search_index.delay()

    assert dict(Entry.objects.filter(noun="area").values_list("key", "body")) == before
    assert warnings() == ["3 entries differed from their records; written afresh"]


def test_an_entry_without_a_record_becomes_a_tombstone_once(registry_data, warnings):
    left = Entry.objects.get(noun="term", key="asgm")
    left.pk, left.key = None, "long-gone"
    left.save()

    tasks.check_search_index.delay()
    tasks.check_search_index.delay()

    left.refresh_from_db()
    assert (left.title, left.body, left.text_stems) == ("", "", "")
    assert left.withdrawn_at is not None
    assert warnings() == ["1 entries differed from their records; written afresh"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL computes the index itself")
def test_a_broken_index_is_built_again(registry_data, warnings):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_entry_index(registry_entry_index) VALUES ('delete-all')"
        )
    assert not fulltext.index_is_sound()

    tasks.check_search_index.delay()

    assert fulltext.index_is_sound()
    assert warnings() == ["the search index differed from the entries; built again"]


def test_statuses_move_on_with_time(registry_data):
    with time_machine.travel(dt.datetime(2029, 6, 1, tzinfo=dt.UTC), tick=False):
        activity = factories.activity(start="2030-01-01", end="2030-12-31")
    with time_machine.travel(dt.datetime(2030, 6, 1, tzinfo=dt.UTC), tick=False):
        tasks.refresh_statuses.delay()

    moved = Activity.objects.get(pk=activity.pk)
    event = Event.objects.about("activity", activity.slug).first()
    assert (activity.status, moved.status) == ("planned", "ongoing")
    assert (event.verb, event.actor, event.note) == (
        "time passed",
        "system",
        "status: planned → ongoing",
    )
