"""What a single filter asks: the kinds of filters that a noun's filters are made of.

Each answers twice, and tests hold the two equal: `filter` as a condition for the database, `held`
as a set of what the process holds (`registry.queries.holding`).
"""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import CharField, Count, F, Model, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from articles.models import Decision, Term
from registry import words
from registry.models import Record
from registry.queries import fulltext, matching, names
from registry.queries.fields import NONE, ManyField, MomentField, YearField
from registry.queries.holding import NOTHING, Holding
from registry.queries.labels import Labels, Options
from registry.queries.representation import Body, moment, values_at


def code_as_text(model: type[Model]) -> Combinable:
    """The public code by which an entry of this noun is kept."""
    if issubclass(model, Record | Decision | Term):
        return F("slug")
    return Cast("pk", CharField())


class Many(django_filters.Filter):
    """Any of several values of a column, or of rows that belong to the record.

    `path` is the record's own column, or one behind a relation to many rows; `where` narrows those
    rows. `at` is where the same values stand in the body, such as `articles.number`; blank where
    there are too many values to hold, so that the database is asked. As a facet the filter lists
    all its `labels`, or with `label_path`, the column of the label, only the values that occur.
    """

    field_class = ManyField

    def __init__(
        self,
        label: Any,
        path: str,
        labels: Labels,
        *,
        at: str = "",
        is_facet: bool = True,
        may_be_none: bool = False,
        label_path: str = "",
        where: dict[str, str] | None = None,
    ) -> None:
        self.path, self.labels, self.where = path, labels, where or {}
        self.at, self.is_facet = at, is_facet
        self.may_be_none, self.label_path = may_be_none, label_path
        super().__init__(label=label, known=self.known, required=False)

    def known(self, asked: list[str] | None = None) -> Options:
        """Every value that may be asked for (of those in `asked`), with its label."""
        options = dict(self.labels(asked))
        return options | {NONE: _("not recorded")} if self.may_be_none else options

    def terms(self, body: Body) -> dict[str, list[str]]:
        """The values of a record under the filter's name, as they are held."""
        return {self.name: values_at(body, self.at)} if self.at else {}

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        """The records that have one of the values."""
        return qs.filter(self.condition(qs.model, value)) if value else qs

    def held(self, holding: Holding, value: list[str], records: Callable[[], QuerySet]) -> int:
        """The held records that have one of the values."""
        if not self.at:
            found = self.filter(records(), value).order_by()
            return holding.of_numbers(found.values_list("pk", flat=True))
        has = 0
        for each in value:
            has |= holding.having(self.name, NOTHING if each == NONE else each)
        return has

    def condition(self, model: type[Model], values: list[str]) -> Q:
        """The condition that a record has one of the values.

        Rows of a relation are asked by a sub-query, so that no record is found twice.
        """
        wanted = [value for value in values if value != NONE]
        relation, _to, column = self.path.partition("__")
        field = model._meta.get_field(relation)
        if field.many_to_many:
            found = model.objects.filter(**{f"{self.path}__in": wanted}).values("pk")
            return self._either(Q(pk__in=found), Q(**{f"{relation}__isnull": True}), values)
        if not field.one_to_many:
            nothing = Q(**{f"{relation}__isnull": True})
            if not field.is_relation and field.empty_strings_allowed:
                nothing |= Q(**{relation: ""})
            return self._either(Q(**{f"{self.path}__in": wanted}), nothing, values)
        rows = field.related_model.objects.filter(**self.where)
        owner = field.field.attname
        has = Q(pk__in=rows.filter(**{f"{column}__in": wanted}).values(owner))
        return self._either(has, ~Q(pk__in=rows.values(owner)), values)

    def _either(self, has: Q, has_none: Q, values: list[str]) -> Q:
        if NONE not in values:
            return has
        return has | has_none if len(values) > 1 else has_none

    def counts(self, qs: QuerySet) -> dict[str, int]:
        """How many of the records have each value that occurs.

        The relation is joined from the left, so that records without any are counted under `none`.
        """
        found = qs.order_by().values_list(self.path).annotate(n=Count("pk"))
        counts: dict[str, int] = {}
        for value, n in found:
            code = NONE if value in (None, "") else str(value)
            counts[code] = counts.get(code, 0) + n
        return counts

    def held_counts(self, holding: Holding, among: int) -> dict[str, int]:
        """The same of the held records `among`."""
        counts = holding.counts(self.name, among)
        return {NONE if value == NOTHING else value: n for value, n in counts.items()}

    def labelled(self, counts: dict[str, int]) -> dict[str, tuple[Any, int]]:
        """Counts with their labels: value → (label, count)."""
        if not self.label_path:
            return {v: (label, counts.get(v, 0)) for v, label in self.known().items()}
        known = self.known(list(counts))
        falling = sorted(counts, key=lambda value: (value == NONE, -counts[value], value))
        return {value: (known[value], counts[value]) for value in falling if value in known}


class Except(django_filters.Filter):
    """The twin of a Many filter that leaves its values out."""

    field_class = ManyField

    def __init__(self, twin: Many) -> None:
        self.twin = twin
        super().__init__(label=_("not %s") % twin.label, known=twin.known, required=False)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        """The records that have none of the values."""
        return qs.exclude(self.twin.condition(qs.model, value)) if value else qs

    def held(self, holding: Holding, value: list[str], records: Callable[[], QuerySet]) -> int:
        """The held records that have none of the values."""
        return holding.all & ~self.twin.held(holding, value, records)


class Year(django_filters.Filter):
    """A bound on a year column; `at` is the date or the year in the body."""

    field_class = YearField

    def __init__(self, label: Any, column: str, lookup: str, at: str) -> None:
        self.at, self.is_lower = at, lookup == "gte"
        super().__init__(column, lookup, label=label)

    def terms(self, body: Body) -> dict[str, list[str]]:
        """The year of a record under the name of its column."""
        return {self.field_name: [value[:4] for value in values_at(body, self.at)]}

    def held(self, holding: Holding, value: int, records: Callable[[], QuerySet]) -> int:
        """The held records on this side of the year."""
        has = 0
        for year, records in holding.sets.get(self.field_name, {}).items():
            if year and (int(year) >= value if self.is_lower else int(year) <= value):
                has |= records
        return has


class Since(django_filters.Filter):
    """Records changed at or after a moment."""

    field_class = MomentField

    def __init__(self) -> None:
        super().__init__("updated_at", "gte", label=_("updated since"))

    def held(self, holding: Holding, value: Any, records: Callable[[], QuerySet]) -> int:
        """The held records that say a moment at or after this one."""
        return holding.up_to("updated", moment(value))


class Words(django_filters.CharFilter):
    """Records in which all the words are found, by the search index."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        # Filters live as long as a request; each of its facets applies this one anew.
        self._understood: dict[str, words.Query] = {}
        super().__init__(label=_("words"), max_length=words.LONGEST_QUERY)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """The records whose entry matches the words."""
        if not value:
            return qs
        if value not in self._understood:
            self._understood[value] = names.with_called(words.parse(value))
        query = self._understood[value]
        if not query:
            return qs.none()
        keys = fulltext.matching(query, self.noun).values("key")
        return qs.alias(_key=code_as_text(qs.model)).filter(_key__in=keys)

    def held(self, holding: Holding, value: str, records: Callable[[], QuerySet]) -> int:
        """The held records whose entry matches the words."""
        return matching.of(holding, value).found
