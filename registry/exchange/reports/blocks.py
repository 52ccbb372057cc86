"""What reports are made of: a head, headings, numbered paragraphs, tables."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format


@dataclass(frozen=True)
class Head:
    """What stands above a report: symbol, meeting, item of the agenda, title, date."""

    title: str
    symbol: str = ""
    meeting: str = ""
    item: str = ""
    date: dt.date | None = None


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is a chapter, 2 a section."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that bears a number."""

    text: str


@dataclass(frozen=True)
class Text:
    """A sentence that bears none: a note under a table, a line that says that nothing is there."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table with its caption; `widths` are shares of the width."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    # Columns that hold numbers.
    numbers: frozenset[int] = frozenset()


type Block = Heading | Paragraph | Text | Table


@dataclass(frozen=True)
class Report:
    """A report: its head, what it says of itself, its parts in order."""

    head: Head
    about: str
    blocks: tuple[Block, ...]
    revision: int
    language: str


def on(day: dt.date) -> str:
    """A day as it stands in the head of a document."""
    return date_format(day, "DATE_FORMAT")
