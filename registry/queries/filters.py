"""The filter grammar: one for pages, downloads, feeds and the API.

`article=7&article=8` (or `article=7,8`) means either; `not_article=7` leaves those out; different
names narrow further. `none` stands for “not recorded”. A name, operator or value that is not
understood is refused by name, never ignored.
"""

from collections.abc import Callable, Mapping
from typing import Any

import django_filters
from django.db.models import CharField, Count, F, Model, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Country, Decision, Term
from registry import words
from registry.errors import Misunderstood
from registry.models import Area, Partner, Record
from registry.queries import fulltext
from registry.queries.fields import NONE, ManyField, MomentField, YearField

Options = Mapping[str, Any]
# Labels of the values that may be asked for: of these, or of all of them.
Labels = Callable[[list[str] | None], Options]


def of(choices: type) -> Labels:
    """The values of a closed list."""
    return lambda asked: dict(choices.choices)


def _rows(model: type[Model], code: str, label: str) -> Labels:
    def labels(asked: list[str] | None) -> Options:
        rows = (
            model.objects.all() if asked is None else model.objects.filter(**{f"{code}__in": asked})
        )
        return {str(key): name for key, name in rows.order_by(code).values_list(code, label)}

    return labels


def _articles(asked: list[str] | None) -> Options:
    rows = Article.objects.spine().order_by("number").values_list("number", "title_en")
    return {str(number): f"{number}. {title}" for number, title in rows}


def _areas(asked: list[str] | None) -> Options:
    return dict(Area.objects.order_by("number").values_list("slug", "short_name"))


AREAS: Labels = _areas
ARTICLES: Labels = _articles
COUNTRIES = _rows(Country, "code", "name_en")
PARTNERS = _rows(Partner, "slug", "name")


def code_as_text(model: type[Model]) -> Combinable:
    """The public code by which an entry of this noun is kept."""
    if issubclass(model, Record | Decision | Term):
        return F("slug")
    return Cast("pk", CharField())


class Many(django_filters.Filter):
    """Any of several values of a column, or of rows that belong to the record.

    `path` is the record's own column, or one behind a relation to many rows; `where` narrows those
    rows. As a facet it lists all its `labels`, or (`is_open`) only the values that occur, labelled
    by the column `label_path`.
    """

    field_class = ManyField

    def __init__(
        self,
        label: Any,
        path: str,
        labels: Labels,
        *,
        is_facet: bool = True,
        may_be_none: bool = False,
        label_path: str = "",
        where: dict[str, str] | None = None,
    ) -> None:
        self.path, self.labels, self.where = path, labels, where or {}
        self.is_facet, self.may_be_none, self.label_path = is_facet, may_be_none, label_path
        super().__init__(label=label, known=self.known, required=False)

    def known(self, asked: list[str] | None = None) -> Options:
        """Every value that may be asked for (of those in `asked`), with its label."""
        options = dict(self.labels(asked))
        return options | {NONE: _("not recorded")} if self.may_be_none else options

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        """The records that have one of the values."""
        return qs.filter(self.condition(qs.model, value)) if value else qs

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

    def counts(self, qs: QuerySet) -> dict[str, tuple[Any, int]]:
        """How many of the records have each value: value → (label, count).

        The relation is joined from the left, so that records without any are counted under `none`.
        """
        columns = [self.path, self.label_path] if self.label_path else [self.path]
        found = qs.order_by().values_list(*columns).annotate(n=Count("pk"))
        counts = {_text(row[0]): (row[-2], row[-1]) for row in found}
        if self.label_path:
            nothing = counts.pop(NONE, None)
            return counts | ({NONE: (_("not recorded"), nothing[1])} if nothing else {})
        return {v: (label, counts.get(v, ("", 0))[1]) for v, label in self.known().items()}


def _text(value: Any) -> str:
    return NONE if value in (None, "") else str(value)


class Except(django_filters.Filter):
    """The twin of a Many filter that leaves its values out."""

    field_class = ManyField

    def __init__(self, twin: Many) -> None:
        self.twin = twin
        super().__init__(label=_("not %s") % twin.label, known=twin.known, required=False)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        """The records that have none of the values."""
        return qs.exclude(self.twin.condition(qs.model, value)) if value else qs


class Year(django_filters.Filter):
    """A bound on a year column."""

    field_class = YearField

    def __init__(self, label: Any, column: str, lookup: str) -> None:
        super().__init__(column, lookup, label=label)


class Since(django_filters.Filter):
    """Records changed at or after a moment."""

    field_class = MomentField

    def __init__(self) -> None:
        super().__init__("updated_at", "gte", label=_("updated since"))


class Words(django_filters.CharFilter):
    """Records in which all the words are found, by the search index."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        super().__init__(label=_("words"), max_length=words.LONGEST_QUERY)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """The records whose entry matches the words."""
        if not value:
            return qs
        query = words.parse(value)
        if not query:
            return qs.none()
        keys = fulltext.matching(query, self.noun).values("key")
        return qs.alias(_key=code_as_text(qs.model)).filter(_key__in=keys)


class Filters(django_filters.FilterSet):
    """A noun's filters. Every Many filter has its `not_` twin without being told."""

    def __init__(
        self, data: MultiValueDict, queryset: QuerySet, *, also: frozenset[str] = frozenset()
    ) -> None:
        """`also` names parameters that the door itself understands, such as `page`.

        Raises Misunderstood, naming every parameter and value that is not understood.
        """
        super().__init__(data, queryset)
        for name, each in list(self.filters.items()):
            if isinstance(each, Many):
                self.filters[f"not_{name}"] = Except(each)
        self._refuse_unknown(data, also)

    def _refuse_unknown(self, data: MultiValueDict, also: frozenset[str]) -> None:
        problems = {}
        known = self.filters.keys() | also
        for name, values in data.lists():
            if name not in known:
                shown = ", ".join(sorted(known))
                problems[name] = _("There is no such filter here. There are: %s.") % shown
            elif len(values) > 1 and not isinstance(self.filters.get(name), Many | Except):
                problems[name] = _("It is given %d times; give it once.") % len(values)
        for name, messages in self.form.errors.items():
            problems.setdefault(name, " ".join(messages))
        if problems:
            raise Misunderstood(problems)

    @property
    def asked(self) -> dict[str, Any]:
        """The filters in use, by name, with their cleaned values."""
        cleaned = self.form.cleaned_data
        return {n: cleaned[n] for n in self.filters if cleaned.get(n) not in (None, "", [])}

    @property
    def facets(self) -> dict[str, Many]:
        """The filters that are offered with counts."""
        return {n: f for n, f in self.filters.items() if isinstance(f, Many) and f.is_facet}

    def without(self, name: str) -> QuerySet:
        """The records that all filters but this one leave: what a facet counts."""
        qs = self.queryset.all()
        for each, value in self.asked.items():
            if each != name:
                qs = self.filters[each].filter(qs, value)
        return qs
