"""The records of a list, found in two ways that give the same: in memory, or by the database.

In memory is the common way; the database is asked inside a transaction that changes something, and
in the tests that hold the two equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Protocol

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from registry import words
from registry.models import Entry
from registry.queries import fulltext, matching, names, stored
from registry.queries.criteria import Many, code_as_text
from registry.queries.fields import NONE
from registry.queries.filters import Filters
from registry.queries.holding import Holding
from registry.queries.sorts import RELEVANCE, Sort


@dataclass(frozen=True)
class Row:
    """A stored body, and where its record stands in the list: its sort value and its number."""

    body: str
    value: Any
    number: Any


class Found(Protocol):
    """What a list is asked, whichever way it was found."""

    def count(self) -> int:
        """How many records there are."""

    def keys(self, begin: int, limit: int) -> list[str]:
        """The public codes of a stretch of the list, in its order."""

    def bodies(self, begin: int, limit: int) -> list[str]:
        """The stored bodies of a stretch."""

    def rows(
        self, limit: int, *, begin: int = 0, behind: tuple[Any, Any] | None = None
    ) -> list[Row]:
        """Rows from the one at `begin`, or behind a sort value and number; not for relevance."""

    def counts(self, name: str) -> dict[str, int]:
        """How many records each value of a filter has, disregarding that filter itself."""

    def count_without(self, name: str) -> int:
        """How many records there would be without a filter."""

    def crossed(self, first: str, second: str) -> dict[tuple[str, str], int]:
        """How many records each pair of values of two filters has."""

    def by_year(self, column: str) -> dict[str, int]:
        """How many records each year of a year column has."""

    def stored(self, batch: int) -> Iterator[str]:
        """All stored bodies in the order of the list, read `batch` at a time."""


class InMemory:
    """Found among what the process holds; only the bodies come from the database."""

    def __init__(self, noun: str, filters: Filters, sort: str, holding: Holding) -> None:
        self.noun, self.filters, self.sort, self.holding = noun, filters, sort, holding

    @cached_property
    def among(self) -> int:
        """The set of the records that all filters leave."""
        return self.filters.held(self.holding)

    def count(self) -> int:
        """How many records there are."""
        return self.among.bit_count()

    def keys(self, begin: int, limit: int) -> list[str]:
        """The public codes of a stretch of the list, in its order."""
        return stored.keys_of(self._ids(begin, limit))

    def bodies(self, begin: int, limit: int) -> list[str]:
        """The stored bodies of a stretch."""
        return stored.by_numbers(self._ids(begin, limit))

    def _ids(self, begin: int, limit: int) -> list[int]:
        if self.sort == RELEVANCE:
            ranked = matching.of(self.holding, self.filters.asked["q"]).ranked(self.among)
            places = [place for _, _, place in islice(ranked, begin, begin + limit)]
        else:
            places = self.holding.stretch(self.sort, self.among, begin, limit)
        return [self.holding.ids[place] for place in places]

    def rows(
        self, limit: int, *, begin: int = 0, behind: tuple[Any, Any] | None = None
    ) -> list[Row]:
        """Rows from the one at `begin`, or behind a sort value and number; not for relevance."""
        held, sort = self.holding, self.sort
        places = (
            held.behind(sort, self.among, *behind, limit)
            if behind
            else held.stretch(sort, self.among, begin, limit)
        )
        values = held.orders[sort].values
        bodies = stored.by_number(held.ids[place] for place in places)
        return [
            Row(bodies[held.ids[place]], values[place], held.numbers[place])
            for place in places
            if held.ids[place] in bodies
        ]

    def counts(self, name: str) -> dict[str, int]:
        """How many records each value of a filter has, disregarding that filter itself."""
        each: Many = self.filters.filters[name]
        is_asked = name in self.filters.asked
        among = self.filters.held(self.holding, without=(name,)) if is_asked else self.among
        return each.held_counts(self.holding, among)

    def count_without(self, name: str) -> int:
        """How many records there would be without a filter."""
        return self.filters.held(self.holding, without=(name,)).bit_count()

    def crossed(self, first: str, second: str) -> dict[tuple[str, str], int]:
        """How many records each pair of values of two filters has."""
        held, sets = self.holding, self.holding.sets
        return {
            (one or NONE, other or NONE): n
            for one, having in sets.get(first, {}).items()
            for other, n in held.counts(second, having & self.among).items()
        }

    def by_year(self, column: str) -> dict[str, int]:
        """How many records each year of a year column has."""
        counts = self.holding.counts(column, self.among)
        return {year or NONE: n for year, n in counts.items()}

    def stored(self, batch: int) -> Iterator[str]:
        """All stored bodies in the order of the list, read `batch` at a time."""
        ids = self._ids(0, self.count())
        for begin in range(0, len(ids), batch):
            yield from stored.by_numbers(ids[begin : begin + batch])


class InDatabase:
    """Found by conditions on the noun's own tables."""

    def __init__(self, noun: str, key: str, filters: Filters, sort: Sort | None) -> None:
        """`key` is the column of the public code; no sort means best match first."""
        self.noun, self.key, self.filters, self.sort = noun, key, filters, sort

    @cached_property
    def _count(self) -> int:
        return self.filters.qs.count()

    def count(self) -> int:
        """How many records there are."""
        return self._count

    def keys(self, begin: int, limit: int) -> list[str]:
        """The public codes of a stretch of the list, in its order."""
        if self.sort is None:
            query = names.with_called(words.parse(self.filters.asked["q"]))
            records = self.filters.qs.order_by()
            chosen = records.annotate(_k=code_as_text(records.model)).values("_k")
            found = fulltext.ranked(query, self.noun).filter(key__in=chosen)
            return list(found.values_list("key", flat=True)[begin : begin + limit])
        ordered = self.sort.ordered(self.filters.qs).values_list(self.key, flat=True)
        return list(map(str, ordered[begin : begin + limit]))

    def bodies(self, begin: int, limit: int) -> list[str]:
        """The stored bodies of a stretch."""
        return stored.by_keys(self.noun, self.keys(begin, limit))

    def rows(
        self, limit: int, *, begin: int = 0, behind: tuple[Any, Any] | None = None
    ) -> list[Row]:
        """Rows from the one at `begin`, or behind a sort value and number; not for relevance."""
        records = self.filters.qs
        if behind:
            records = self.sort.after(records, *behind)
        found = self._with_bodies(self.sort.ordered(records), self.sort.by)
        return [
            Row(body, _plain(value), number) for body, value, number in found[begin : begin + limit]
        ]

    def _with_bodies(self, records: QuerySet, by: Any) -> QuerySet:
        # One query: the body comes by a look-up of the entry's key for each row of the page.
        records = records.annotate(_key=code_as_text(records.model))
        entry = Entry.objects.filter(noun=self.noun, key=OuterRef("_key"))
        by = F(by) if isinstance(by, str) else by
        return records.values_list(Subquery(entry.values("body")[:1]), by, "pk")

    def counts(self, name: str) -> dict[str, int]:
        """How many records each value of a filter has, disregarding that filter itself."""
        return self.filters.filters[name].counts(self.filters.without(name))

    def count_without(self, name: str) -> int:
        """How many records there would be without a filter."""
        return self.filters.without(name).count()

    def crossed(self, first: str, second: str) -> dict[tuple[str, str], int]:
        """How many records each pair of values of two filters has."""
        paths = [self.filters.filters[name].path for name in (first, second)]
        found = self.filters.qs.order_by().values_list(*paths).annotate(n=Count("pk"))
        return {(_code(one), _code(other)): n for one, other, n in found}

    def by_year(self, column: str) -> dict[str, int]:
        """How many records each year of a year column has."""
        found = self.filters.qs.order_by().values_list(column).annotate(n=Count("pk"))
        return {_code(year): n for year, n in found}

    def stored(self, batch: int) -> Iterator[str]:
        """All stored bodies in the order of the list, read `batch` at a time."""
        for begin in range(0, self.count(), batch):
            yield from self.bodies(begin, batch)


def _code(value: Any) -> str:
    return NONE if value in (None, "") else str(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
