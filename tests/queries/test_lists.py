"""Lists: orders that hold still, pages that make up the whole."""

import pytest

from registry.models import Activity, Guidance
from registry.queries.stored import bodies_of, body_of, is_gone
from tests.queries.asking import LISTS, ask
from tests.queries.asking import keys as keys_of

pytestmark = pytest.mark.django_db

STRETCH = 23
ORDERS = [(noun, sort) for noun, of in LISTS.items() for sort in of.sorts]


def in_stretches(listing):
    return [
        key
        for offset in range(0, listing.count(), STRETCH)
        for key in listing.keys(offset, STRETCH)
    ]


@pytest.mark.parametrize(("noun", "sort"), ORDERS)
def test_pages_make_up_the_whole_list(registry_data, noun, sort):
    listing = ask(noun, sort=sort)

    keys = in_stretches(listing)

    assert keys == listing.keys(0, listing.count())
    assert len(keys) == len(set(keys)) == listing.count()
    assert listing.count() == LISTS[noun].model.objects.count()


@pytest.mark.parametrize("noun", LISTS)
def test_pages_of_best_matches_make_up_the_whole_list(registry_data, noun):
    listing = ask(noun, q="mercury", sort="relevance")

    keys = in_stretches(listing)

    assert len(keys) == len(set(keys)) == listing.count()
    assert set(keys) == keys_of(noun, q="mercury")


@pytest.mark.parametrize("noun", ["activity", "guidance", "meeting"])
def test_oldest_first_and_newest_first_are_true_to_the_years(registry_data, noun):
    dates = {"activity": "start", "guidance": "year", "meeting": "start"}[noun]

    newest = [body[dates] for body in ask(noun, sort="newest").bodies(0, 500) if body[dates]]
    oldest = [body[dates] for body in ask(noun, sort="oldest").bodies(0, 500) if body[dates]]

    assert newest == sorted(newest, reverse=True)
    assert [str(date)[:4] for date in oldest] == sorted(str(date)[:4] for date in oldest)


@pytest.mark.parametrize("noun", ["activity", "guidance", "contribution"])
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_records_without_a_year_come_last(registry_data, noun, sort):
    date = "start" if noun == "activity" else "year"

    known = [bool(body[date]) for body in ask(noun, sort=sort).bodies(0, 500)]

    assert known == sorted(known, reverse=True)


def test_best_match_comes_first_when_looking_for_words(registry_data):
    listing = ask("guidance", q="retort")

    assert listing.sort == "relevance"
    assert listing.keys(0, 1) == ["retort-guide"]


def test_another_order_may_be_asked_for_when_looking_for_words(registry_data):
    listing = ask("guidance", q="retort", sort="oldest")

    years = [body["year"] for body in listing.bodies(0, 100) if body["year"]]

    assert years == sorted(years)


@pytest.mark.parametrize(("noun", "model"), [("activity", Activity), ("guidance", Guidance)])
def test_first_order_is_newest_first(registry_data, noun, model):
    assert ask(noun).keys(0, 50) == ask(noun, sort="newest").keys(0, 50)


def test_bodies_come_in_the_order_of_the_keys(registry_data):
    keys = ask("activity", sort="title").keys(0, 10)[::-1]

    assert [body["slug"] for body in bodies_of("activity", keys)] == keys


def test_stretch_past_the_end_is_empty(registry_data):
    assert ask("activity").bodies(10_000, 25) == []


def test_body_of_what_never_was(registry_data):
    assert body_of("activity", "no-such-thing") is None
    assert not is_gone("activity", "no-such-thing")
