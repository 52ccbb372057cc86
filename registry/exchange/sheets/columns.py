"""The columns of a sheet for editing: those of the values of a noun, and which record it was.

Headers are the names of the values, in every language and format, so that a sheet that was taken in
one comes back in another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db import models

from articles.dates import PartialDateField
from registry.actions.following import NOUNS as ALL
from registry.actions.rows import Rows
from registry.actions.shapes import Shape
from registry.actions.values import Values
from registry.exchange.sheets import cells

# What is edited in sheets; areas and meetings are few.
NOUNS = ("activity", "guidance", "partner", "contribution")
SLUG, VERSION = "slug", "version"
# Of rows that could not be taken over: why. Passed over when the sheet comes back.
REASONS = "what_is_wrong"
# Stands where a text is longer than a cell may be; whoever leaves it changes nothing.
TOO_LONG = "(too long for a cell: left as it is)"
LONGEST_CELL = 32_767


@dataclass(frozen=True)
class SheetColumn:
    """One value of a noun as a column: a field, or a list of rows."""

    name: str
    field: models.Field | None = None
    rows: Rows | None = None

    @property
    def is_partial_date(self) -> bool:
        """Whether it holds days that may be known to the month or year only."""
        return isinstance(self.field, PartialDateField)

    def text(self, value: Any) -> str:
        """The value as the text of its cell."""
        text = cells.of_list(value, self.rows.columns) if self.rows else cells.of_value(value)
        return text if len(text) < LONGEST_CELL else TOO_LONG

    def value(self, text: str) -> Any:
        """The value that a cell says. Raises ValueError in a sentence."""
        if self.rows:
            return cells.to_list(text, self.rows.columns)
        return cells.to_value(self.field, text)


@dataclass(frozen=True)
class SheetColumns:
    """All columns of a noun: which record, in which version, then its values in their order."""

    noun: str
    shape: Shape

    @cached_property
    def values(self) -> tuple[SheetColumn, ...]:
        """The columns that hold values."""
        return tuple(self._columns())

    def _columns(self) -> Iterator[SheetColumn]:
        for name in self.shape.fields:
            if name != SLUG:
                yield SheetColumn(name, field=self.shape.model._meta.get_field(name))
        for rows in self.shape.rows:
            yield SheetColumn(rows.name, rows=rows)

    @cached_property
    def by_name(self) -> dict[str, SheetColumn]:
        """The columns that hold values, by name."""
        return {column.name: column for column in self.values}

    @property
    def names(self) -> list[str]:
        """The headers."""
        return [SLUG, VERSION, *self.by_name]

    def row(self, slug: str, version: int, values: Values) -> list[str | int]:
        """The cells of a record."""
        return [slug, version, *(each.text(values[each.name]) for each in self.values)]


@cache
def columns_of(noun: str) -> SheetColumns:
    """The columns of one of NOUNS."""
    return SheetColumns(noun, ALL[noun].shape)
