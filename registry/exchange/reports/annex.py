"""The tables of a report as a workbook: a sheet each, numbers as numbers."""

import datetime as dt
import io
import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from registry.exchange.guarding import guard
from registry.exchange.reports.blocks import Report, Table, Text
from registry.exchange.reports.packing import packed
from registry.exchange.xml_text import legible

_UNFIT = re.compile(r"[\[\]:*?/\\]")
_WIDTH = 110
_NUMBER = re.compile(r"-?[\d\u202f]+(\.\d+)?")


def write(report: Report, *, day: dt.date) -> bytes:
    """The tables of the report as XLSX. The same report of the same day gives the same bytes."""
    book = Workbook()
    book.properties.title, book.properties.creator = report.head.title, report.about
    about = book.active
    about.title = "about"
    for text in (report.head.symbol, report.head.title, report.about):
        about.append([legible(guard(text))])
    about.column_dimensions["A"].width = _WIDTH
    tables = [block for block in report.blocks if isinstance(block, Table)]
    for at, table in enumerate(tables, start=1):
        _add(book, f"{at} {table.caption}", table)
        about.append([legible(guard(f"{at}: {table.caption}"))])
    for block in report.blocks:
        if isinstance(block, Text):
            about.append([legible(guard(block.text))])
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue(), day)


def _add(book: Workbook, name: str, table: Table) -> None:
    sheet = book.create_sheet(_UNFIT.sub(" ", legible(name))[:31])
    sheet.append([legible(column) for column in table.columns])
    sheet.freeze_panes = "A2"
    for row in table.rows:
        sheet.append([_cell(text, at in table.numbers) for at, text in enumerate(row)])
    for at, share in enumerate(table.widths, start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = max(10, _WIDTH * share / sum(table.widths))
        sheet[f"{letter}1"].font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _cell(text: str, is_number: bool) -> str | int | float:
    if is_number and _NUMBER.fullmatch(text):
        plain = text.replace("\u202f", "")
        return float(plain) if "." in plain else int(plain)
    return legible(guard(text))
