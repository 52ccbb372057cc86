"""Many changes in one go: the same as one by one, all or none, and undone without a trace."""

import json

import pytest

from registry.actions import batches, entries
from registry.actions.batches import Wanted
from registry.actions.following import NOUNS
from registry.models import Counter, Entry, EntryName, Event
from registry.permissions import SYSTEM
from tests.actions.nouns import CASES

pytestmark = pytest.mark.django_db


def _content():
    """All that records say, whether they are public, and all that the public reads of them."""
    said = {}
    for name, noun in NOUNS.items():
        records = list(noun.shape.model.objects.all())
        for record, values in zip(records, noun.shape.read_many(records), strict=True):
            said[name, record.slug] = (values, record.withdrawn_at is None)
    shown = {
        (entry.noun, entry.key): (_said(entry), entry.title_stems, entry.text_stems)
        for entry in Entry.objects.public()
    }
    called = set(EntryName.objects.values_list("entry__noun", "entry__key", "name", "is_title"))
    return said, shown, called


def _said(entry):
    counted = ("version", "updated_at")
    return {name: said for name, said in json.loads(entry.body).items() if name not in counted}


def _apply(noun, wanted, **given):
    given = {"kind": "import", "label": "A test", "by": SYSTEM} | given
    return batches.apply(noun=noun, wanted=wanted, **given)


def _wanted(record, place=0, **values):
    return Wanted(place, record.slug, record.version, values)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)
def test_batch_says_what_single_changes_say_and_undo_leaves_no_trace(case):
    record, first = case.made()
    second = case.given(case.second()) | {"slug": record.slug}
    new = case.first()
    for name in ("gef_id", "name", "short_name", "number"):
        if name in new:
            new[name] = {"number": 7777}.get(name, f"T{name}")
    new |= {"slug": "made-by-a-batch"}
    before, events_before = _content(), Event.objects.count()
    wanted = [
        Wanted(4, record.slug, record.version, second),
        Wanted(5, "", None, new),
        Wanted(6, record.slug + "-none", 1, {}),
    ]

    trial = batches.try_out(noun=case.noun, wanted=wanted, by=SYSTEM)
    assert Event.objects.count() == events_before
    assert list(trial.problems) == [6]
    batch = _apply(case.noun, wanted[:2])

    record.refresh_from_db()
    shape = case.actions.SHAPE
    made = shape.model.objects.get(slug="made-by-a-batch")
    assert shape.read(record) == {**first, **shape.clean(second)}
    assert shape.read(made) == {**shape.read(made), **shape.clean(new)}
    assert (record.version, made.version) == (2, 1)
    assert (batch.created, batch.changed) == (1, 1)
    assert entries.differences() == []
    events = Event.objects.filter(batch=batch.pk).order_by("key")
    assert {(e.verb, e.key, e.version) for e in events} == {
        ("change", record.slug, 2),
        ("create", made.slug, 1),
    }
    assert {e.revision for e in events} == {Counter.objects.get(name="revision").value}
    [change] = [e for e in events if e.verb == "change"]
    assert (change.before, change.after) == (first, shape.read(record))

    batches.undo(batch=batch, by=SYSTEM)

    said, shown, called = _content()
    assert said.pop((case.noun, made.slug))[1] is False
    assert said == before[0]
    assert shown == before[1]
    assert called == before[2]
    assert entries.differences() == []
