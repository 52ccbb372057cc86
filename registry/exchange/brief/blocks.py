"""The parts that a brief is made of, as its template takes them; and names as it says them."""

from collections.abc import Iterable
from typing import Any

from articles.dates import PartialDate
from articles.languages import RIGHT_TO_LEFT, spoken
from registry.queries import labels
from registry.queries.finder.likeness import Likeness
from registry.queries.representation import Body

type Block = dict[str, Any]


def heading(words: str, level: int = 1) -> Block:
    """A heading, which is also a bookmark."""
    return {"kind": "heading", "level": level, "text": str(words)}


def text(words: str, *, address: str = "", is_muted: bool = False) -> Block:
    """A paragraph, and an address shown behind it."""
    return {"kind": "text", "text": str(words), "address": address, "is_muted": is_muted}


def item(title: str, note: str = "", address: str = "") -> dict[str, str]:
    """A line of a list: its title, which leads to an address, and what is said under it."""
    return {"title": str(title), "note": str(note), "address": address}


def items(lines: Iterable[dict[str, str]], *, is_short: bool = False) -> Block:
    """A list; where it is short, notes stand behind the titles."""
    return {"kind": "short" if is_short else "list", "items": list(lines)}


def table(head: list[str], rows: list[list[str]], *, is_of_numbers: bool = False) -> Block:
    """A table of three columns, the last of which may hold numbers."""
    return {"kind": "table", "is_of_numbers": is_of_numbers, "head": head, "rows": rows}


def own(words: str) -> str:
    """A text of a record in its own direction, whatever stands around it."""
    return f"\u2068{words}\u2069" if spoken() in RIGHT_TO_LEFT else words


def joined(parts: Iterable[str]) -> str:
    """What is known, in one line."""
    return " · ".join(map(own, filter(None, parts)))


def country(code: str) -> str:
    """The name of a country in the language spoken."""
    return str(labels.COUNTRIES(None).get(code, code))


def reasons(likeness: Likeness | None) -> str:
    """Why a country is similar, in one line; blank where nothing was compared."""
    return "; ".join(reason.words for reason in likeness.reasons) if likeness else ""


def period(body: Body) -> str:
    """When an activity went on, as far as it is known; blank where nothing is."""
    days = [PartialDate.parse(day).in_words() for day in (body["start"], body["end"]) if day]
    return " – ".join(dict.fromkeys(days))
