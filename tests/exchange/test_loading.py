"""Loading the data files: what it counts, what it leaves alone, what it refuses."""

import csv
import datetime as dt
import shutil

import pytest
import time_machine
from django.db.models import Count

from registry.actions import activities, entries, guidance, meetings
from registry.exchange.loading import DATA, LOADER, Outcome, load
from registry.models import (
    Activity,
    Area,
    Contribution,
    Entry,
    Event,
    Guidance,
    Meeting,
    Partner,
    PriorityAction,
)
from registry.permissions import SYSTEM, System

STAFF = System("a person")
COUNTS = {
    "areas": 8,
    "partners": 72,
    "contributors": 30,
    "organisations named, not listed": 143,
    "guidance documents": 293,
    "activities": 320,
    "meetings": 70,
    "contributions": 31,
}


def test_every_row_is_a_record(registry_data):
    assert {kind: registry_data.count(Outcome.CREATED, kind) for kind in COUNTS} == COUNTS
    assert registry_data.count(Outcome.CREATED) == sum(COUNTS.values())
    assert str(registry_data).splitlines()[0] == (
        "areas: 8 created, 0 changed, 0 unchanged, 0 kept, edited since"
    )
    assert Area.objects.count() == 8
    assert PriorityAction.objects.count() == 42
    assert Guidance.objects.count() == 293
    assert Activity.objects.count() == 320
    assert Meeting.objects.count() == 70
    assert Contribution.objects.count() == 31


def test_only_partners_count_as_partners(registry_data):
    standings = Partner.objects.values_list("standing").annotate(Count("pk")).order_by("standing")

    assert Partner.objects.partners().count() == 72
    assert dict(standings) == {"contributor": 30, "named": 143, "partner": 72}
    assert sorted(registry_data.named, key=str.casefold) == registry_data.named
    assert set(registry_data.named) == set(
        Partner.objects.filter(standing="named").values_list("name", flat=True)
    )


def test_every_record_has_an_event_and_an_entry(registry_data):
    loaded = sum(COUNTS.values())

    assert Event.objects.filter(verb="create", actor=LOADER.label, actor_id=None).count() == loaded
    assert Event.objects.filter(verb="change").count() == 8  # the leads of the areas
    assert entries.differences() == []
    assert Entry.objects.filter(noun="activity").count() == 320


@pytest.mark.slow
def test_second_load_changes_nothing(registry_data):
    events = Event.objects.count()
    revisions = list(Entry.objects.order_by("pk").values_list("revision", flat=True))

    report = load()

    assert report.changed_nothing
    assert report.count(Outcome.UNCHANGED) == sum(COUNTS.values())
    assert Event.objects.count() == events
    assert list(Entry.objects.order_by("pk").values_list("revision", flat=True)) == revisions


def _copy(directory, file, **changes):
    """The data files, with the cells of the first row of one of them changed."""
    shutil.copytree(DATA, directory, dirs_exist_ok=True)
    with (DATA / file).open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    rows[0] |= changes
    with (directory / file).open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return directory


@pytest.mark.slow
def test_a_changed_row_changes_its_record_alone(registry_data, tmp_path):
    events = Event.objects.count()

    report = load(_copy(tmp_path, "guidance.csv", title="Another title", languages="en;fr"))

    changed = Guidance.objects.get(slug="mercury-acting-now")
    assert (changed.title, changed.version) == ("Another title", 2)
    assert list(changed.editions.values_list("language", flat=True)) == ["en", "fr"]
    assert (report.count(Outcome.CREATED), report.count(Outcome.CHANGED)) == (0, 1)
    assert Event.objects.count() == events + 1
    assert entries.differences() == []


@pytest.mark.slow
def test_what_people_have_edited_is_kept(registry_data, tmp_path):
    edited = Guidance.objects.get(slug="mercury-acting-now")
    guidance.change(record=edited, values={"title": "Ours"}, version=edited.version, by=STAFF)
    withdrawn = Activity.objects.order_by("pk").last()
    activities.withdraw(record=withdrawn, version=1, reason="A duplicate.", by=STAFF)
    meeting = Meeting.objects.order_by("pk").first()
    meetings.change(record=meeting, values={"title": "Better"}, version=1, by=STAFF)
    events = Event.objects.count()

    report = load(_copy(tmp_path, "guidance.csv", title="Theirs"))

    assert Guidance.objects.get(pk=edited.pk).title == "Ours"
    assert Activity.objects.get(pk=withdrawn.pk).withdrawn_at is not None
    assert Meeting.objects.get(pk=meeting.pk).title == "Better"
    assert Meeting.objects.count() == 70
    assert report.count(Outcome.KEPT) == 3
    assert report.changed_nothing
    assert Event.objects.count() == events


def test_time_that_passes_is_no_edit(registry_data, directory):
    planned = {"start": "2030-01-01", "end": "2030-12-31", "title": "First"}
    load(directory(activities=[planned]))
    with time_machine.travel("2031-06-01", tick=False):
        activities.refresh_statuses(today=dt.date(2031, 6, 1), by=SYSTEM)

    report = load(directory(activities=[planned | {"title": "Second"}]))

    assert report.count(Outcome.CHANGED) == 1
    assert Activity.objects.get(slug="test-activity").title == "Second"


def test_a_meeting_made_by_a_person_is_not_made_again(registry_data, directory):
    made = meetings.create(
        values={"title": "Test meeting", "kind": "other", "start": "2015"}, by=STAFF
    )

    report = load(directory(meetings=[{}]))

    assert report.count(Outcome.KEPT, "meetings") == 1
    assert Meeting.objects.get(title="Test meeting") == made
    assert made.kind == "other"


def test_small_files_load_what_they_hold(registry_data, directory):
    report = load(
        directory(
            areas=[{"lead": "Test Partner", "articles": "7;8", "articles_beyond": "16"}],
            priority_actions=[{}],
            partners=[{"areas": "test-area", "country": "KE"}],
            activities=[{"lead": "TEST PARTNER", "partners": "Somebody else"}],
        )
    )

    area = Area.objects.get(slug="test-area")
    assert [row.partner.slug for row in area.leads.all()] == ["test-partner"]
    assert list(area.area_articles.values_list("article", flat=True)) == [7, 8, 16]
    assert area.priority_actions.get().title == "Do it"
    assert report.count(Outcome.CREATED) == 4
    assert report.named == ["Somebody else"]


def test_the_loader_says_what_comes_next(registry_data, directory):
    lines = []

    load(directory(partners=[{}]), say=lines.append)

    assert lines[1] == "Loading 1 partners …"
    assert len(lines) == 8
