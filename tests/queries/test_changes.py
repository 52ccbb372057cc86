"""What changed last: the newest of a list, however long it is and however few are on it."""

import pytest
from django.db import connection
from django.db.models import F

from registry.models import Entry
from registry.queries import changes
from registry.queries.found import InDatabase
from tests import factories
from tests.queries.asking import ask, keys

pytestmark = pytest.mark.django_db
LISTS = [
    ("activity", {}),
    ("activity", {"article": "7", "not_country": "none"}),
    ("activity", {"q": "gold", "sort": "relevance"}),
    ("guidance", {"language": "fr"}),
    ("article", {}),
    ("contribution", {"kind": "none"}),
]


@pytest.fixture
def scattered(registry_data):
    """Entries whose revisions come in another order than their numbers, many the same."""
    Entry.objects.update(revision=1 + F("pk") * 7919 % 97)


def wanted(noun, asked, limit):
    """The same, found the long way."""
    on_list = keys(noun, **asked)
    entries = Entry.objects.public().filter(noun=noun).order_by("-revision", "-pk")
    return [key for key in entries.values_list("key", flat=True) if key in on_list][:limit]


@pytest.mark.parametrize(("few", "stretch"), [(changes.FEW, changes.STRETCH), (3, 10), (3, 1000)])
@pytest.mark.parametrize(("noun", "asked"), LISTS)
def test_newest_of_a_list_are_found_any_way(scattered, monkeypatch, noun, asked, few, stretch):
    monkeypatch.setattr(changes, "FEW", few)
    monkeypatch.setattr(changes, "STRETCH", stretch)

    for limit in (1, 50):
        found = changes.newest(ask(noun, **asked), limit)
        assert [each.key for each in found] == wanted(noun, asked, limit)
        assert [each.revision for each in found] == sorted(
            (each.revision for each in found), reverse=True
        )


def test_newest_are_found_by_the_database_within_a_change(registry_data):
    factories.activity(title="The very newest", countries=["GH"])
    listing = ask("activity", country="GH")

    found = changes.newest(listing, 50)

    assert isinstance(listing.found, InDatabase)
    assert [each.key for each in found] == wanted("activity", {"country": "GH"}, 50)
    assert "The very newest" in found[0].body


@pytest.mark.parametrize("asked", [{}, {"country": "GH"}, {"country": "GH", "article": "3"}])
def test_newest_ask_a_few_questions(knowing, registry_data, django_assert_num_queries, asked):
    listing = ask("activity", **asked)
    listing.count()

    with django_assert_num_queries(1):
        changes.newest(listing, 50)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole")
def test_last_change_of_a_noun_is_found_by_its_index(registry_data):
    entries = Entry.objects.filter(noun="area")

    for asked in (changes._newest_first(entries), entries.filter(revision__gt=3)):
        assert "entry_noun_revision" in asked.values("changed_at").explain()
