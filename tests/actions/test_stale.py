"""Two people who edit one record: nothing is lost, and the second is told with both texts."""

import pytest

from registry.errors import Stale
from registry.models import Entry, Event
from registry.permissions import SYSTEM
from tests import factories
from tests.actions.nouns import CASES

pytestmark = pytest.mark.django_db
every_noun = pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)


def _stored(record):
    entry = Entry.objects.get(noun=record.noun, key=record.slug)
    return entry.body, entry.revision, Event.objects.about(record.noun, record.slug).count()


@every_noun
def test_second_change_is_told_with_both_texts(case):
    record, first = case.made()
    second = case.second()
    changed = case.actions.change(record=record, values=second, version=1, by=SYSTEM)
    before = _stored(record)
    wanted = {"source": "Mine", "external_id": second["external_id"]}

    with pytest.raises(Stale, match="Nothing was saved") as told:
        case.actions.change(record=record, values=wanted, version=1, by=SYSTEM)

    assert told.value.current == {"slug": record.slug} | second
    assert told.value.proposed == wanted
    assert told.value.differences() == [("source", "A letter", "Mine")]
    assert told.value.version == 2
    changed.refresh_from_db()
    assert case.actions.SHAPE.read(changed) == {"slug": first["slug"]} | second
    assert _stored(record) == before


@every_noun
def test_change_goes_through_from_the_version_told(case):
    record, _ = case.made()
    case.actions.change(record=record, values=case.second(), version=1, by=SYSTEM)
    with pytest.raises(Stale) as told:
        case.actions.change(record=record, values={"source": "Mine"}, version=1, by=SYSTEM)

    changed = case.actions.change(
        record=record, values=told.value.proposed, version=told.value.version, by=SYSTEM
    )

    assert (changed.source, changed.version) == ("Mine", 3)


@every_noun
def test_withdraw_and_restore_are_told_too(case):
    record, _ = case.made()
    case.actions.change(record=record, values={"source": "Mine"}, version=1, by=SYSTEM)
    before = _stored(record)

    with pytest.raises(Stale):
        case.actions.withdraw(record=record, version=1, reason="Twice here.", by=SYSTEM)
    assert _stored(record) == before

    case.actions.withdraw(record=record, version=2, reason="Twice here.", by=SYSTEM)
    with pytest.raises(Stale):
        case.actions.restore(record=record, version=2, by=SYSTEM)
    record.refresh_from_db()
    assert (record.withdrawn_at is None, record.version) == (False, 3)


def test_proposed_values_are_in_the_form_of_the_stored_ones():
    activity = factories.activity()
    CASES[0].actions.change(record=activity, values={"source": "Mine"}, version=1, by=SYSTEM)
    wanted = {"countries": ["KE", "GN"], "title": "  Cafe\u0301 ", "confirm_every": "12"}

    with pytest.raises(Stale) as told:
        CASES[0].actions.change(record=activity, values=wanted, version=1, by=SYSTEM)

    assert told.value.proposed == {"countries": ["GN", "KE"], "title": "Café", "confirm_every": 12}


@pytest.mark.parametrize("version", [0, -1, 2, 10**9])
def test_version_that_never_was_is_stale(version):
    activity = factories.activity()

    with pytest.raises(Stale):
        CASES[0].actions.change(record=activity, values={}, version=version, by=SYSTEM)
