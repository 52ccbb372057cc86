"""What a process holds finds the same as the database, and follows every change."""

from itertools import batched

import pytest
from django.db import transaction
from django.db.models import Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.actions import activities
from registry.models import Activity, Entry, EntryName
from registry.permissions import SYSTEM
from registry.queries import bits, holding, revision
from registry.queries.criteria import Many
from registry.queries.fields import MOST_VALUES, NONE
from registry.queries.found import InDatabase, InMemory
from registry.queries.holding import _brought_up, _read
from registry.queries.sorts import RELEVANCE
from tests import factories
from tests.queries.asking import LISTS, ask

pytestmark = pytest.mark.django_db
BOUNDS = {
    "activity": {"start_from": "2012", "start_to": "2018", "end_from": "2015", "end_to": "2019"},
    "guidance": {"year_from": "2010", "year_to": "2014"},
    "contribution": {"year_from": "2012", "year_to": "2015"},
}
ORDERS = [(noun, sort) for noun, of in LISTS.items() for sort in of.sorts]


def both(listing):
    """The list in memory and by the database."""
    of, filters, sort = listing.of, listing.filters, listing.sort
    memory = InMemory(of.noun, filters, sort, of.held())
    return memory, InDatabase(of.noun, of.key, filters, of.sorts.get(sort))


def same(listing, *, in_order=True):
    memory, database = both(listing)
    count = database.count()
    mine, theirs = memory.keys(0, count + 1), database.keys(0, count + 1)
    assert memory.count() == count == len(mine)
    assert mine == theirs if in_order else sorted(mine) == sorted(theirs)
    return count


def values(noun):
    """Every filter with each of its values; those that no record has, many at once.

    Of those that are not held, a few: for them the database is asked either way.
    """
    for name, each in LISTS[noun].filters.base_filters.items():
        if isinstance(each, Many):
            occurring = {NONE, *each.counts(LISTS[noun].records())}
            known = list(each.known())
            alone = [value for value in known if value in occurring]
            nowhere = [value for value in known if value not in occurring]
            alone = alone if each.at else alone[-10:]
            for value in (*alone, *map(list, batched(nowhere, MOST_VALUES))):
                yield {name: value}
                yield {f"not_{name}": value}
    yield from ({name: value} for name, value in BOUNDS.get(noun, {}).items())
    yield {"q": "mercury"}


def in_memory(listing):
    """The numbers of the list's records as memory has them, least first."""
    held = listing.of.held()
    return sorted(held.numbers[place] for place in bits.places(listing.filters.held(held)))


def in_database(listings):
    """The same of each list by the database, a hundred lists a question."""
    found = {at: [] for at in range(len(listings))}
    for batch in batched(enumerate(listings), 100):
        first, *others = (
            each.records().order_by().annotate(_at=Value(at)).values_list("_at", "pk")
            for at, each in batch
        )
        for at, number in first.union(*others, all=True):
            found[at].append(number)
    return [sorted(numbers) for numbers in found.values()]


@pytest.mark.parametrize("noun", LISTS)
def test_every_value_of_every_filter_finds_the_same_in_memory(registry_data, noun):
    asked = list(values(noun))
    listings = [ask(noun, **each) for each in asked]

    found = in_database(listings)

    assert list(map(in_memory, listings)) == found
    assert max(map(len, found)) > min(map(len, found)) >= 0
    for asks, numbers in zip(asked, found, strict=True):
        [(name, value)] = asks.items()
        if isinstance(value, list):
            assert len(numbers) == (ask(noun).count() if name.startswith("not_") else 0), name


@pytest.mark.parametrize(("noun", "sort"), ORDERS)
def test_every_order_is_the_same_in_memory(registry_data, noun, sort):
    listing = ask(noun, sort=sort)

    # Capitals with accents come elsewhere in SQLite's own lower case.
    assert same(listing, in_order=sort not in ("name", "donor", "term")) > 0


@pytest.mark.parametrize("noun", LISTS)
def test_counts_are_the_same_in_memory(registry_data, noun):
    memory, database = both(ask(noun))

    for name in ask(noun).filters.facets:
        assert memory.counts(name) == database.counts(name), name
    if "article" in ask(noun).filters.facets and "area" in ask(noun).filters.facets:
        assert memory.crossed("area", "article") == database.crossed("area", "article")


def test_years_are_counted_the_same_in_memory(registry_data):
    memory, database = both(ask("activity", article="7"))

    assert memory.by_year("start_year") == database.by_year("start_year")


@pytest.mark.parametrize("sort", ["newest", "oldest", "title", "updated"])
@pytest.mark.parametrize("asked", [{}, {"article": "7"}, {"country": "GH"}])
def test_rows_behind_any_row_are_the_same_in_memory(registry_data, sort, asked):
    memory, database = both(ask("activity", sort=sort, **asked))
    rows = memory.rows(400)

    assert [row.body for row in rows] == database.bodies(0, 400)
    for row in rows[::40]:
        behind = (row.value, row.number)
        mine = [each.number for each in memory.rows(7, behind=behind)]
        assert mine == [each.number for each in database.rows(7, behind=behind)]
        assert mine == [each.number for each in rows[rows.index(row) + 1 :][:7]]


def test_updated_since_is_the_same_in_memory(registry_data):
    moments = Activity.objects.order_by("updated_at").values_list("updated_at", flat=True)

    for moment in list(moments)[::60]:
        text = moment.isoformat().replace("+00:00", "Z")
        assert same(ask("activity", updated_since=text), in_order=False) > 0


CHOICES = {
    name: sorted(each.known())[:8]
    for name, each in LISTS["activity"].filters.base_filters.items()
    if name in ("kind", "level", "status", "phase", "region", "role", "attribution")
} | {"article": ["3", "7", "14"]}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    asked=st.fixed_dictionaries(
        {},
        optional={
            f"{prefix}{name}": st.lists(st.sampled_from(known), min_size=1, max_size=3)
            for name, known in CHOICES.items()
            for prefix in ("", "not_")
        }
        | {"q": st.sampled_from(["gold", "amalgam waste"]), "start_from": st.just("2014")},
    )
)
def test_any_filters_together_find_the_same_in_memory(registry_data, asked):
    listing = ask("activity", sort="newest", **asked)

    same(listing)
    for name in ("article", "kind"):
        memory, database = both(listing)
        assert memory.counts(name) == database.counts(name)


def test_best_matches_are_the_same_records(registry_data):
    listing = ask("activity", q="gold mining", level="national")
    memory, database = both(listing)

    assert listing.sort == RELEVANCE
    assert sorted(memory.keys(0, 500)) == sorted(database.keys(0, 500))
    assert len(memory.keys(0, 500)) == memory.count() > 5


def answers(held):
    """All that a holding can be asked, by the numbers of records instead of places."""
    number = held.numbers.__getitem__
    named = {
        (name, value): sorted(map(number, bits.places(has)))
        for name, sets in held.sets.items()
        for value, has in sets.items()
        if has
    }
    orders = {name: list(map(number, order.places)) for name, order in held.orders.items()}
    return sorted(map(number, bits.places(held.all))), named, orders


ACTIVITY = {name: sort.is_falling for name, sort in LISTS["activity"].sorts.items()}


def followed(before):
    number = revision.latest()
    followed = _brought_up(before, "activity", ACTIVITY, number)
    assert followed.revision == number
    assert answers(followed) == answers(_read("activity", ACTIVITY, number))
    return followed


def test_a_holding_follows_every_change(registry_data):
    held = LISTS["activity"].held()
    first = answers(held)

    new = factories.activity(title="A new one", start="2016-05", countries=["GH"])
    held = followed(held)
    changed = Activity.objects.published().order_by("title")[7]
    for step in ({"start": "1999", "end": ""}, {"title": "Zz last"}, {"countries": ["KE", "GH"]}):
        changed.refresh_from_db()
        activities.change(record=changed, values=step, version=changed.version, by=SYSTEM)
        held = followed(held)
    new.refresh_from_db()
    activities.withdraw(record=new, version=new.version, reason="A test.", by=SYSTEM)
    held = followed(held)
    new.refresh_from_db()
    activities.restore(record=new, version=new.version, by=SYSTEM)
    held = followed(held)

    assert answers(held) != first
    assert answers(LISTS["activity"].held() or held) != first


def test_a_holding_is_never_changed_in_place(registry_data):
    held = LISTS["activity"].held()
    before = answers(held)

    factories.activity(title="Another")
    followed(held)

    assert answers(held) == before


def test_very_many_changes_and_late_numbers_are_read_anew(registry_data, monkeypatch):
    held = LISTS["activity"].held()
    monkeypatch.setattr(holding, "MOST_CHANGES", 2)
    for _ in range(3):
        factories.activity()

    held = followed(held)
    late = factories.activity()
    least = Entry.objects.order_by("pk").first().pk
    EntryName.objects.filter(entry__noun="activity", entry__key=late.slug).delete()
    Entry.objects.filter(noun="activity", key=late.slug).update(id=least - 1)

    followed(held)


def test_nobody_hears_of_a_change_that_is_taken_back(registry_data):
    before = LISTS["activity"].held()

    with transaction.atomic():
        factories.activity(title="Never was")
        assert LISTS["activity"].held() is None
        assert ask("activity", q="never was").count() == 1
        transaction.set_rollback(True)

    assert LISTS["activity"].held() is before
    assert ask("activity").count() == 320


def test_an_older_revision_is_read_anew(registry_data):
    held = LISTS["activity"].held()

    again = _brought_up(held, "activity", ACTIVITY, held.revision - 1)

    assert again is not held
    assert answers(again) == answers(held)


@given(st.sets(st.integers(0, 300)), st.sets(st.integers(0, 300)))
def test_bits_are_sets(one, other):
    a, b = bits.of(one, 301), bits.of(other, 301)

    assert list(bits.places(a)) == sorted(one)
    assert set(bits.places(a & b)) == one & other
    assert set(bits.places(a | b)) == one | other
    assert (a & ~b).bit_count() == len(one - other)
    row = bits.packed(a).ljust(38, b"\0")
    assert {place for place in range(301) if row[place >> 3] >> (place & 7) & 1} == one
