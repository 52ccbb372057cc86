"""The reference of an activity, its status and its phase, and what the calendar does to them."""

import datetime as dt

import pytest
import time_machine

from registry.actions import activities
from registry.actions.activities import ENTRY_INTO_FORCE, phase_of, reference, status_on
from registry.models import Activity, Entry, Event
from registry.permissions import SYSTEM
from tests import factories

TODAY = dt.date(2026, 3, 9)


def _checks(said: str) -> bool:
    """Luhn's rule over all digits, written the long way round."""
    total = 0
    for place, digit in enumerate(reversed([int(letter) for letter in said if letter.isdigit()])):
        doubled = digit * 2 if place % 2 else digit
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


@pytest.mark.parametrize(
    ("number", "said"), [(1, "A-0001-8"), (1042, "A-1042-1"), (12345, "A-12345-5")]
)
def test_reference_is_the_number_with_a_check_digit(number, said):
    assert reference(number) == said
    assert _checks(said)


def test_check_digit_notices_every_single_slip():
    for number in range(1, 2000, 7):
        said = reference(number)
        for place, letter in enumerate(said):
            if letter.isdigit():
                slips = [said[:place] + other + said[place + 1 :] for other in "0123456789"]
                assert [slip for slip in slips if _checks(slip)] == [said]


def test_check_digit_notices_neighbours_changed_over():
    for number in range(1, 10_000, 13):
        said = reference(number).replace("-", "")[1:]
        for at in range(len(said) - 1):
            turned = said[:at] + said[at + 1] + said[at] + said[at + 2 :]
            # Luhn is blind to 09 and 90, and to nothing else of the kind.
            if turned != said and {said[at], said[at + 1]} != {"0", "9"}:
                assert not _checks(turned)


@pytest.mark.django_db
def test_numbers_are_given_in_order_and_never_again():
    first, second = factories.activity(), factories.activity()
    activities.withdraw(record=second, version=1, reason="Twice here.", by=SYSTEM)

    third = factories.activity()

    assert [second.number, third.number] == [first.number + 1, first.number + 2]
    assert third.reference == reference(third.number)


@pytest.mark.django_db
def test_reference_stays_when_all_else_changes():
    activity = factories.activity()

    changed = activities.change(record=activity, values={"title": "Other"}, version=1, by=SYSTEM)

    assert (changed.number, changed.reference) == (activity.number, activity.reference)


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        ("", "", "reported"),
        ("2025", "", "reported"),
        ("2026", "", "reported"),
        ("2027", "", "planned"),
        ("2026-03", "", "reported"),
        ("2026-04", "", "planned"),
        ("2026-03-09", "", "reported"),
        ("2026-03-10", "", "planned"),
        ("", "2025", "completed"),
        ("", "2026", "reported"),
        ("", "2026-02", "completed"),
        ("", "2026-03", "reported"),
        ("", "2026-03-08", "completed"),
        ("", "2026-03-09", "reported"),
        ("", "2027", "reported"),
        ("2025", "2027", "ongoing"),
        ("2025", "2026", "reported"),
        ("2026", "2027", "reported"),
        ("2025-12", "2026-04", "ongoing"),
        ("2026-02", "2026-03", "reported"),
        ("2026-03-09", "2026-03-09", "ongoing"),
        ("2026-03-08", "2026-03-10", "ongoing"),
        ("2026-03-09", "2026-04", "ongoing"),
        ("2025", "2026-03-08", "completed"),
        ("2014", "2015", "completed"),
        ("2030", "2031", "planned"),
    ],
)
def test_status_is_what_the_dates_prove(start, end, status):
    activity = Activity(start=start, end=end, reported_status="reported")

    assert status_on(activity, TODAY) == status


def test_entry_into_force():
    assert ENTRY_INTO_FORCE == dt.date(2017, 8, 16)


@pytest.mark.parametrize(
    ("start", "end", "phase"),
    [
        ("", "", ""),
        ("2016", "", "interim"),
        ("2017", "", ""),
        ("2018", "", "after"),
        ("2017-07", "", "interim"),
        ("2017-08", "", ""),
        ("2017-09", "", "after"),
        ("2017-08-15", "", "interim"),
        ("2017-08-16", "", "after"),
        ("2017-08-17", "", "after"),
        ("", "2016", "interim"),
        ("", "2017-08-15", "interim"),
        ("", "2017-08-16", ""),
        ("", "2017", ""),
        ("", "2018", ""),
        ("2017", "2017-07", "interim"),
        ("2017", "2018", ""),
        ("2016", "2018", "interim"),
        ("2018", "2020", "after"),
    ],
)
def test_phase_is_what_the_dates_prove(start, end, phase):
    assert phase_of(Activity(start=start, end=end)) == phase


@pytest.mark.django_db
@time_machine.travel(dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC), tick=False)
def test_status_and_phase_follow_the_values():
    activity = factories.activity(start="2014", end="2015", reported_status="ongoing")
    assert (activity.status, activity.phase) == ("completed", "interim")

    changed = activities.change(
        record=activity, values={"start": "2027", "end": ""}, version=1, by=SYSTEM
    )

    assert (changed.status, changed.phase, changed.reported_status) == (
        "planned",
        "after",
        "ongoing",
    )


@pytest.mark.django_db
def test_time_moves_statuses_and_the_trail_says_so():
    with time_machine.travel(dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC), tick=False):
        activities.refresh_statuses(today=TODAY)
        begins = factories.activity(start="2026-03-10", end="2026-03-20")
        ends = factories.activity(start="2026-03-01", end="2026-03-09")
        stays = factories.activity(start="2014", end="2015")
    with time_machine.travel(dt.datetime(2026, 3, 10, 0, 7, tzinfo=dt.UTC), tick=False):
        moved = activities.refresh_statuses(today=TODAY + dt.timedelta(days=1))
        again = activities.refresh_statuses(today=TODAY + dt.timedelta(days=1))

    found = [Activity.objects.get(pk=each.pk) for each in (begins, ends, stays)]
    assert (moved, again) == (2, 0)
    assert [(a.status, a.version) for a in found] == [
        ("ongoing", 2),
        ("completed", 2),
        ("completed", 1),
    ]
    ended = Event.objects.about("activity", ends.slug).first()
    assert ended.note == "status: ongoing → completed; freshness: silent → needs none"
    event = Event.objects.about("activity", begins.slug).first()
    assert (event.verb, event.actor, event.actor_id) == ("time passed", "system", None)
    assert event.note == "status: planned → ongoing"
    assert event.before == event.after
    entry = Entry.objects.get(noun="activity", key=begins.slug)
    assert '"status":"ongoing"' in entry.body
    assert entry.revision == event.revision


@pytest.mark.django_db
def test_time_leaves_withdrawn_activities_alone():
    with time_machine.travel(dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC), tick=False):
        activities.refresh_statuses(today=TODAY)
        activity = factories.activity(start="2027", end="2028")
        activities.withdraw(record=activity, version=1, reason="Twice here.", by=SYSTEM)

    moved = activities.refresh_statuses(today=TODAY)

    assert moved == 0
    assert Activity.objects.get(pk=activity.pk).version == 2


@pytest.mark.django_db
def test_no_status_where_nothing_says_one():
    with time_machine.travel(dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC), tick=False):
        activities.refresh_statuses(today=TODAY)
        activity = factories.activity(start="2027")
    with time_machine.travel(dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC), tick=False):
        activities.refresh_statuses(today=dt.date(2027, 6, 1))

    activity.refresh_from_db()
    event = Event.objects.about("activity", activity.slug).first()
    assert activity.status == ""
    assert event.note == "status: planned → not recorded"
