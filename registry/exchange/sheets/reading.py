"""What an uploaded sheet says: headers are understood, cells become values; problems by place."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from registry.actions.planning import Wanted
from registry.errors import Refused
from registry.exchange.guarding import unguard
from registry.exchange.sheets import books, texts
from registry.exchange.sheets.columns import (
    REASONS,
    SLUG,
    TOO_LONG,
    VERSION,
    SheetColumns,
    columns_of,
)
from registry.exchange.sheets.writing import MOST_ROWS

LARGEST = 20 * 1024 * 1024
_NEAR = 60


@dataclass
class Sheet:
    """The rows of an uploaded sheet: what each wants, and what could not be understood.

    `cells` holds, by place (the number of the row in the file, the header being 1), what was typed
    under each of `names`; `problems` says, by place and column, what is wrong.
    """

    noun: str
    names: list[str]
    wanted: list[Wanted] = field(default_factory=list)
    cells: dict[int, list[str]] = field(default_factory=dict)
    problems: dict[int, dict[str, list[str]]] = field(default_factory=dict)


def read(noun: str, file: bytes, name: str) -> Sheet:
    """Understand an uploaded file, a workbook or CSV, as rows of `noun`.

    Raises Refused, in a sentence that says what to do, for a file that is no sheet of this noun;
    what is wrong with single rows is in `problems` of the outcome.
    """
    if len(file) > LARGEST:
        said = _("The file is larger than %d MB. Upload it in parts.")
        raise Refused(said % (LARGEST // 1024 // 1024))
    rows = books.rows(file) if books.is_book(file, name) else texts.rows(file)
    if not rows:
        raise Refused(_("The file is empty. Download a sheet for editing, and fill that."))
    columns = columns_of(noun)
    sheet = Sheet(noun, _headers(columns, rows[0]))
    filled = [(place, row) for place, row in enumerate(rows[1:], start=2) if any(row)]
    if len(filled) > MOST_ROWS:
        said = _("The file has %(rows)d rows; there may be %(most)d. Upload it in parts.")
        raise Refused(said % {"rows": len(filled), "most": MOST_ROWS})
    for place, row in filled:
        _take(sheet, columns, place, row)
    return sheet


def _headers(columns: SheetColumns, row: Sequence[Any]) -> list[str]:
    """The names that the headers stand for. Raises Refused for those that stand for none."""
    known = {_bare(name): name for name in [*columns.names, REASONS]}
    # By the words for it, too.
    known |= {
        _bare(str(column.field.verbose_name)): column.name
        for column in reversed(columns.values)
        if column.field is not None and _bare(str(column.field.verbose_name)) not in known
    }
    given = [str(cell).strip() for cell in row]
    while given and not given[-1]:
        given.pop()
    names = [known.get(_bare(cell), "") for cell in given]
    _refuse_headers(columns, given, names)
    return names


def _bare(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().casefold())


def _refuse_headers(columns: SheetColumns, given: list[str], names: list[str]) -> None:
    for cell, name in zip(given, names, strict=True):
        if not name:
            raise Refused(_unknown(cell, columns))
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise Refused(_("The column “%s” stands there twice. Leave one of them out.") % twice[0])
    if SLUG not in names:
        raise Refused(_("The first row must hold the names of the columns, and “slug” among them."))
    if not set(names) & columns.by_name.keys():
        raise Refused(_("There is no column to change. Download a sheet for editing."))


def _unknown(cell: str, columns: SheetColumns) -> str:
    if not cell:
        return _("A column has no name in the first row. Name it, or delete the column.")
    near = process.extractOne(cell, columns.names, scorer=fuzz.ratio, score_cutoff=_NEAR)
    said = _("There is no column “%s” here.") % cell
    return said + (" " + _("Is it “%s”?") % near[0] if near else "")


def _take(sheet: Sheet, columns: SheetColumns, place: int, row: Sequence[Any]) -> None:
    cells = [unguard(each) if isinstance(each, str) else str(each) for each in row]
    cells += [""] * (len(sheet.names) - len(cells))
    sheet.cells[place] = cells[: len(sheet.names)]
    if any(each.strip() for each in cells[len(sheet.names) :]):
        _problem(sheet, place, SLUG, _("There is something right of the last column. Delete it."))
        return
    said = dict(zip(sheet.names, sheet.cells[place], strict=True))
    version = _version(sheet, place, said)
    values = _values(sheet, columns, place, said)
    if place not in sheet.problems:
        sheet.wanted.append(Wanted(place, said[SLUG].strip(), version, values))


def _version(sheet: Sheet, place: int, said: dict[str, str]) -> int | None:
    text = said.get(VERSION, "").strip()
    if not text or not said[SLUG].strip():
        return None
    if not text.isdecimal() or len(text) > 9:
        _problem(sheet, place, VERSION, _("“%s” is no number of a version.") % text)
        return None
    return int(text)


def _values(
    sheet: Sheet, columns: SheetColumns, place: int, said: dict[str, str]
) -> dict[str, Any]:
    values = {}
    for name, text in said.items():
        column = columns.by_name.get(name)
        if column is None or text == TOO_LONG:
            continue
        try:
            values[name] = column.value(text)
        except ValueError as wrong:
            _problem(sheet, place, name, str(wrong))
    return values


def _problem(sheet: Sheet, place: int, name: str, said: str) -> None:
    sheet.problems.setdefault(place, {}).setdefault(name, []).append(said)
