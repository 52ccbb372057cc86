"""What a flat table is made of: columns that each read one cell from a record's public body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.queries.representation import Body

# Between the items of a list in one cell, and between the parts of one item.
BETWEEN, WITHIN = "; ", " | "

type Cell = str | int | None


class Kind(Enum):
    """What a column holds: spreadsheets keep numbers apart from text."""

    TEXT = _("text")
    NUMBER = _("number")
    FLAG = _("true or false")


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what it means, and how its cell is read from a body.

    `field` is the field of the body that it shows; a flag reads as “true” or “false”, and what is
    not recorded as "" or None.
    """

    name: str
    label: Any
    field: str
    read: Callable[[Body], Cell]
    meaning: Any = ""
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Table:
    """The columns of a noun, and the parts of its body that are in another table, with reasons."""

    noun: str
    title: Any
    columns: tuple[Column, ...]
    elsewhere: Mapping[str, Any]

    def row(self, body: Body) -> list[Cell]:
        """The cells of a record, in the order of the columns."""
        return [column.read(body) for column in self.columns]

    def only(self, fields: tuple[str, ...]) -> "Table":
        """The table with only the columns that show these fields; whole where none are named."""
        if not fields:
            return self
        return replace(self, columns=tuple(each for each in self.columns if each.field in fields))


def text(field: str, label: Any, meaning: Any = "") -> Column:
    """A field that is a text."""
    return Column(field, label, field, itemgetter(field), meaning)


def number(field: str, label: Any, meaning: Any = "") -> Column:
    """A field that is a number, or None."""
    return Column(field, label, field, itemgetter(field), meaning, Kind.NUMBER)


def flag(field: str, label: Any, meaning: Any = "") -> Column:
    """A field that is true or false."""
    read = itemgetter(field)
    return Column(
        field, label, field, lambda body: "true" if read(body) else "false", meaning, Kind.FLAG
    )


def part(name: str, label: Any, field: str, key: str, meaning: Any = "") -> Column:
    """A part of a field that is one thing with parts, or None."""

    def read(body: Body) -> Cell:
        return value.get(key, "") if (value := body[field]) else ""

    return Column(name, label, field, read, meaning)


def numbered(column: Column) -> Column:
    """The same column, holding numbers."""
    return replace(column, kind=Kind.NUMBER)


def several(field: str, label: Any, meaning: Any = "") -> Column:
    """A field that is a list of texts."""
    return Column(field, label, field, lambda body: BETWEEN.join(body[field]), meaning)


def each(name: str, label: Any, field: str, key: str, meaning: Any = "") -> Column:
    """One part of every item of a list, such as the names of its countries."""

    def read(body: Body) -> Cell:
        return BETWEEN.join([str(item[key]) for item in body[field]])

    return Column(name, label, field, read, meaning)


def pairs(name: str, label: Any, field: str, keys: tuple[str, str], meaning: Any = "") -> Column:
    """Two codes of every item of a list, with a colon between: “unep:lead”."""
    first, second = keys

    def read(body: Body) -> Cell:
        return BETWEEN.join([f"{item[first]}:{item[second]}" for item in body[field]])

    return Column(name, label, field, read, meaning)


def lines(field: str, label: Any, keys: tuple[str, ...], meaning: Any = "") -> Column:
    """Every part of every item of a list; a part that is not recorded leaves its place empty."""

    def line(item: Body) -> str:
        return WITHIN.join(["" if item[key] is None else str(item[key]) for key in keys])

    return Column(field, label, field, lambda body: BETWEEN.join(map(line, body[field])), meaning)
