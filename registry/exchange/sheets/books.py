"""Workbooks (XLSX): looked at before they are opened, and refused in words where unsafe."""

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from registry.errors import Refused

# Far more than 20,000 rows need; what is larger was not made by a spreadsheet.
MOST_BYTES, MOST_PARTS, MOST_TIMES = 200 * 1024 * 1024, 1_000, 400
# A cell further out than this would make a table of all between.
LAST_ROW, LAST_COLUMN = 20_001, 200
_PIECE = 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)|<\0!\0[DE]\0|\0<\0!\0[DE]", re.IGNORECASE)
_FORMULA = re.compile(rb'<c\s[^>]*?r="([A-Z]+[0-9]+)"[^>]*>(?:(?!</c>)[^\0])*?<f[\s/>]')
_CELL = re.compile(rb'<c\s[^>]*?r="([A-Z]{1,7})([0-9]{1,9})"[^>]*[^/]>')


def is_book(file: bytes, name: str) -> bool:
    """Whether it is a workbook, told from its content. Raises Refused for kinds not taken here."""
    if file.startswith(_OLE):
        raise Refused(
            _(
                "This is a workbook of the old kind (XLS) or one with a password. "
                "Save it as XLSX without one."
            )
        )
    if file.startswith(_ZIP):
        return True
    if name.lower().endswith((".xlsx", ".xlsm", ".ods")):
        raise Refused(_("The file is named like a workbook and is none. Save it as XLSX again."))
    return False


def rows(file: bytes) -> list[list[str]]:
    """The rows of the first sheet, as text. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as book:
            _look_at(book)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zipfile.zlib.error) as why:
        raise Refused(_("The workbook is damaged. Save it as XLSX again.")) from why
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0)
        return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, ValueError, OverflowError) as why:
        raise Refused(_("The workbook cannot be read. Save it as XLSX again.")) from why


def _look_at(book: zipfile.ZipFile) -> None:
    """Raise Refused for what no spreadsheet makes, before anything is taken from it."""
    parts = book.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise Refused(_("This is an archive and no workbook. Upload an XLSX or CSV file."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(_("The workbook holds macros. Save it as XLSX, without them."))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Refused(_("The workbook takes values from other files. Paste the values themselves."))
    if len(parts) > MOST_PARTS or len(names) < len(parts):
        raise Refused(_too_large())
    left = MOST_BYTES
    for part in parts:
        left = _look_into(book, part, left)


def _look_into(book: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """How many bytes the others may have; sizes are counted, not believed."""
    if part.flag_bits & 1:
        raise Refused(_("The workbook has a password. Save it without one."))
    is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    size, before = 0, b""
    with book.open(part) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > left or size > _PIECE + part.compress_size * MOST_TIMES:
                raise Refused(_too_large())
            if part.filename.endswith((".xml", ".rels")):
                _refuse_xml(before + piece, is_sheet)
            # What is cut in two is looked at once more, whole.
            before = piece[-70_000:]
    return left - size


def _refuse_xml(text: bytes, is_sheet: bool) -> None:
    if _DECLARED.search(text):
        raise Refused(_("The workbook declares entities, which no spreadsheet does."))
    if not is_sheet:
        return
    if found := _FORMULA.search(text):
        said = _("Cell %s holds a formula. Paste its value instead, then upload again.")
        raise Refused(said % found[1].decode())
    for letters, row in _CELL.findall(text):
        if int(row) > LAST_ROW:
            said = _("The sheet goes on to row %(row)d; there may be %(most)d rows.")
            raise Refused(said % {"row": int(row), "most": LAST_ROW - 1})
        if _column(letters) > LAST_COLUMN:
            said = _("The sheet goes on to column %s. Delete what stands right of the last column.")
            raise Refused(said % letters.decode())


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _too_large() -> str:
    return _(
        "The workbook is far larger inside than it looks. Save it anew as XLSX, or upload CSV."
    )


def _text(cell: Any) -> str:
    """What a cell shows, in the form in which values are written."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time()
        return cell.date().isoformat() if is_day else cell.isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(repr(value)), "f")
