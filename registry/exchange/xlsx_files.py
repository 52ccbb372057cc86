"""Spreadsheets: a sheet of records and a sheet that says what it is; text is never a formula.

Written by hand and not by a library, since cell objects cost ten times as much as the cells, and a
library holds the first byte back until the last row.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import batched, count
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson
from django.utils.translation import gettext as _

from registry.exchange.extracts import Counted, Extract, attribution, licence
from registry.exchange.tables import Cell, Column, Kind
from registry.exchange.xml_text import legible

BATCH = 200
_SHEETS = ("worksheets/sheet1.xml", "worksheets/sheet2.xml")
# What the format itself allows in a cell.
LONGEST_CELL = 32_767
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATED = "application/vnd.openxmlformats-package.relationships+xml"
# A text without any of these is written as it stands.
_SPECIAL = re.compile(
    "[^\t\n\u0020-\u0025\u0027-;=\u003f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def write(stored: Iterable[str], extract: Extract) -> Iterator[bytes]:
    """The records as a workbook, streamed; one that breaks off has no index and does not open."""
    sink = _Sink()
    counted = Counted(iter(stored))
    with ZipFile(sink, "w", ZIP_DEFLATED) as book:
        for name, text in _parts(extract):
            book.writestr(_dated(name, extract), _DECLARED + text)
        with book.open(_dated(f"xl/{_SHEETS[0]}", extract), "w") as sheet:
            for piece in _records(counted, extract):
                sheet.write(piece.encode())
                yield from sink.taken()
        with book.open(_dated(f"xl/{_SHEETS[1]}", extract), "w") as sheet:
            sheet.write(_about(extract, counted.rows).encode())
    yield from sink.taken()


class _Sink:
    """Takes what a ZIP writes, to be given on; it cannot go back, so neither does the ZIP."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        pass

    def taken(self) -> Iterator[bytes]:
        piece = b"".join(self._pieces)
        self._pieces.clear()
        if piece:
            yield piece


def _dated(name: str, extract: Extract) -> ZipInfo:
    # The day and not the hour: within a day, the same records give the same bytes.
    day = extract.taken_at.date()
    info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    return info


def _records(stored: Iterable[str], extract: Extract) -> Iterator[str]:
    columns = extract.table.columns
    kinds = [(_letters(at), each.read, each.kind) for at, each in enumerate(columns)]
    yield (
        f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews><sheetData>"
    )
    yield _row(1, [column.name for column in columns])
    numbers = count(2)
    for batch in batched(stored, BATCH):
        yield "".join([_record(next(numbers), kinds, orjson.loads(body)) for body in batch])
    yield "</sheetData></worksheet>"


def _record(number: int, kinds: list, body: dict) -> str:
    cells = [
        f'<c r="{letters}{number}"><v>{value}</v></c>'
        if kind is Kind.NUMBER
        else _text(f"{letters}{number}", value)
        for letters, read, kind in kinds
        if (value := read(body)) not in ("", None)
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _row(number: int, texts: Iterable[Cell]) -> str:
    cells = [
        _text(f"{_letters(at)}{number}", str(each)) for at, each in enumerate(texts) if each != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(place: str, text: str) -> str:
    """A cell that says of itself that it is text, so that no “=…” in it is ever computed."""
    if len(text) > LONGEST_CELL:
        cut = _(" … cut: a cell holds no more. The whole is in CSV and JSON.")
        text = text[: LONGEST_CELL - len(cut)] + cut
    if _SPECIAL.search(text):
        # Unescaped, a carriage return would come back as a line end.
        text = escape(legible(text), {"\r": "&#13;"})
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(at: int) -> str:
    """The name of a column: A to Z, then AA."""
    first, last = divmod(at, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _about(extract: Extract, rows: int) -> str:
    lines = [*_facts(extract, rows), (), *_explained(extract.table.columns)]
    written = "".join(_row(number, map(str, line)) for number, line in enumerate(lines, start=1))
    return f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData></worksheet>'


def _facts(extract: Extract, rows: int) -> Iterator[tuple[object, ...]]:
    yield _("What it is"), extract.table.title
    yield _("From"), _("Registry of the UNEP Global Mercury Partnership"), extract.address
    for _name, label, values in extract.filters:
        yield _("Narrowed by"), f"{label}: {values}"
    if not extract.filters:
        yield _("Narrowed by"), _("nothing: the whole list")
    yield _("Records"), rows
    yield _("Taken on"), extract.taken_at.date().isoformat()
    yield _("Revision of the data"), extract.revision
    yield _("Licence"), licence()
    yield _("Where facts come from"), attribution()


def _explained(columns: Iterable[Column]) -> Iterator[tuple[object, ...]]:
    yield _("Column"), _("Label"), _("Holds"), _("What it means")
    for column in columns:
        yield column.name, column.label, column.kind.value, column.meaning


def _parts(extract: Extract) -> Iterator[tuple[str, str]]:
    """The files that hold the two sheets together: kinds, relations, the book."""
    names = (quoteattr(str(extract.table.title)[:31]), quoteattr(_("About")))
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_RELATED}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/{name}" ContentType="{_KIND}.worksheet+xml"/>'
            for name in _SHEETS
        )
        + "</Types>",
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations([("worksheet", name) for name in _SHEETS]),
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name={name} sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(names, start=1)
        )
        + "</sheets></workbook>",
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'
