"""Many changes in one go: the same as one by one, all or none, and undone without a trace."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.actions import activities, batches, constraints, entries
from registry.actions.batches import Wanted
from registry.actions.following import NOUNS
from registry.errors import Refused, Unfit
from registry.models import Activity, Batch, Counter, Entry, EntryName, Event, Partner
from registry.permissions import SYSTEM
from tests import factories
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


def _problems(noun, values):
    """What is said of values that become a new record: by itself, and in a batch."""
    alone = {}
    try:
        with transaction.atomic():
            NOUNS[noun].create(values=values, by=SYSTEM)
    except ValidationError as wrong:
        alone = wrong.message_dict
    trial = batches.try_out(noun=noun, wanted=[Wanted(3, "", None, values)], by=SYSTEM)
    return alone, trial.problems.get(3, {})


SOUND = {
    "activity": {"title": "Sound", "kind": "awareness", "level": "global"},
    "guidance": {"title": "Sound", "kind": "report", "role": "guidance"},
    "partner": {"name": "Sound", "standing": "partner", "type": "ngo", "evidence": "listed"},
    "contribution": {"donor": "unep", "purpose": "Sound"},
    "meeting": {"title": "Sound", "kind": "forum", "start": "2019"},
}


@pytest.mark.parametrize(
    ("noun", "bad"),
    [
        ("activity", {"title": ""}),
        ("activity", {"kind": "party", "url": "nowhere"}),
        ("activity", {"start": "2019-03", "end": "2019-02"}),
        ("activity", {"start": "soon"}),
        ("activity", {"confirm_every": "often"}),
        ("activity", {"areas": ["nowhere"], "countries": ["KE", "QQ"]}),
        ("activity", {"areas": ["asgm", "asgm"]}),
        ("activity", {"participations": [{"partner": "unep", "role": "boss"}]}),
        ("activity", {"articles": [{"article": 15, "basis": "stated"}]}),
        ("activity", {"funding_lines": [{"funder": None, "amount": "-5", "currency": "USD"}]}),
        ("activity", {"no_field": "x"}),
        ("activity", {"gef_id": "55"}),
        ("activity", {"slug": "taken"}),
        ("guidance", {"year": 1815}),
        ("partner", {"name": "Taken"}),
        ("partner", {"standing": "represented"}),
        ("partner", {"country": "QQ"}),
        ("contribution", {"donor": "nobody"}),
        ("contribution", {"amount": "5"}),
        ("meeting", {"start": ""}),
    ],
)
def test_batch_refuses_what_a_single_record_is_refused_for(noun, bad):
    factories.activity(slug="taken", gef_id="55")
    factories.partner(name="Taken")
    assert Partner.objects.filter(slug="unep").exists()

    alone, together = _problems(noun, SOUND[noun] | bad)

    assert alone and together == alone


@pytest.mark.parametrize("noun", NOUNS)
def test_every_rule_of_the_tables_is_read_without_the_database(noun):
    shape = NOUNS[noun].shape
    for model in (shape.model, *(rows.model for rows in shape.rows)):
        for rule in model._meta.constraints:
            if isinstance(rule, CheckConstraint):
                constraints.holds(rule.condition, model())
            else:
                assert rule.fields and constraints.holds(rule.condition or Q(), model()) != ()


@pytest.fixture
def small_parts(monkeypatch):
    """Parts of two records, so that a few records are several parts."""
    monkeypatch.setattr(batches, "AT_ONCE", 2)


def _new(place, **values):
    return Wanted(place, "", None, SOUND["activity"] | values)


def test_one_bad_record_stops_all_and_every_problem_is_told(small_parts):
    record = factories.activity()
    gone = factories.withdrawn(factories.activity())
    wanted = [
        _wanted(record, 1, level="regional"),
        _new(2, gef_id="77"),
        _new(3, kind="party"),
        _new(4, gef_id="77"),
        _wanted(gone, 5, level="regional"),
        Wanted(6, "twice", 1, {}),
        Wanted(7, "twice", 1, {}),
        _wanted(factories.activity(), 8, slug="other"),
        Wanted(9, "no\0text", 1, {}),
    ]
    before = (Activity.objects.count(), Event.objects.count(), Batch.objects.count())

    with pytest.raises(Unfit) as why:
        _apply("activity", wanted)

    assert sorted(why.value.problems) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert why.value.problems[2]["gef_id"] == why.value.problems[4]["gef_id"]
    assert "“77” is given twice: at 2 and at 4." in why.value.problems[2]["gef_id"]
    assert before == (Activity.objects.count(), Event.objects.count(), Batch.objects.count())
    trial = batches.try_out(noun="activity", wanted=wanted, by=SYSTEM)
    assert trial.problems == why.value.problems
    assert ([each.place for each in trial.changed], trial.created) == ([1], [])


def test_fault_in_the_middle_leaves_nothing(small_parts):
    revision = Counter.objects.get(name="revision").value
    done = []

    def say(number):
        done.append(number)
        if number > 2:
            raise IntegrityError("of the test")

    with pytest.raises(Refused, match="of the test"), transaction.atomic():
        _apply("activity", [_new(place) for place in range(5)], say=say)

    assert done == [2, 4]
    assert not Activity.objects.filter(title="Sound").exists() and not Batch.objects.exists()
    assert Counter.objects.get(name="revision").value == revision
    assert entries.differences() == []


def test_new_records_get_addresses_and_numbers_in_order(small_parts):
    factories.activity(title="Sound")
    last = Counter.objects.get(name="activity").value

    wanted = [_new(0), _new(1), _new(2, slug="sound-3"), _new(3)]
    told = batches.try_out(noun="activity", wanted=wanted, by=SYSTEM).created
    _apply("activity", wanted)

    made = Activity.objects.filter(number__gt=last).order_by("number")
    slugs = ["sound-2", "sound-4", "sound-3", "sound-5"]
    assert [each.slug for each in made] == [each.slug for each in told] == slugs
    assert [each.number for each in made] == [last + 1, last + 2, last + 3, last + 4]
    assert made[0].reference == activities.reference(last + 1)


def test_stale_values_are_named_and_those_that_say_the_same_are_no_change():
    record, same = factories.activity(), factories.activity()
    for each in (record, same):
        activities.change(record=each, values={"level": "regional"}, version=1, by=SYSTEM)
    wanted = [
        _wanted(record, 1, level="national", title=record.title),
        _wanted(same, 2, level="regional"),
        Wanted(3, factories.activity().slug, None, {"level": "regional"}),
    ]

    trial = batches.try_out(noun="activity", wanted=wanted, by=SYSTEM)

    said = "Changed since it was read: stored is “regional”, yours is “national”."
    assert trial.problems[1] == {"level": [said]}
    assert trial.same == [2] and "It is not said which version" in str(trial.problems[3])
    assert _apply("activity", wanted[1:2]) is None and not Batch.objects.exists()


def test_trial_and_change_of_many_ask_as_often_as_of_few():
    counts = []
    factories.activity(areas=["asgm"])  # whatever is asked once in a process
    for number in (3, 30):
        records = [factories.activity(areas=["asgm"]) for _ in range(number)]
        wanted = [_wanted(r, p, level="regional", areas=["waste"]) for p, r in enumerate(records)]
        wanted += [_new(p, countries=["KE"], areas=["coal"]) for p in range(100, 100 + number)]
        with CaptureQueriesContext(connection) as tried:
            batches.try_out(noun="activity", wanted=wanted, by=SYSTEM)
        with CaptureQueriesContext(connection) as done:
            _apply("activity", wanted)
        counts.append((len(tried), len(done)))
    assert counts[0] == counts[1]


def test_withdrawing_and_restoring_many_and_undoing_them_last_first():
    records = [factories.meeting(), factories.meeting()]
    named = [(each.slug, 1) for each in records]
    before = _content()
    with pytest.raises(Refused, match="Say why"):
        batches.withdraw_many(noun="meeting", records=named, reason=" ", by=SYSTEM)
    gone = batches.withdraw_many(noun="meeting", records=named, reason="Held twice.", by=SYSTEM)
    with pytest.raises(Unfit, match="withdrawn already"):
        batches.withdraw_many(noun="meeting", records=named, reason="Again.", by=SYSTEM)
    found = [(each.slug, 2) for each in records]
    back = batches.restore_many(noun="meeting", records=found, by=SYSTEM)
    assert (gone.withdrawn, back.restored, _content()) == (2, 2, before)
    with pytest.raises(Refused, match="was changed since"):
        batches.undo(batch=gone, by=SYSTEM)

    batches.undo(batch=back, by=SYSTEM)
    assert Entry.objects.public().filter(noun="meeting", key=records[0].slug).count() == 0
    batches.undo(batch=gone, by=SYSTEM)

    assert _content() == before
    assert entries.differences() == []


def test_undo_is_refused_whole_where_something_came_after():
    kept, other = factories.activity(), factories.activity()
    batch = _apply(
        "activity", [_wanted(each, p, level="regional") for p, each in enumerate((kept, other))]
    )
    activities.change(record=other, values={"title": "Another"}, version=2, by=SYSTEM)

    with pytest.raises(Refused, match="“Another” was changed since"):
        batches.undo(batch=batch, by=SYSTEM)

    kept.refresh_from_db()
    assert kept.level == "regional"
    Activity.objects.filter(pk=other.pk).update(title=other.title)  # as it was left
    batch.at = timezone.now() - dt.timedelta(days=31)
    batch.save()
    with pytest.raises(Refused, match="30 days"):
        batches.undo(batch=batch, by=SYSTEM)
    batch.at = timezone.now()
    batch.save()
    batches.undo(batch=batch, by=SYSTEM)
    with pytest.raises(Refused, match="undone already"):
        batches.undo(batch=batch, by=SYSTEM)


def test_who_may_not_change_one_record_changes_none_of_many():
    record, person = factories.activity(), factories.person()
    batch = _apply("activity", [_wanted(record, level="regional")], by=factories.editor())
    given = {"noun": "activity", "by": person}
    for act in (
        lambda: batches.try_out(wanted=[], **given),
        lambda: batches.apply(wanted=[], kind="bulk", label="x", **given),
        lambda: batches.withdraw_many(records=[], reason="x", **given),
        lambda: batches.restore_many(records=[], **given),
        lambda: batches.undo(batch=batch, by=person),
        lambda: batches.try_out(noun="area", wanted=[], by=factories.editor()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_records_that_show_renamed_ones_are_written_again():
    partner = factories.partner()
    lead = [{"partner": partner.slug, "role": "lead"}]
    shown = factories.activity(participations=lead)

    batch = _apply("partner", [_wanted(partner, name="Renamed by a batch")])

    body = Entry.objects.get(noun="activity", key=shown.slug).body
    assert "Renamed by a batch" in body and entries.differences() == []
    batches.undo(batch=batch, by=SYSTEM)
    assert partner.name in Entry.objects.get(noun="activity", key=shown.slug).body
