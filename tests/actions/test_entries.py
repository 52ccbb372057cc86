"""Entries: what the public reads and search finds, always in step with the records."""

import pytest
from django.db import connection, transaction

from articles.models import Term
from registry import words
from registry.actions import activities, counters, entries, partners
from registry.models import Activity, Counter, Entry, Event, Word
from registry.permissions import SYSTEM
from registry.queries import bodies, fulltext
from tests import factories

pytestmark = pytest.mark.django_db


def _found(text):
    return [entry.key for entry in fulltext.matching(words.parse(text), "activity")]


def _revision():
    return Counter.objects.get(name=counters.REVISION).value


def test_search_finds_the_new_text_at_once_and_the_old_no_more():
    activity = factories.activity(title="Quicksilverless zinnober")
    assert _found("zinnober") == [activity.slug]

    activities.change(record=activity, values={"title": "Kalomel"}, version=1, by=SYSTEM)
    assert (_found("zinnober"), _found("kalomel")) == ([], [activity.slug])

    activities.withdraw(record=activity, version=2, reason="Twice here.", by=SYSTEM)
    assert _found("kalomel") == []

    activities.restore(record=activity, version=3, by=SYSTEM)
    assert _found("kalomel") == [activity.slug]
    assert fulltext.index_is_sound()


def test_search_finds_what_another_record_is_called_now():
    partner = factories.partner(name="Zinnoberhof")
    activity = factories.activity(participations=[{"partner": partner.slug, "role": "lead"}])
    assert _found("zinnoberhof") == [activity.slug]

    partners.change(record=partner, values={"name": "Kalomelhof"}, version=1, by=SYSTEM)

    assert (_found("zinnoberhof"), _found("kalomelhof")) == ([], [activity.slug])


def test_new_words_are_learnt_for_spelling():
    factories.activity(title="Zinnoberrot und 12 ab x2y")

    known = set(Word.objects.filter(word__in=["zinnoberrot", "und", "12", "ab", "x2y"]))

    assert {word.word for word in known} == {"zinnoberrot", "und"}


class Change(Exception):
    """Breaks off a transaction from outside."""


def test_change_taken_back_leaves_nothing():
    activity = factories.activity(title="Zinnober")
    before = _state()

    with pytest.raises(Change), transaction.atomic():
        activities.change(record=activity, values={"title": "Kalomel"}, version=1, by=SYSTEM)
        factories.activity(title="Kalomel")
        raise Change

    assert _state() == before
    assert (_found("zinnober"), _found("kalomel")) == ([activity.slug], [])
    assert fulltext.index_is_sound()


def _state():
    return (
        dict(Counter.objects.values_list("name", "value")),
        Event.objects.count(),
        Word.objects.count(),
        dict(Entry.objects.filter(noun="activity").values_list("key", "body")),
        dict(Activity.objects.values_list("slug", "version")),
    )


def test_refused_rows_take_the_whole_record_back():
    before = _state()

    with pytest.raises(Exception, match="unwritten"):
        factories.activity(title="Kalomel", outputs=["unwritten"])

    assert _state() == before


def test_loading_writes_each_entry_once_at_its_end():
    with transaction.atomic(), entries.written_together():
        activity = factories.activity(title="Zinnober")
        activities.change(record=activity, values={"title": "Kalomel"}, version=1, by=SYSTEM)
        inside = Entry.objects.filter(noun="activity", key=activity.slug).count()

    entry = Entry.objects.get(noun="activity", key=activity.slug)
    assert inside == 0
    assert (entry.title, entry.revision) == ("Kalomel", _revision())
    assert _found("kalomel") == [activity.slug]


def test_loading_that_fails_writes_no_entry_and_the_next_change_does():
    with pytest.raises(Change), transaction.atomic(), entries.written_together():
        factories.activity(title="Zinnober")
        raise Change

    activity = factories.activity(title="Kalomel")

    assert (_found("zinnober"), _found("kalomel")) == ([], [activity.slug])


@pytest.mark.slow
def test_page_of_the_reference_book_that_is_gone_leaves_a_tombstone():
    term = Term.objects.order_by("pk").first()
    slug = term.slug
    term.delete()

    written = entries.rebuild()

    entry = Entry.objects.get(noun="term", key=slug)
    assert written >= 1
    assert (entry.title, entry.body, entry.withdrawn_at is None) == ("", "", False)


@pytest.mark.parametrize("noun", bodies.NOUNS)
def test_real_entries_are_as_built(noun):
    stored = {e.key: (e.title, e.body) for e in Entry.objects.public().filter(noun=noun)}

    built = {each.key: (each.title, each.json) for each in bodies.build(noun, bodies.keys(noun))}

    assert stored == built
    assert stored


def test_unchanged_entry_keeps_its_revision():
    activity = factories.activity()
    before = Entry.objects.get(noun="activity", key=activity.slug)

    entries.write(noun="activity", keys=[activity.slug], revision=before.revision + 5)

    after = Entry.objects.get(noun="activity", key=activity.slug)
    assert (after.revision, after.changed_at) == (before.revision, before.changed_at)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite's index stands apart")
def test_broken_index_is_noticed_and_mended():
    activity = factories.activity(title="Zinnober")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_entry_index(registry_entry_index) VALUES('delete-all')"
        )
    assert (fulltext.index_is_sound(), _found("zinnober")) == (False, [])

    fulltext.rebuild_index()

    assert (fulltext.index_is_sound(), _found("zinnober")) == (True, [activity.slug])
