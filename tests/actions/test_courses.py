"""The common course of every noun: created, changed, withdrawn, restored, and what each leaves."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from registry.actions import counters
from registry.errors import Refused
from registry.models import Counter, Entry, Event, Record
from registry.permissions import SYSTEM
from registry.queries import bodies
from tests import factories
from tests.actions.nouns import CASES

pytestmark = pytest.mark.django_db
every_noun = pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)

# Values that hold one another, so that one alone cannot be changed.
BOUND = {
    *("standing", "type", "evidence", "is_association", "represented_by", "represented_count"),
    *("amount", "currency", "start", "end", "year", "year_end"),
}
NOON = dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)


def _revision():
    return Counter.objects.get(name=counters.REVISION).value


def _entry(record):
    return Entry.objects.get(noun=record.noun, key=record.slug)


def _built(record):
    return next(bodies.build(record.noun, [record.slug]))


def _events(record):
    return list(Event.objects.about(record.noun, record.slug))


def test_every_noun_is_here():
    assert {case.actions.SHAPE.model for case in CASES} == set(Record.__subclasses__())


@every_noun
def test_both_sets_of_values_are_whole(case):
    names = case.actions.SHAPE.names - {"slug"}

    assert set(case.first()) == names
    assert set(case.second()) == names


@every_noun
def test_create_keeps_every_value(case):
    values = case.given(case.first())

    record = case.actions.create(values=values, by=SYSTEM)

    assert case.actions.SHAPE.read(record) == {"slug": record.slug} | values
    assert (record.version, record.withdrawn_at) == (1, None)


@every_noun
def test_change_keeps_every_value(case):
    record, _ = case.made()
    values = case.second()

    changed = case.actions.change(record=record, values=values, version=1, by=SYSTEM)

    assert case.actions.SHAPE.read(changed) == {"slug": record.slug} | values
    assert changed.version == 2


@every_noun
def test_values_given_back_as_read_change_nothing(case):
    record, values = case.made()
    before = _revision(), _entry(record).body

    same = case.actions.change(record=record, values=values, version=1, by=SYSTEM)

    assert same.version == 1
    assert (_revision(), _entry(record).body) == before
    assert [event.verb for event in _events(record)] == ["create"]


@every_noun
def test_each_value_changes_alone(case):
    record, values = case.made()
    others = {name: each for name, each in case.second().items() if name not in BOUND}

    for name, value in others.items():
        record = case.actions.change(
            record=record, values={name: value}, version=record.version, by=SYSTEM
        )
        values |= {name: value}
        assert case.actions.SHAPE.read(record) == values

    assert _entry(record).body == _built(record).json


@every_noun
def test_create_leaves_an_event_an_entry_and_a_revision(case):
    person = factories.administrator(name="Ana")
    values = case.given(case.first())
    revision = _revision()

    with time_machine.travel(NOON, tick=False):
        record = case.actions.create(values=values, by=person)

    entry, [event] = _entry(record), _events(record)
    assert (event.at, event.actor_id, event.actor, event.verb) == (NOON, person.pk, "Ana", "create")
    assert (event.noun, event.key, event.version) == (case.noun, record.slug, 1)
    assert (event.before, event.after) == (None, {"slug": record.slug} | values)
    assert event.revision == entry.revision == _revision() == revision + 1
    assert entry.body == _built(record).json
    assert (entry.title, entry.withdrawn_at, entry.changed_at) == (_built(record).title, None, NOON)


@every_noun
def test_change_leaves_one_event_with_before_and_after(case):
    person = factories.administrator()
    record, before = case.made()
    values = case.second()
    revision = _revision()

    with time_machine.travel(NOON, tick=False):
        case.actions.change(record=record, values=values, version=1, by=person)

    entry, [event, _created] = _entry(record), _events(record)
    assert (event.at, event.actor_id, event.actor) == (NOON, person.pk, person.email)
    assert (event.verb, event.version, event.note) == ("change", 2, "")
    assert (event.before, event.after) == (before, {"slug": record.slug} | values)
    assert event.revision == entry.revision == _revision() == revision + 1
    assert entry.body == _built(record).json
    assert entry.title == _built(record).title


@every_noun
def test_withdraw_leaves_a_tombstone_and_a_reason(case):
    person = factories.administrator()
    record, values = case.made()

    with time_machine.travel(NOON, tick=False):
        gone = case.actions.withdraw(record=record, version=1, reason=" Twice here. ", by=person)

    entry, event = _entry(record), _events(record)[0]
    assert (gone.withdrawn_at, gone.version) == (NOON, 2)
    assert (entry.withdrawn_at, entry.title, entry.body) == (NOON, "", "")
    assert (entry.title_stems, entry.text_stems, entry.revision) == ("", "", event.revision)
    assert (event.verb, event.note, event.version) == ("withdraw", "Twice here.", 2)
    assert (event.before, event.after, event.actor_id) == (values, None, person.pk)


@every_noun
def test_restore_brings_back_what_was(case):
    person = factories.administrator()
    record, values = case.made()
    case.actions.withdraw(record=record, version=1, reason="Twice here.", by=SYSTEM)

    back = case.actions.restore(record=record, version=2, by=person)

    entry, event = _entry(record), _events(record)[0]
    assert (back.withdrawn_at, back.version, back.slug) == (None, 3, record.slug)
    assert case.actions.SHAPE.read(back) == values
    assert (entry.withdrawn_at, entry.body) == (None, _built(record).json)
    assert entry.revision == event.revision == _revision()
    assert (event.verb, event.before, event.after) == ("restore", None, values)


@every_noun
def test_withdrawn_record_is_not_changed(case):
    record, values = case.made()
    case.actions.withdraw(record=record, version=1, reason="Twice here.", by=SYSTEM)

    with pytest.raises(Refused, match="is withdrawn; restore it before changing it"):
        case.actions.change(record=record, values=case.second(), version=2, by=SYSTEM)

    record.refresh_from_db()
    assert case.actions.SHAPE.read(record) == values
    assert len(_events(record)) == 2


@every_noun
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_withdraw_needs_a_reason(case, reason):
    record, _ = case.made()

    with pytest.raises(Refused, match="Say why it is withdrawn"):
        case.actions.withdraw(record=record, version=1, reason=reason, by=SYSTEM)

    record.refresh_from_db()
    assert (record.withdrawn_at, record.version) == (None, 1)


@every_noun
def test_nothing_is_withdrawn_or_restored_twice(case):
    record, _ = case.made()

    with pytest.raises(Refused, match="is not withdrawn"):
        case.actions.restore(record=record, version=1, by=SYSTEM)
    case.actions.withdraw(record=record, version=1, reason="Twice here.", by=SYSTEM)
    with pytest.raises(Refused, match="is withdrawn already"):
        case.actions.withdraw(record=record, version=2, reason="Again.", by=SYSTEM)

    assert [event.verb for event in _events(record)] == ["withdraw", "create"]


@every_noun
def test_public_address_never_changes(case):
    record, values = case.made()

    with pytest.raises(ValidationError) as refusal:
        case.actions.change(record=record, values={"slug": "other"}, version=1, by=SYSTEM)

    assert refusal.value.message_dict == {"slug": ["A public address never changes."]}
    record.refresh_from_db()
    assert (record.slug, record.version) == (values["slug"], 1)
