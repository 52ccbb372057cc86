"""CSV as people save it: UTF-8 or what says of itself that it is UTF-16; refused in words."""

import codecs
import csv
import io

from django.utils.translation import gettext as _

from registry.errors import Refused

_MARKED = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BETWEEN = ",;\t"
# What a workbook may hold in a cell; the default of the library is longer.
_LONGEST = 200_000


def rows(file: bytes) -> list[list[str]]:
    """The rows of a CSV file. Raises Refused where it is none."""
    text = _decoded(file)
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise Refused(
            _("Row %d holds a NUL, which is no text. Save the file as CSV (UTF-8) again.") % row
        )
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return [row for row in reader if row]
    except csv.Error as why:
        said = _("Row %(row)d cannot be read: %(why)s. Is a quotation mark missing?")
        raise Refused(said % {"row": reader.line_num, "why": why}) from why


def _decoded(file: bytes) -> str:
    encoding = next((name for mark, name in _MARKED.items() if file.startswith(mark)), "utf-8-sig")
    try:
        return file.decode(encoding)
    except UnicodeDecodeError as why:
        row = file[: why.start].count(b"\n") + 1
        said = _(
            "Row %(row)d is not written in UTF-8 as the rows before it (byte %(byte)s). "
            "Save the file as “CSV UTF-8”."
        )
        raise Refused(said % {"row": row, "byte": f"0x{file[why.start]:02X}"}) from why


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(_BETWEEN, key=head.count)
