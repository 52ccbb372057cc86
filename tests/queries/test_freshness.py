"""How fresh an activity is: by its last confirmation, its cadence and the day."""

import datetime as dt

import pytest
import time_machine

from articles.dates import months_after
from registry.actions import activities
from registry.models import Activity
from registry.permissions import SYSTEM
from registry.queries import bodies, freshness
from registry.queries.freshness import due_on, freshness_on
from tests import factories

CONFIRMED = dt.date(2026, 3, 9)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 3, 9), 12, (2027, 3, 9)),
        ((2026, 3, 9), 0, (2026, 3, 9)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2026, 1, 31), 11, (2026, 12, 31)),
        ((9999, 1, 1), 12, (9999, 12, 31)),
    ],
)
def test_months_later(day, months, later):
    assert months_after(dt.date(*day), months) == dt.date(*later)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ((2026, 3, 9), "fresh"),
        ((2027, 3, 8), "fresh"),
        ((2027, 3, 9), "due"),
        ((2027, 6, 6), "due"),
        ((2027, 6, 7), "overdue"),
        ((2028, 6, 5), "overdue"),
        ((2028, 6, 6), "silent"),
        ((2040, 1, 1), "silent"),
    ],
)
def test_freshness_by_the_day(today, expected):
    activity = Activity(confirmed_on=CONFIRMED)

    assert freshness_on(activity, dt.date(*today)) == expected


@pytest.mark.parametrize(
    ("every", "day"),
    [(None, (2027, 3, 9)), (0, (2027, 3, 9)), (6, (2026, 9, 9)), (24, (2028, 3, 9))],
)
def test_cadence_says_when_it_is_due(every, day):
    activity = Activity(confirmed_on=CONFIRMED, confirm_every=every)

    assert due_on(activity) == dt.date(*day)
    assert freshness_on(activity, dt.date(*day)) == "due"


def test_what_nobody_confirmed_is_silent_and_what_is_completed_needs_nothing():
    never, over = Activity(), Activity(status="completed", confirmed_on=CONFIRMED)

    assert (freshness_on(never, CONFIRMED), due_on(never)) == ("silent", None)
    assert (freshness_on(over, CONFIRMED), due_on(over)) == ("", None)


@pytest.mark.django_db
@time_machine.travel(dt.datetime(2027, 4, 1, tzinfo=dt.UTC), tick=False)
def test_body_tells_the_state_and_the_day():
    activity = factories.activity(confirmed_on="2026-03-09")

    [built] = bodies.build("activity", [activity.slug])

    told = {name: built.body[name] for name in ("confirmed_on", "confirm_due", "freshness")}
    assert told == {
        "confirmed_on": "2026-03-09",
        "confirm_due": "2027-03-09",
        "freshness": "due",
    }


def _confirmed(*parts, **values):
    participations = [{"partner": each.slug, "role": role} for each, role in parts]
    given = {"participations": participations, "confirmed_on": "2026-03-09"} | values
    return factories.activity(**given)


@pytest.mark.django_db
@time_machine.travel(dt.datetime(2027, 4, 1, tzinfo=dt.UTC), tick=False)
def test_focal_points_of_the_lead_are_asked_and_of_others_where_it_has_none():
    lead, empty, other = factories.partner(), factories.partner(), factories.partner()
    anna, bo = factories.focal_point(lead), factories.focal_point(other)
    factories.contributor(lead)
    led = _confirmed((lead, "lead"), (lead, "funding"), (other, "implementing"))
    helped = _confirmed((empty, "lead"), (other, "contributing"))
    _confirmed((empty, "lead"))
    _confirmed((lead, "lead"), confirmed_on="2026-05-01")  # fresh
    _confirmed((lead, "lead"), confirmed_on=None)  # nobody said when to ask
    _confirmed((lead, "lead"), end="2026")  # completed
    withdrawn = _confirmed((lead, "lead"))
    activities.withdraw(record=withdrawn, version=1, reason="Twice here.", by=SYSTEM)

    asked = freshness.questions()

    assert [(each.activity, each.partner, each.to, each.until) for each in asked] == [
        (led, lead.name, (anna,), dt.date(2027, 6, 7)),
        (helped, other.name, (bo,), dt.date(2027, 6, 7)),
    ]
    assert asked[0].once == f"confirm:{led.reference}:2026-03-09:due"
