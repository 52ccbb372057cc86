"""The filter grammar: one for pages, downloads, feeds and the API.

`article=7&article=8` (or `article=7,8`) means either; `not_article=7` leaves those out; different
names narrow further. `none` stands for “not recorded”. A name, operator or value that is not
understood is refused by name, never ignored.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from registry.errors import Misunderstood
from registry.queries.criteria import Except, Many, Year
from registry.queries.holding import Holding
from registry.queries.representation import Body


class Filters(django_filters.FilterSet):
    """A noun's filters. Every Many filter has its `not_` twin without being told.

    The declared filters are shared by all requests and read their own values: to copy them and to
    build a form for each request took longer than to answer it.
    """

    def __init__(
        self,
        data: MultiValueDict,
        records: Callable[[], QuerySet],
        *,
        also: frozenset[str] = frozenset(),
    ) -> None:
        """`records` gives all that may be found; `also` names what the door itself understands.

        Raises Misunderstood, naming every parameter and value that is not understood.
        """
        self.data, self.records = data, records
        self.filters = self.all_filters()
        self.asked = self._understood(also)

    @classmethod
    @cache
    def all_filters(cls) -> dict[str, django_filters.Filter]:
        """Every filter by name, the twins behind all others."""
        declared = cls.base_filters
        for name, each in declared.items():
            each.name = name
        twins = {f"not_{n}": Except(each) for n, each in declared.items() if isinstance(each, Many)}
        return {**declared, **twins}

    @classmethod
    def terms(cls, body: Body) -> dict[str, list[str]]:
        """The values by which a record is found, by name: what is held of it."""
        found: dict[str, list[str]] = {}
        for each in cls.all_filters().values():
            if isinstance(each, Many | Year):
                found |= each.terms(body)
        return found

    def _understood(self, also: frozenset[str]) -> dict[str, Any]:
        problems: dict[str, str] = {}
        asked = {}
        for name, values in self.data.lists():
            try:
                if name in self.filters:
                    asked[name] = self._cleaned(name, values)
                elif name not in also:
                    shown = ", ".join(sorted(self.filters.keys() | also))
                    raise ValidationError(_("There is no such filter here. There are: %s.") % shown)
                elif len(values) > 1:
                    raise ValidationError(_once(values))
            except ValidationError as wrong:
                problems[name] = " ".join(wrong.messages)
        if problems:
            raise Misunderstood(problems)
        return {n: asked[n] for n in self.filters if asked.get(n) not in (None, "", [])}

    def _cleaned(self, name: str, values: list[str]) -> Any:
        each = self.filters[name]
        if isinstance(each, Many | Except):
            return each.field.clean(values)
        if len(values) > 1:
            raise ValidationError(_once(values))
        return each.field.clean(values[0])

    @property
    def qs(self) -> QuerySet:
        """The records that all filters leave."""
        return self.without("")

    @property
    def facets(self) -> dict[str, Many]:
        """The filters that are offered with counts."""
        return {n: f for n, f in self.filters.items() if isinstance(f, Many) and f.is_facet}

    def without(self, name: str) -> QuerySet:
        """The records that all filters but this one leave: what a facet counts."""
        qs = self.records()
        for each, value in self.asked.items():
            if each != name:
                qs = self.filters[each].filter(qs, value)
        return qs

    def held(self, holding: Holding, *, without: tuple[str, ...] = ()) -> int:
        """The held records that all filters, or all but some, leave."""
        found = holding.all
        for name, value in self.asked.items():
            if name not in without:
                found &= self.filters[name].held(holding, value, self.records)
        return found


def _once(values: list[str]) -> Any:
    return _("It is given %d times; give it once.") % len(values)
