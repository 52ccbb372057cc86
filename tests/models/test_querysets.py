"""Which records a queryset names, and what the models compute of their own fields."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from registry.actions import activities
from registry.models import (
    Activity,
    Area,
    Contribution,
    Entry,
    Event,
    Guidance,
    Meeting,
    Partner,
    Record,
    User,
)
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db

MADE_BY = {
    Activity: factories.activity,
    Area: factories.area,
    Contribution: factories.contribution,
    Guidance: factories.guidance,
    Meeting: factories.meeting,
    Partner: factories.partner,
}


def _withdrawn(record):
    type(record).objects.filter(pk=record.pk).update(withdrawn_at=timezone.now())
    return record


def test_every_noun_is_here():
    assert set(MADE_BY) == set(Record.__subclasses__())


@pytest.mark.parametrize("model", MADE_BY)
def test_published_leaves_out_what_is_withdrawn(model):
    kept, gone = MADE_BY[model](), _withdrawn(MADE_BY[model]())
    ours = model.objects.filter(pk__in=[kept.pk, gone.pk])

    assert list(ours.published()) == [kept]


@pytest.mark.parametrize("model", MADE_BY)
def test_visible_to_shows_withdrawn_records_to_staff_only(model):
    kept, gone = MADE_BY[model](), _withdrawn(MADE_BY[model]())
    ours = model.objects.filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    contributor = User(email="writer@example.org")

    assert list(ours.visible_to(AnonymousUser())) == [kept]
    assert list(ours.visible_to(None)) == [kept]
    assert list(ours.visible_to(contributor)) == [kept]
    assert list(ours.visible_to(factories.editor())) == [kept, gone]


def test_partners_and_others_part_all_organisations():
    association = factories.partner(is_association=True)
    others = [
        factories.partner(standing="represented", represented_by=association.slug),
        factories.partner(standing="contributor"),
        factories.partner(standing="named"),
    ]
    ours = Partner.objects.filter(pk__in=[association.pk, *(each.pk for each in others)])

    assert list(ours.partners()) == [association]
    assert list(ours.others().order_by("pk")) == others


def test_public_entries_leave_out_tombstones():
    kept, gone = factories.activity(), factories.activity()
    activities.withdraw(record=gone, version=1, reason="Entered twice.", by=SYSTEM)
    ours = Entry.objects.filter(noun="activity", key__in=[kept.slug, gone.slug])

    assert [entry.key for entry in ours.public()] == [kept.slug]


def test_events_about_a_record_come_newest_first():
    activity = factories.activity()
    activities.withdraw(record=activity, version=1, reason="Entered twice.", by=SYSTEM)

    events = Event.objects.about("activity", activity.slug)

    assert [event.verb for event in events] == ["withdraw", "create"]


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("", "", (None, None)),
        ("2014", "", (2014, None)),
        ("2014-03", "2015-12", (2014, 2015)),
        ("2014-03-09", "2014-03-10", (2014, 2014)),
        ("", "2016", (None, 2016)),
    ],
)
def test_years_are_generated_from_the_dates(start, end, years):
    activity = factories.activity(start=start, end=end)

    activity.refresh_from_db()

    assert (activity.start_year, activity.end_year) == years


def test_years_follow_a_change_of_the_dates():
    activity = factories.activity(start="2014", end="2015")

    Activity.objects.filter(pk=activity.pk).update(start="", end="2016-01-31")
    activity.refresh_from_db()

    assert (activity.start_year, activity.end_year) == (None, 2016)


@pytest.mark.parametrize("model", MADE_BY)
def test_public_address_is_made_of_the_slug(model):
    record = MADE_BY[model]()

    assert record.get_absolute_url().endswith(f"/{record.slug}/")


@pytest.mark.parametrize("model", MADE_BY)
def test_record_says_its_name(model):
    record = MADE_BY[model]()
    name = next(
        getattr(record, field)
        for field in ("short_name", "title", "name", "purpose")
        if hasattr(record, field)
    )

    assert str(record) == name


def test_rows_say_which_records_they_join():
    partner, area, document = factories.partner(), factories.area(), factories.guidance()
    activity = factories.activity(
        participations=[{"partner": partner.slug, "role": "lead"}],
        areas=[area.slug],
        articles=[{"article": 7, "basis": "stated"}],
        countries=["KE"],
        regions=["africa"],
        outputs=[document.slug],
        links=[{"label": "Page", "url": "https://example.org/"}],
        funding_lines=[{"funder": None, "amount": "5", "currency": "USD"}],
    )

    said = {
        str(getattr(activity, name).get())
        for name in (
            *("participations", "activity_areas", "activity_articles", "activity_countries"),
            *("activity_regions", "outputs", "links", "funding_lines"),
        )
    }

    assert said == {
        f"{partner.pk} lead {activity.pk}",
        f"{activity.pk} in {area.pk}",
        f"{activity.pk} serves 7",
        f"{activity.pk} in KE",
        f"{activity.pk} in africa",
        f"{activity.pk} produced {document.pk}",
        "Page",
        "USD 5.00",
    }


def test_people_are_found_by_their_address_in_any_spelling():
    user = factories.editor(email="Ana@example.org")

    assert User.objects.get_by_natural_key("ANA@example.org") == user
    assert str(user) == "Ana@example.org"
    assert str(factories.editor(name="Bo")) == "Bo"


def test_event_reads_as_a_line():
    event = Event(
        at=dt.datetime(2020, 1, 2, 3, 4, tzinfo=dt.UTC),
        actor="Ana",
        verb="change",
        noun="area",
        key="asgm",
    )

    assert str(event) == "2020-01-02 03:04 Ana change area asgm"
