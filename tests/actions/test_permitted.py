"""Who is refused by an action, and that nothing is written then."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from articles.models import Country
from registry.actions import accounts, activities, areas, reference
from registry.models import Counter, Entry, Event, User
from registry.permissions import SYSTEM
from tests import factories
from tests.actions.nouns import CASES

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 9)
every_noun = pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)


def _contributor():
    return User.objects.create(email="writer@example.org")


def _inactive():
    user = factories.administrator()
    user.is_active = False
    user.save()
    return user


def _staff_without_role():
    return User.objects.create(email="new@example.org", is_staff=True)


def _written():
    """What every accepted change adds to, and so nothing may be added to."""
    counted = dict(Counter.objects.values_list("name", "value"))
    return counted, Event.objects.count(), Entry.objects.count()


NOBODIES = {
    "anonymous": AnonymousUser,
    "contributor": _contributor,
    "inactive": _inactive,
    "no role": _staff_without_role,
    "None": lambda: None,
}


@every_noun
@pytest.mark.parametrize("somebody", NOBODIES.values(), ids=NOBODIES)
def test_who_has_no_role_writes_nothing(case, somebody):
    record, values = case.made()
    person, new = somebody(), case.given(case.second())
    _is_denied(case.actions.create, values=new, by=person)
    _is_denied(case.actions.change, record=record, values=new, version=1, by=person)
    _is_denied(case.actions.withdraw, record=record, version=1, reason="No.", by=person)

    case.actions.withdraw(record=record, version=1, reason="Twice here.", by=SYSTEM)
    _is_denied(case.actions.restore, record=record, version=2, by=person)

    record.refresh_from_db()
    assert record.withdrawn_at is not None
    assert case.actions.SHAPE.read(record) == values


def _is_denied(verb, **given):
    written = _written()
    with pytest.raises(PermissionDenied, match="^Your account may not edit "):
        verb(**given)
    assert _written() == written


@pytest.mark.parametrize("case", [c for c in CASES if c.noun != "area"], ids=lambda c: c.noun)
def test_editors_go_the_whole_course_of_records(case):
    editor = factories.editor()

    record = case.actions.create(values=case.first(), by=editor)
    case.actions.change(record=record, values=case.second(), version=1, by=editor)
    case.actions.withdraw(record=record, version=2, reason="Twice here.", by=editor)
    case.actions.restore(record=record, version=3, by=editor)

    events = Event.objects.about(case.noun, record.slug)
    assert [event.verb for event in events] == ["restore", "withdraw", "change", "create"]
    assert {event.actor_id for event in events} == {editor.pk}


def test_editors_leave_areas_alone():
    editor, area = factories.editor(), factories.area()

    _is_denied(areas.create, values={"slug": "fish"}, by=editor)
    _is_denied(areas.change, record=area, values={"name": "Fish"}, version=1, by=editor)
    _is_denied(areas.withdraw, record=area, version=1, reason="No.", by=editor)


def test_statuses_are_not_refreshed_for_anybody():
    activity = factories.activity(start="2014", end="2015")
    type(activity).objects.filter(pk=activity.pk).update(status="planned")

    _is_denied(activities.refresh_statuses, today=TODAY, by=_contributor())


def test_reference_book_is_for_administrators():
    country = Country.objects.get(pk="KE")

    with pytest.raises(PermissionDenied, match="may not edit the reference book"):
        reference.changed(record=country, before={}, by=factories.editor())


@pytest.mark.parametrize("somebody", [*NOBODIES.values(), factories.editor])
def test_people_are_managed_by_administrators(somebody):
    person, other = somebody(), factories.editor()
    values = {"email": "new@example.org", "name": "", "is_active": True, "role": None}
    before = User.objects.count(), Event.objects.count()

    for verb, given in (
        (accounts.set_up_groups, {}),
        (accounts.create_staff, {"email": "new2@example.org", "password": "long enough"}),
        (accounts.change_staff, {"user": other} | values),
        (accounts.set_password, {"user": other, "password": "long enough to pass"}),
    ):
        with pytest.raises(PermissionDenied, match="may not manage people"):
            verb(**given, by=person)

    other.refresh_from_db()
    assert (User.objects.count(), Event.objects.count()) == before
    assert other.email != "new@example.org"
    assert other.check_password("long enough to pass")
