"""Records as sheets that can be edited: a workbook with lists to choose from, or CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from registry.exchange.guarding import guard
from registry.exchange.sheets import codes
from registry.exchange.sheets.columns import REASONS, SLUG, VERSION, SheetColumns, columns_of
from registry.exchange.xml_text import legible

MOST_ROWS = 20_000
# So many records are read at a time.
AT_ONCE = 500
# How wide columns stand, in characters: texts, lists, all others.
_WIDE, _WIDER, _NARROW = 60, 30, 16
_HEAD = PatternFill("solid", fgColor="DCE6E4")
# As text: else a spreadsheet takes “2014-03” for a day.
_TEXT = "@"

type Row = Sequence[str | int]


def write(noun: str, records: QuerySet, format: str) -> bytes:
    """The records of a noun as a sheet for editing, in one of FORMATS.

    Without records it is a template. Raises ValueError for more than MOST_ROWS.
    """
    columns = columns_of(noun)
    if records.count() > MOST_ROWS:
        raise ValueError(f"more than {MOST_ROWS} rows")
    return FORMATS[format](columns, columns.names, _rows(columns, records))


def rejected(noun: str, names: Sequence[str], rows: Iterable[Row], format: str) -> bytes:
    """Rows that could not be taken over, under the headers they had, each with its reasons."""
    return FORMATS[format](columns_of(noun), [*names, REASONS], rows)


def _rows(columns: SheetColumns, records: QuerySet) -> Iterator[Row]:
    related = [field.name for field in columns.shape.relations]
    found = records.select_related(*related) if related else records
    for some in batched(found.order_by("pk").iterator(chunk_size=AT_ONCE), AT_ONCE):
        for record, values in zip(some, columns.shape.read_many(list(some)), strict=True):
            yield columns.row(record.slug, record.version, values)


def _csv(columns: SheetColumns, names: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(names)
    for row in rows:
        lines.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(columns: SheetColumns, names: Sequence[str], rows: Iterable[Row]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(columns.noun)
    _lay_out(sheet, columns, names)
    lists = codes.lists_of(columns)
    _offer(sheet, names, lists)
    sheet.append([_head(sheet, name) for name in names])
    dates = {at for at, name in enumerate(names) if _is_date(columns, name)}
    for row in rows:
        sheet.append([_cell(sheet, cell, at in dates) for at, cell in enumerate(row)])
    _explain(book.create_sheet(_("How to")), columns)
    _list_codes(book.create_sheet(_CODES), lists)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMATS: dict[str, Callable[[SheetColumns, Sequence[str], Iterable[Row]], bytes]] = {
    "xlsx": _xlsx,
    "csv": _csv,
}
# Named in formulas, so it is called the same in all languages.
_CODES = "codes"


def _is_date(columns: SheetColumns, name: str) -> bool:
    return name in columns.by_name and columns.by_name[name].is_partial_date


def _cell(sheet, value: str | int, is_date: bool):
    if isinstance(value, int):
        return value
    text = legible(guard(value))
    if not is_date:
        return text or None
    cell = WriteOnlyCell(sheet, text or None)
    cell.number_format = _TEXT
    return cell


def _head(sheet, name: str):
    cell = WriteOnlyCell(sheet, name)
    cell.font, cell.fill = Font(bold=True), _HEAD
    return cell


def _lay_out(sheet, columns: SheetColumns, names: Sequence[str]) -> None:
    # The header and what each row is called stay in sight; what tells records apart is not edited.
    sheet.freeze_panes = "D2"
    for at, name in enumerate(names, start=1):
        place = sheet.column_dimensions[get_column_letter(at)]
        place.width, place.hidden = _width(columns, name), name in (SLUG, VERSION)


def _width(columns: SheetColumns, name: str) -> int:
    column = columns.by_name.get(name)
    if column is None:
        return _WIDER
    if column.rows:
        return _WIDER
    is_text = column.field.get_internal_type() == "TextField" or name in ("title", "name")
    return _WIDE if is_text else _NARROW


def _offer(sheet, names: Sequence[str], lists: list[codes.CodeList]) -> None:
    """Lists to choose from, for the columns that hold one code."""
    for at, each in enumerate(lists):
        if not each.columns or not each.codes:
            continue
        letter = get_column_letter(1 + 3 * at)
        rule = DataValidation(
            type="list",
            formula1=f"{_CODES}!${letter}$3:${letter}${len(each.codes) + 2}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=each.title[:32],
            error=_("Choose one of the codes of the list, or leave the cell blank."),
        )
        for name in each.columns:
            if name in names:
                letter_of = get_column_letter(names.index(name) + 1)
                rule.add(f"{letter_of}2:{letter_of}{MOST_ROWS + 1}")
        sheet.data_validations.append(rule)


def _list_codes(sheet, lists: list[codes.CodeList]) -> None:
    for at in range(len(lists)):
        sheet.column_dimensions[get_column_letter(1 + 3 * at)].width = _WIDER
        sheet.column_dimensions[get_column_letter(2 + 3 * at)].width = _WIDER
    sheet.freeze_panes = "A3"
    sheet.append([_head(sheet, text) for each in lists for text in (each.title, "", "")])
    sheet.append([_head(sheet, text) for _each in lists for text in (_("Code"), _("Name"), "")])
    for at in range(max((len(each.codes) for each in lists), default=0)):
        pairs = [each.codes[at] if at < len(each.codes) else ("", "") for each in lists]
        sheet.append([legible(text) or None for pair in pairs for text in (*pair, "")])


def _explain(sheet, columns: SheetColumns) -> None:
    sheet.column_dimensions["A"].width = _WIDER
    sheet.column_dimensions["B"].width = _WIDE * 2
    for line in _sentences():
        sheet.append([None, _wrapped(sheet, line)])
    sheet.append([])
    sheet.append([_head(sheet, _("Column")), _head(sheet, _("What it holds"))])
    for column in columns.values:
        sheet.append([column.name, _wrapped(sheet, _meaning(column))])


def _wrapped(sheet, text: str):
    cell = WriteOnlyCell(sheet, legible(guard(text)))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _sentences() -> Iterator[str]:
    yield _(
        "Edit the first sheet and upload the file. Nothing changes before you have seen what would."
    )
    yield _(
        "A row whose address (“slug”) is blank becomes a new record. Leave all other addresses as "
        "they are."
    )
    yield _(
        "The hidden column “version” says which version was read: what somebody else has changed "
        "since is not overwritten."
    )
    yield _(
        "A blank cell empties the value. A column that is left out stays as it is in all records."
    )
    yield _("Rows that are left out stay as they are: nothing is withdrawn by a sheet.")
    yield _(
        "Lists are separated by “; ”, the parts of one item by “ | ”. Where a text itself holds "
        "such a mark, a backslash stands before it."
    )
    yield _(
        "Days are written 2014, 2014-03 or 2014-03-09, as far as they are known. Codes stand on "
        "the sheet “codes”."
    )
    yield _("Formulas are not computed here: paste their values.")


def _meaning(column) -> str:
    if column.rows is None:
        return str(column.field.help_text or column.field.verbose_name)
    if len(column.rows.columns) == 1:
        return _("A list of codes or names, separated by “; ”.")
    return _("A list of “%s”, separated by “; ”.") % " | ".join(column.rows.columns)
