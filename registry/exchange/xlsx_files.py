"""Spreadsheets: a sheet of records and a sheet that says what it is; text is never a formula."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from registry.exchange.extracts import Counted, Extract, attribution, licence
from registry.exchange.tables import Cell, Column, Kind
from registry.exchange.xml_text import legible

# What the format itself allows in a cell.
LONGEST_CELL = 32_767
CHUNK = 64 * 1024


def write(stored: Iterable[str], extract: Extract) -> Iterator[bytes]:
    """The records as a workbook. It is made on disk first, since its index stands at its end."""
    book = Workbook(write_only=True)
    book.properties.creator = _("Registry of the UNEP Global Mercury Partnership")
    book.properties.created = book.properties.modified = _midnight(extract)
    rows = _records(book.create_sheet(str(extract.table.title)[:31]), stored, extract)
    _about(book.create_sheet(_("About")), extract, rows)
    with tempfile.TemporaryFile() as file:
        ExcelWriter(book, _Dated(file, extract.taken_at)).save()
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _midnight(extract: Extract) -> dt.datetime:
    # Not the hour: within a day, the same records give the same bytes.
    return dt.datetime.combine(extract.taken_at.date(), dt.time.min)


def _records(sheet: WriteOnlyWorksheet, stored: Iterable[str], extract: Extract) -> int:
    columns = extract.table.columns
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, column.name) for column in columns])
    counted = Counted(iter(stored))
    for body in map(orjson.loads, counted):
        sheet.append([_typed(sheet, column, column.read(body)) for column in columns])
    return counted.rows


def _typed(sheet: WriteOnlyWorksheet, column: Column, value: Cell) -> object:
    if column.kind is Kind.NUMBER and value not in ("", None):
        return value if isinstance(value, int) else float(value)
    return _cell(sheet, value)


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> object:
    """Text as text: left to itself, the library takes “=…” for a formula and “#…” for an error."""
    if value in ("", None):
        return None
    text = legible(str(value))
    if len(text) > LONGEST_CELL:
        cut = _(" … cut: a cell holds no more. The whole is in CSV and JSON.")
        text = text[: LONGEST_CELL - len(cut)] + cut
    if text[0] not in "=#":
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _about(sheet: WriteOnlyWorksheet, extract: Extract, rows: int) -> None:
    for line in _facts(extract, rows):
        sheet.append([_cell(sheet, each) for each in line])
    sheet.append([])
    sheet.append([_("Column"), _("Label"), _("Holds"), _("What it means")])
    for column in extract.table.columns:
        line = [column.name, column.label, column.kind.value, column.meaning]
        sheet.append([_cell(sheet, str(each)) for each in line])


def _facts(extract: Extract, rows: int) -> Iterator[tuple[str, ...]]:
    yield _("What it is"), str(extract.table.title)
    yield _("From"), _("Registry of the UNEP Global Mercury Partnership"), extract.address
    for _name, label, values in extract.filters:
        yield _("Narrowed by"), f"{label}: {values}"
    if not extract.filters:
        yield _("Narrowed by"), _("nothing: the whole list")
    yield _("Records"), str(rows)
    yield _("Taken on"), extract.taken_at.date().isoformat()
    yield _("Revision of the data"), str(extract.revision)
    yield _("Licence"), licence()
    yield _("Where facts come from"), attribution()


class _Dated(ZipFile):
    """A ZIP whose files all bear one date, so that the same records give the same bytes."""

    def __init__(self, file: object, at: dt.datetime) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        self._at = (at.year, at.month, at.day, 0, 0, 0)

    def writestr(self, name: str, data: bytes | str) -> None:
        super().writestr(self._info(name), data)

    def write(self, file: str, name: str) -> None:
        with open(file, "rb") as source, self.open(self._info(name), "w") as out:
            shutil.copyfileobj(source, out)

    def _info(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self._at)
        info.compress_type = ZIP_DEFLATED
        return info
