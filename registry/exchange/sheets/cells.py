"""Values as the text of one cell, and back: whatever a record holds comes back as it was."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

# Between the rows of a list, and between the columns of one row.
ITEM, PART = ";", "|"
_ESCAPED = re.compile(r"[\\;|\n]")
_PIECES = re.compile(r"\\(.)|([;|])|([^\\;|]+)|(\\)", re.DOTALL)


def of_value(value: Any) -> str:
    """A single value as text; blank for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def of_list(rows: Sequence[Any], columns: Sequence[str]) -> str:
    """The rows of a list as text: “KE; GH”, or “unep | lead; who | funding”."""
    return f"{ITEM} ".join(_of_row(row, columns) for row in rows)


def _of_row(row: Any, columns: Sequence[str]) -> str:
    parts = [row] if len(columns) == 1 else [row[name] for name in columns]
    return f" {PART} ".join(_escaped(of_value(part)) for part in parts).strip()


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\\n" if found[0] == "\n" else "\\" + found[0], text)


def to_list(text: str, columns: Sequence[str]) -> list[Any]:
    """The rows of a list from text. Raises ValueError, in a sentence, for rows of too many parts.

    Parts that are left out at the end of a row are blank.
    """
    rows = [row for row in _split(text) if any(row)]
    for row in rows:
        if len(row) > len(columns):
            said = _("“%(row)s” has %(count)d parts; there may be %(most)d: %(names)s.")
            raise ValueError(
                said
                % {
                    "row": f" {PART} ".join(row),
                    "count": len(row),
                    "most": len(columns),
                    "names": f" {PART} ".join(columns),
                }
            )
    if len(columns) == 1:
        return [row[0] for row in rows]
    return [dict(zip(columns, _filled(row, len(columns)), strict=True)) for row in rows]


def _filled(row: list[str], count: int) -> list[str]:
    return row + [""] * (count - len(row))


def _split(text: str) -> list[list[str]]:
    """Rows of parts, without the blanks around them."""
    rows, part = [[""]], []
    for after, mark, plain, alone in _PIECES.findall(text):
        if mark:
            rows[-1][-1] = "".join(part).strip()
            part = []
            if mark == PART:
                rows[-1].append("")
            else:
                rows.append([""])
        else:
            part.append("\n" if after == "n" else after or plain or alone)
    rows[-1][-1] = "".join(part).strip()
    return rows


def to_value(field: models.Field, text: str) -> Any:
    """A single value from text, as the actions take it."""
    if isinstance(field, models.BooleanField):
        return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(
            text.strip().lower(), text or False
        )
    return text
