"""A list of records as everybody gets it: chosen by filters, sorted, handed out as entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.datastructures import MultiValueDict

from registry.errors import Misunderstood
from registry.models import Record
from registry.queries import holding
from registry.queries.fields import not_one_of
from registry.queries.filters import Filters
from registry.queries.found import Found, InDatabase, InMemory
from registry.queries.holding import Holding
from registry.queries.representation import Body, read_body
from registry.queries.sorts import RELEVANCE, Sort


@dataclass(frozen=True)
class NounList:
    """What can be listed of a noun: its filters and sorts, the first of which is the default."""

    noun: str
    model: type[Model]
    filters: type[Filters]
    sorts: dict[str, Sort]
    key: str = "slug"

    def records(self) -> QuerySet:
        """All records that the public may see."""
        if issubclass(self.model, Record):
            return self.model.objects.published()
        return self.model.objects.all()

    def held(self) -> Holding | None:
        """What this process holds of the noun; None where only the database knows (see there)."""
        return holding.of(self.noun, {name: sort.is_falling for name, sort in self.sorts.items()})

    def terms(self, number: Any, body: Body) -> dict[str, Any]:
        """What is held of a record: its number, its values by filter, what it is sorted by."""
        return {
            "number": number,
            "has": self.filters.terms(body),
            "order": {name: sort.at(body) for name, sort in self.sorts.items()},
        }

    def ask(self, data: MultiValueDict, *, also: frozenset[str] = frozenset()) -> "Listing":
        """Read a query string. Raises Misunderstood, naming what is not understood."""
        filters = self.filters(data, self.records, also=also | {"sort"})
        return Listing(self, filters, self._sort(data.get("sort") or "", filters))

    def _sort(self, asked: str, filters: Filters) -> str:
        known = [*self.sorts, *([RELEVANCE] if filters.asked.get("q") else [])]
        if asked and asked not in known:
            raise Misunderstood({"sort": not_one_of(asked, known)})
        # Who looks for words wants the best match first.
        return asked or known[-1 if filters.asked.get("q") else 0]


@dataclass(frozen=True)
class Listing:
    """One list that was asked for."""

    of: NounList
    filters: Filters
    sort: str

    @cached_property
    def found(self) -> Found:
        """The records of the list."""
        held = self.of.held()
        if held is None:
            sort = self.of.sorts.get(self.sort)
            return InDatabase(self.of.noun, self.of.key, self.filters, sort)
        return InMemory(self.of.noun, self.filters, self.sort, held)

    def records(self) -> QuerySet:
        """The records of the list as the database finds them, in no particular order."""
        return self.filters.qs

    def count(self) -> int:
        """How many there are."""
        return self.found.count()

    def keys(self, offset: int, limit: int) -> list[str]:
        """The public codes of a stretch of the list, in its order."""
        return self.found.keys(offset, limit)

    def bodies(self, offset: int, limit: int) -> list[Body]:
        """A stretch of the list as the public reads it."""
        return list(map(read_body, self.found.bodies(offset, limit)))

    def everything(self) -> list[Body]:
        """The whole list as the public reads it."""
        return self.bodies(0, self.count())

    def stored(self, batch: int = 500) -> Iterator[str]:
        """The stored bodies of the whole list, in its order, read `batch` at a time.

        What the list holds is settled when it begins; a record that is withdrawn while it is read
        is left out.
        """
        return self.found.stored(batch)

    def facet(self, name: str) -> dict[str, tuple[Any, int]]:
        """The values of a facet with label and count; its own filter does not narrow its counts."""
        return self.filters.facets[name].labelled(self.found.counts(name))

    def count_without(self, name: str) -> int:
        """How many there would be without the filter `name`."""
        return self.found.count_without(name)
