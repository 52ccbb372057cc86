"""What entries say is found in memory as the database finds it, and follows every change."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry import words
from registry.actions import activities
from registry.models import Activity
from registry.permissions import SYSTEM
from registry.queries import bits, fulltext, names, revision, texts
from registry.queries.holding import _brought_up, _read
from registry.queries.matching import Matches
from tests import factories
from tests.queries.asking import LISTS

pytestmark = pytest.mark.django_db
ORDERS = {name: sort.is_falling for name, sort in LISTS["activity"].sorts.items()}
SAID = [
    *("mercury", "gold", "ртуть", "汞", "Ghana", "waste", "small-scale", "chlor-alkali", "GEF"),
    *('"gold mining"', '"mining gold"', "“national action plan”", "A-0042-2", "9173", "reporting"),
    *("the", "of", "Zinnober", "kalomel", '"Zinnober kalomel"', "dental amalgam", "Minamata"),
]
QUERIES = st.lists(st.sampled_from(SAID), min_size=1, max_size=3).map(" ".join)
TITLES = st.lists(st.sampled_from(["Zinnober", "Kalomel", "gold", "Mercury", "汞"]), min_size=1)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["create", "rename", "describe"]), TITLES.map(" ".join)),
    st.tuples(st.sampled_from(["withdraw", "restore"]), st.just("")),
)


def in_memory(held, query):
    """The codes of the activities found, best first."""
    matches = Matches(held, query)
    places = [place for _, _, place in matches.ranked(matches.found)]
    assert sorted(places) == list(bits.places(matches.found))
    known = dict(Activity.objects.values_list("pk", "slug"))
    return [known[held.numbers[place]] for place in places]


def same(held, text):
    """How many activities a text finds in memory and in the database."""
    query = names.with_called(words.parse(text))
    for each in (query, query.widened()):
        found = in_memory(held, each)
        stored = fulltext.matching(each, "activity").values_list("key", flat=True)
        assert sorted(found) == sorted(stored), text
    return len(found)


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _step(step, text, record):
    record.refresh_from_db()
    given = {"record": record, "version": record.version, "by": SYSTEM}
    if step == "create":
        factories.activity(title=text, summary="Kalomel, said twice: kalomel")
    elif step in ("rename", "describe") and not record.withdrawn_at:
        field = {"rename": "title", "describe": "summary"}[step]
        activities.change(values={field: text}, **given)
    elif step == "withdraw" and not record.withdrawn_at:
        activities.withdraw(reason="By chance.", **given)
    elif step == "restore" and record.withdrawn_at:
        activities.restore(**given)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(st.tuples(STEPS, st.integers(0, 2)), max_size=5),
    queries=st.lists(QUERIES, min_size=1, max_size=4),
    is_whole=st.booleans(),
)
def test_any_changes_are_followed(registry_data, steps, queries, is_whole):
    with pytest.MonkeyPatch.context() as patch, taken_back():
        if not is_whole:
            patch.setattr(texts, "SAMPLE", 40)
        held = _read("activity", ORDERS, revision.latest())
        assert held.texts.signs.is_whole is is_whole
        records = list(Activity.objects.published().order_by("number")[40:43])

        for (step, text), at in steps:
            _step(step, text, records[at])
            held = _brought_up(held, "activity", ORDERS, revision.latest())

        for text in queries:
            same(held, text)


@pytest.mark.parametrize("text", SAID)
def test_words_are_found_as_the_database_finds_them(registry_data, text):
    assert same(LISTS["activity"].held(), text) >= 0


def test_a_registry_of_very_many_words_holds_the_common_ones(registry_data, monkeypatch):
    monkeypatch.setattr(texts, "SAMPLE", 40)
    monkeypatch.setattr(texts, "MOST_STEMS", 30)

    held = _read("activity", ORDERS, revision.latest())

    assert len(held.texts.signs) == 30
    assert held.texts.knows(("mercuri",))
    assert not held.texts.knows(("ghana",))
    assert [same(held, text) > 0 for text in ("mercury", "Ghana", "Ghana mercury")] == [True] * 3
    assert same(held, '"mercury Ghana"') == same(held, "Zinnober") == 0


def test_stems_that_are_new_are_held_while_there_is_room(registry_data, monkeypatch):
    held = _read("activity", ORDERS, revision.latest())
    monkeypatch.setattr(texts, "MOST_STEMS", len(held.texts.signs) + 1)

    factories.activity(title="Zinnober kalomel")
    followed = _brought_up(held, "activity", ORDERS, revision.latest())

    signs = followed.texts.signs
    assert ("zinnob" in signs, "kalomel" in signs, signs.is_whole) == (True, False, False)
    assert "zinnob" not in held.texts.signs
    assert same(followed, "zinnober") == same(followed, "kalomel") == 1
    assert same(followed, '"zinnober kalomel"') == 1


def test_a_phrase_does_not_run_from_the_title_into_the_text():
    factories.activity(title="A hut of zinnober", summary="Kalomel was found there.")

    held = _read("activity", ORDERS, revision.latest())

    assert same(held, '"zinnober kalomel"') == 0
    assert same(held, "zinnober kalomel") == 1


def test_words_in_the_title_come_first_and_short_titles_before_long_ones():
    long = factories.activity(title="Zinnober in very many huts of the whole long valley")
    said = factories.activity(title="Elsewhere", summary="Zinnober, zinnober, zinnober.")
    short = factories.activity(title="Zinnober in huts")
    both = factories.activity(title="Zinnober huts", summary="Zinnober.")

    held = _read("activity", ORDERS, revision.latest())

    found = in_memory(held, words.parse("zinnober"))
    assert found == [each.slug for each in (both, short, long, said)]


def test_of_very_many_the_promising_are_weighed(monkeypatch):
    monkeypatch.setattr("registry.queries.matching.MOST_WEIGHED", 2)
    text = factories.activity(title="Elsewhere", summary="Zinnober huts.")
    half = factories.activity(title="Zinnober", summary="Huts.")
    long = factories.activity(title="Zinnober in huts of the whole long valley")
    short = factories.activity(title="Zinnober huts")

    held = _read("activity", ORDERS, revision.latest())

    found = in_memory(held, words.parse("zinnober huts"))
    assert found == [each.slug for each in (short, long, half, text)]
