"""A list of records as everybody gets it: chosen by filters, sorted, handed out as entries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.datastructures import MultiValueDict

from registry import words
from registry.errors import Gone, Misunderstood
from registry.models import Entry, Record
from registry.queries import fulltext
from registry.queries.fields import not_one_of
from registry.queries.filters import Filters, code_as_text
from registry.queries.representation import Body, read_body

RELEVANCE = "relevance"


@dataclass(frozen=True)
class Sort:
    """An order that may be asked for: its label and a value that is never null; ties by number."""

    label: Any
    by: str | Combinable
    is_falling: bool = False

    def ordered(self, records: QuerySet) -> QuerySet:
        """The records in this order."""
        by = F(self.by) if isinstance(self.by, str) else self.by
        return records.order_by(by.desc() if self.is_falling else by.asc(), "pk")

    def after(self, records: QuerySet, value: Any, pk: int) -> QuerySet:
        """The records that come behind the one with this value and number."""
        records = records.alias(_by=self.by if not isinstance(self.by, str) else F(self.by))
        side = "lt" if self.is_falling else "gt"
        # The first condition says nothing new, but an index can begin at it.
        return records.filter(
            Q(**{f"_by__{side}e": value}), Q(**{f"_by__{side}": value}) | Q(pk__gt=pk)
        )


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

    def ask(self, data: MultiValueDict, *, also: frozenset[str] = frozenset()) -> "Listing":
        """Read a query string. Raises Misunderstood, naming what is not understood."""
        filters = self.filters(data, self.records(), also=also | {"sort"})
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
    _kept: dict = field(default_factory=dict)

    def records(self) -> QuerySet:
        """The records of the list, in no particular order."""
        return self.filters.qs

    def count(self) -> int:
        """How many there are."""
        if "count" not in self._kept:
            self._kept["count"] = self.records().count()
        return self._kept["count"]

    def keys(self, offset: int, limit: int) -> list[str]:
        """The public codes of a stretch of the list, in its order."""
        if self.sort == RELEVANCE:
            query = words.parse(self.filters.asked["q"])
            chosen = self.records().order_by().annotate(_k=code_as_text(self.of.model)).values("_k")
            found = fulltext.ranked(query, self.of.noun).filter(key__in=chosen)
            return list(found.values_list("key", flat=True)[offset : offset + limit])
        ordered = self.of.sorts[self.sort].ordered(self.records())
        return list(ordered.values_list(self.of.key, flat=True)[offset : offset + limit])

    def bodies(self, offset: int, limit: int) -> list[Body]:
        """A stretch of the list as the public reads it."""
        return bodies_of(self.of.noun, self.keys(offset, limit))

    def stored(self, batch: int = 500) -> Iterator[str]:
        """The stored bodies of the whole list as text, in its order, `batch` at a time.

        What the list holds is settled when it begins; a record that is withdrawn while it is read
        is left out.
        """
        for keys in batched(self.keys(0, self.count()), batch):
            entries = Entry.objects.public().filter(noun=self.of.noun, key__in=keys)
            found = dict(entries.values_list("key", "body"))
            yield from (found[key] for key in map(str, keys) if key in found)

    def everything(self) -> list[Body]:
        """The whole list as the public reads it."""
        return self.bodies(0, self.count())


def bodies_of(noun: str, keys: list[str]) -> list[Body]:
    """The public representations of these records, in the order of `keys`."""
    entries = Entry.objects.public().filter(noun=noun, key__in=keys)
    stored = dict(entries.values_list("key", "body"))
    return [read_body(stored[key]) for key in keys if key in stored]


def body_of(noun: str, key: str) -> Body | None:
    """The public representation of one record; None where there is none (withdrawn or unknown)."""
    body = stored_body(noun, key)
    return read_body(body) if body else None


def stored_body(noun: str, key: str) -> str | None:
    """The same as it is stored: JSON text, to be handed out untouched."""
    found = Entry.objects.public().filter(noun=noun, key=key).values_list("body", flat=True)
    return found.first()


def public_body(noun: str, key: str) -> str | None:
    """The stored body of a record; None if it never was. Raises Gone if it was withdrawn."""
    body = stored_body(noun, key)
    if body is None and is_gone(noun, key):
        raise Gone
    return body


def is_gone(noun: str, key: str) -> bool:
    """Whether there was such a record and it is withdrawn: its address answers 410."""
    return Entry.objects.filter(noun=noun, key=key, withdrawn_at__isnull=False).exists()
