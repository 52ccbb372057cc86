"""Any run of changes, whoever is refused on the way, leaves records, entries and trail in step."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.actions import activities, areas, counters, entries, guidance, partners
from registry.errors import Refused
from registry.models import Activity, Counter, Entry, Event
from registry.permissions import SYSTEM
from registry.queries import fulltext
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORDS = st.sampled_from(["Retort", "Thermomètre", "ртуть", "汞", "زئبق", "", " ", "a\0b"])
PICK = st.integers(0, 2)
NOUNS = st.sampled_from(["activity", "area", "guidance", "partner"])
STEPS = st.one_of(
    st.tuples(st.just("rename"), NOUNS, PICK, WORDS),
    st.tuples(st.just("link"), NOUNS, PICK, st.lists(PICK, max_size=3)),
    st.tuples(st.just("withdraw"), NOUNS, PICK, st.just("")),
    st.tuples(st.just("restore"), NOUNS, PICK, st.just("")),
    st.tuples(st.just("stale"), NOUNS, PICK, WORDS),
)
ACTIONS = {"activity": activities, "area": areas, "guidance": guidance, "partner": partners}


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=3, max_size=12))
def test_any_run_of_changes(empty_tables, steps):
    with transaction.atomic():
        records = {
            noun: [make() for _ in range(3)]
            for noun, make in (
                ("activity", factories.activity),
                ("area", factories.area),
                ("guidance", factories.guidance),
                ("partner", factories.partner),
            )
        }
        for kind, noun, at, value in steps:
            _step(kind, noun, records, at, value)

        assert entries.differences() == []
        assert entries.rebuild() == 0
        assert fulltext.index_is_sound()
        _trail_is_whole()
        transaction.set_rollback(True)


def _step(kind, noun, records, at, value):
    actions, record = ACTIONS[noun], records[noun][at]
    record.refresh_from_db()
    given = {"record": record, "version": record.version, "by": SYSTEM}
    try:
        if kind == "withdraw":
            actions.withdraw(**given, reason="By chance.")
        elif kind == "restore":
            actions.restore(**given)
        elif kind == "stale":
            actions.change(**given | {"version": record.version - 1}, values=_named(noun, value))
        elif kind == "link":
            actions.change(**given, values=_linked(noun, records, value))
        else:
            actions.change(**given, values=_named(noun, value))
    except (Refused, ValidationError):
        pass


def _named(noun, text):
    return {{"area": "short_name", "partner": "name"}.get(noun, "title"): text}


def _linked(noun, records, picks):
    slugs = {noun: [records[noun][at].slug for at in picks] for noun in records}
    return {
        "activity": {
            "outputs": slugs["guidance"],
            "areas": slugs["area"],
            "participations": [{"partner": p, "role": "lead"} for p in slugs["partner"]],
        },
        "area": {"leads": slugs["partner"]},
        "guidance": {
            "publishers": slugs["partner"],
            "relations": [{"other": other, "kind": "replaces"} for other in slugs["guidance"]],
        },
        "partner": {"areas": slugs["area"]},
    }[noun]


def _trail_is_whole():
    """Versions count up by one, each event starts where the last ended, revisions only rise."""
    events = list(Event.objects.order_by("pk"))
    revisions = [event.revision for event in events]
    assert revisions == list(range(revisions[0], revisions[0] + len(events)))
    assert Counter.objects.get(name=counters.REVISION).value == revisions[-1] + 1
    about = {}
    for event in events:
        about.setdefault((event.noun, event.key), []).append(event)
    for (noun, key), its in about.items():
        assert [event.version for event in its] == list(range(1, len(its) + 1))
        for last, event in zip(its, its[1:], strict=False):
            known = last.after if last.after is not None else last.before
            assert known == (event.before if event.before is not None else event.after)
        assert Entry.objects.get(noun=noun, key=key).revision >= its[-1].revision


def test_rebuild_mends_what_differs_and_then_finds_nothing(empty_tables):
    changed, missing, left_over = (factories.activity() for _ in range(3))
    Entry.objects.filter(key=changed.slug).update(body="{}")
    Entry.objects.filter(key=missing.slug).delete()
    Activity.objects.filter(pk=left_over.pk).delete()
    wrong = sorted(("activity", each.slug) for each in (changed, missing, left_over))

    assert sorted(entries.differences()) == wrong
    assert entries.rebuild() == 3
    assert entries.differences() == []
    assert entries.rebuild() == 0
    revision = Counter.objects.get(name=counters.REVISION).value
    mended = Entry.objects.filter(noun="activity", revision=revision - 1)
    assert {entry.key for entry in mended} == {key for _, key in wrong}
    buried = Entry.objects.get(noun="activity", key=left_over.slug)
    assert (buried.body, buried.title_stems, buried.withdrawn_at is None) == ("", "", False)
