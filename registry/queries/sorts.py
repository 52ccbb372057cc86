"""The orders in which lists may be asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from registry.queries.representation import Body

# The order of best matches, for those who look for words.
RELEVANCE = "relevance"


@dataclass(frozen=True)
class Sort:
    """An order that may be asked for: its label and a value that is never null; ties by number.

    `by` is the value for the database, `at` the same from a body.
    """

    label: Any
    by: str | Combinable
    at: Callable[[Body], str | int]
    is_falling: bool = False

    def ordered(self, records: QuerySet) -> QuerySet:
        """The records in this order."""
        by = F(self.by) if isinstance(self.by, str) else self.by
        return records.order_by(by.desc() if self.is_falling else by.asc(), "pk")

    def after(self, records: QuerySet, value: Any, pk: Any) -> QuerySet:
        """The records that come behind the one with this value and number."""
        records = records.alias(_by=self.by if not isinstance(self.by, str) else F(self.by))
        side = "lt" if self.is_falling else "gt"
        # The first condition says nothing new, but an index can begin at it.
        return records.filter(
            Q(**{f"_by__{side}e": value}), Q(**{f"_by__{side}": value}) | Q(pk__gt=pk)
        )


BY_TITLE = Sort(_("title"), "title", lambda body: body["title"])
BY_CHANGE = Sort(
    _("last changed first"), "updated_at", lambda body: body["updated_at"], is_falling=True
)
