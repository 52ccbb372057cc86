"""Those who take part confirm an activity; time moves on how fresh it is; they are asked."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from registry import tasks
from registry.actions import activities, memberships, notices, reminders
from registry.errors import Refused, Stale
from registry.models import Entry, Event, Notice, NoticePreference
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 4, 1)
NOON = dt.datetime(2027, 4, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def due(of):
    return factories.activity(
        title="Gold without mercury",
        participations=[{"partner": of.slug, "role": "implementing"}],
        confirmed_on="2026-03-09",
    )


def _confirm(activity, by, version=1, today=TODAY):
    return activities.confirm(activity=activity, version=version, by=by, today=today)


def test_member_says_that_nothing_changed(of, due):
    member = factories.contributor(of)

    confirmed = _confirm(due, member)

    assert (due.freshness, confirmed.freshness, confirmed.version) == ("due", "fresh", 2)
    assert confirmed.confirmed_on == TODAY
    event = Event.objects.about("activity", due.slug).first()
    assert (event.verb, event.actor_id, event.actor) == ("confirm", member.pk, str(member))
    changed = {name for name in event.after if event.after[name] != event.before[name]}
    assert changed == {"confirmed_on"}
    entry = Entry.objects.get(noun="activity", key=due.slug)
    assert '"freshness":"fresh"' in entry.body
    assert entry.revision == event.revision


def test_twice_on_a_day_is_one_event(of, due):
    anna, bo = factories.contributor(of), factories.focal_point(of)

    _confirm(due, anna)
    again = _confirm(due, bo)

    assert again.version == 2
    assert Event.objects.about("activity", due.slug).filter(verb="confirm").count() == 1


def test_what_moved_on_meanwhile_is_read_again(of, due):
    activities.change(record=due, values={"title": "Less gold"}, version=1, by=SYSTEM)

    with pytest.raises(Stale):
        _confirm(due, factories.contributor(of))

    due.refresh_from_db()
    assert due.confirmed_on == dt.date(2026, 3, 9)


def test_secretariat_may_and_others_may_not(of, due):
    former = factories.contributor(of)
    memberships.remove(membership=former.memberships.get(), by=SYSTEM)
    foreign = factories.focal_point(factories.partner())

    for by in (former, foreign, factories.person(), None):
        with pytest.raises(PermissionDenied, match="^Only those who speak for"):
            _confirm(due, by)
    assert _confirm(due, factories.editor()).version == 2


def test_completed_and_withdrawn_ones_are_not_confirmed(of):
    part = [{"partner": of.slug, "role": "lead"}]
    over = factories.activity(participations=part, end="2020")
    gone = factories.activity(participations=part)
    activities.withdraw(record=gone, version=1, reason="Twice here.", by=SYSTEM)
    member = factories.contributor(of)

    with pytest.raises(Refused, match="completed; it needs no confirming"):
        _confirm(over, member)
    with pytest.raises(Refused, match="is withdrawn"):
        _confirm(gone, member, version=2)


def test_time_moves_freshness_and_the_trail_says_so(due):
    activities.refresh_statuses(today=TODAY)
    later = dt.date(2027, 6, 7)

    with time_machine.travel(dt.datetime(2027, 6, 7, 0, 7, tzinfo=dt.UTC), tick=False):
        moved = activities.refresh_statuses(today=later)
        again = activities.refresh_statuses(today=later)

    due.refresh_from_db()
    event = Event.objects.about("activity", due.slug).first()
    assert (due.freshness, due.version, again) == ("overdue", 2, 0)
    assert moved == Event.objects.filter(verb="time passed", at__date=later).count()
    assert event.note == "freshness: due → overdue"
    assert '"freshness":"overdue"' in Entry.objects.get(noun="activity", key=due.slug).body


def _asked(activity):
    return Notice.objects.filter(kind="confirm_record", about_key=activity.slug).order_by("pk")


def test_partner_is_asked_once_when_it_is_due_and_once_when_overdue(of, due):
    anna, bo = factories.focal_point(of), factories.focal_point(of)

    assert reminders.ask_to_confirm(by=SYSTEM) == reminders.ask_to_confirm(by=SYSTEM) == 1

    first, second = _asked(due)
    assert [first.recipient, second.recipient] == [anna, bo]
    assert first.words["link"] != second.words["link"]
    told = {name: word for name, word in first.words.items() if name != "link"}
    assert told == {
        "title": "Gold without mercury",
        "reference": due.reference,
        "partner": of.name,
        "since": "2026-03-09",
        "due": "2027-06-07",
    }
    with time_machine.travel(dt.datetime(2027, 6, 7, 6, 37, tzinfo=dt.UTC), tick=False):
        activities.refresh_statuses(today=dt.date(2027, 6, 7))
        reminders.ask_to_confirm(by=SYSTEM)
        reminders.ask_to_confirm(by=SYSTEM)
    assert [(each.recipient, each.words["due"]) for each in _asked(due)[2:]] == [
        (anna, "2028-06-06"),
        (bo, "2028-06-06"),
    ]


def test_confirmed_ones_are_not_asked_about(of, due):
    focal = factories.focal_point(of)
    _confirm(due, focal)

    assert reminders.ask_to_confirm(by=SYSTEM) == 0
    assert not _asked(due).exists()


def test_how_often_is_the_readers_choice(of, due):
    anna, bo = factories.focal_point(of), factories.focal_point(of)
    group = NoticePreference.Group.REMINDERS
    for user, choice in ((anna, "weekly"), (bo, "never")):
        notices.prefer(user=user, group=group, choice=choice, by=user)

    reminders.ask_to_confirm(by=SYSTEM)

    assert [(each.recipient, each.state) for each in _asked(due)] == [(anna, "held")]


def test_the_timetable_asks(of, due, caplog):
    factories.focal_point(of)
    caplog.set_level("INFO", logger="registry.tasks")

    tasks.ask_to_confirm.delay()

    said = [r.getMessage() for r in caplog.records if r.name == "registry.tasks"]
    assert said == ["1 activities wait to be confirmed"]
    assert _asked(due).count() == 1
    with pytest.raises(PermissionDenied):
        reminders.ask_to_confirm(by=factories.person())
