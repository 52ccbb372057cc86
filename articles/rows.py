"""Tables in CSV files: read strictly, row by row, with faults named by file, line and column."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Choices

from articles.dates import PartialDate
from articles.references import LAST_ARTICLE

_ROOT = Path(__file__).resolve().parent.parent
_ARTICLES = frozenset(str(number) for number in range(1, LAST_ARTICLE + 1))
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_AMOUNT = re.compile(r"-?\d{1,18}(\.\d{1,9})?", re.ASCII)


class LoadError(Exception):
    """A data file that cannot be loaded: which file, where in it, which column, and why."""

    def __init__(self, reason: str, *, file: str, place: str = "", column: str = "") -> None:
        self.reason, self.file, self.place, self.column = reason, file, place, column
        where = ", ".join(part for part in (file, place) if part)
        super().__init__(where + (f', column "{column}"' if column else "") + f": {reason}")


def shown(path: Path) -> str:
    """The path as messages show it: from the root of the project, where it lies inside."""
    path = path.resolve()
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else str(path)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark, line ends as they are.

    Raises LoadError if the file is missing, is not UTF-8 or holds a NUL byte.
    """
    try:
        content = path.read_bytes()
    except OSError as wrong:
        raise LoadError(f"cannot be read: {wrong.strerror}.", file=shown(path)) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = _line_at(content, wrong.start)
        raise LoadError("is not UTF-8 from here.", file=shown(path), place=line) from None
    if "\0" in text:
        line = _line_at(content, content.index(b"\0"))
        raise LoadError("holds a NUL byte.", file=shown(path), place=line)
    return text


def _line_at(content: bytes, position: int) -> str:
    return f"line {content.count(b'\n', 0, position) + 1}"


@dataclass(frozen=True)
class Row:
    """A row of a table, and where it stands: `line` is that of the file, the header being line 1.

    Each accessor reads one cell and raises LoadError if the cell is not what it should be. An
    empty cell is "", None or []: whether it may be empty is for the one who stores it to say.
    """

    file: str
    line: int
    cells: dict[str, str]

    def error(self, column: str, reason: str) -> LoadError:
        """A LoadError for a cell of this row, to be raised; column "" stands for the whole row."""
        return LoadError(reason, file=self.file, place=f"line {self.line}", column=column)

    def text(self, column: str, *, required: bool = False) -> str:
        """The cell without white space around it."""
        text = self.cells[column].strip()
        if required and not text:
            raise self.error(column, "is empty.")
        return text

    def list(self, column: str) -> "list[str]":
        """The parts of a cell that holds a list, separated by semicolons."""
        parts = [part.strip() for part in self.text(column).split(";")]
        if parts == [""]:
            return []
        if "" in parts or len(set(parts)) < len(parts):
            raise self.error(
                column, f"“{self.text(column)}” names nothing, or the same thing twice."
            )
        return parts

    def article_numbers(self, column: str) -> "list[int]":
        """The articles of the Convention in a cell such as 8;9."""
        for text in self.list(column):
            if text not in _ARTICLES:
                raise self.error(column, f"“{text}” is not an article from 1 to {LAST_ARTICLE}.")
        return [int(text) for text in self.list(column)]

    def whole_number(self, column: str) -> int | None:
        """A number such as 2014, without spaces or separators."""
        text = self._shaped(column, _WHOLE, "a whole number")
        return int(text) if text else None

    def amount(self, column: str) -> Decimal | None:
        """A number such as 1250000 or 0.5: a full stop before decimals, no separators."""
        text = self._shaped(column, _AMOUNT, "a number such as 1250000 or 0.5")
        return Decimal(text) if text else None

    def date(self, column: str) -> dt.date | None:
        """A day of the calendar, such as 2014-03-09."""
        text = self._shaped(column, _DAY, "a date such as 2014-03-09")
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            raise self.error(column, f"“{text}” is not a day of the calendar.") from None

    def partial_date(self, column: str) -> PartialDate | None:
        """A date as far as it is known: 2014, 2014-03 or 2014-03-09."""
        text = self.text(column)
        try:
            return PartialDate.parse(text) if text else None
        except ValueError as wrong:
            raise self.error(column, str(wrong)) from None

    def flag(self, column: str) -> bool:
        """The word true or false; here an empty cell is refused."""
        return self._one_of(column, self.text(column), ["true", "false"]) == "true"

    def choice(self, column: str, kind: type[Choices]) -> str:
        """The value of one of the choices of `kind`."""
        text = self.text(column)
        return self._one_of(column, text, kind.values) if text else ""

    def _one_of(self, column: str, text: str, known: Sequence[str]) -> str:
        if text not in known:
            raise self.error(column, f"“{text}” is not one of {', '.join(known)}.")
        return text

    def _shaped(self, column: str, shape: re.Pattern[str], name: str) -> str:
        text = self.text(column)
        if text and not shape.fullmatch(text):
            raise self.error(column, f"“{text}” is not {name}.")
        return text


def read_table(path: Path, columns: Sequence[str], *, key: Sequence[str] = ()) -> list[Row]:
    """The rows of the CSV file at `path`, which has exactly these columns, in any order.

    `key` names the columns that together tell the rows apart: they may not be empty all at once,
    nor be the same in two rows. Lines with nothing on them are passed over.
    """
    file = shown(path)
    lines = _lines(file, read_text(path))
    _, header = next(lines, (1, []))
    _check_header(file, header, columns)
    rows = [_row(file, number, header, cells) for number, cells in lines]
    if key:
        _check_key(rows, key)
    return rows


def _lines(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The number of the line on which each row begins, and its cells."""
    reader: Any = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as wrong:
            reason = f"is not sound CSV: {wrong}."
            raise LoadError(reason, file=file, place=f"line {begins}") from None
        if cells is None:
            return
        if cells:
            yield begins, cells


def _check_header(file: str, header: list[str], columns: Sequence[str]) -> None:
    for column in columns:
        if header.count(column) != 1:
            reason = "is missing." if column not in header else "is there twice."
            raise LoadError(reason, file=file, place="line 1", column=column)
    for column in header:
        if column not in columns:
            raise LoadError("is not known here.", file=file, place="line 1", column=column)


def _row(file: str, line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        reason = f"{len(cells)} cells where the header has {len(header)}."
        raise LoadError(reason, file=file, place=f"line {line}")
    return Row(file, line, dict(zip(header, cells, strict=True)))


def _check_key(rows: list[Row], key: Sequence[str]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        values = tuple(row.text(column) for column in key)
        if not any(values):
            raise row.error(key[0], "is empty.")
        if values in seen:
            reason = f"“{', '.join(values)}” is already on line {seen[values]}."
            raise row.error(key[0], reason)
        seen[values] = row.line
