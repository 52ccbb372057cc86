"""What look-alikes are told by, read from what somebody types or from a public record.

Typed values may be half a record and half nonsense: what cannot be read is left out, and nothing
here ever raises.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from articles.folding import fold
from articles.gist import Gist, gist
from registry import words

# As long as the longest title; of longer texts, the beginning says enough.
LONGEST_TITLE, LONGEST_TEXT = 400, 4000
# More rows than this are not looked at.
MOST_ROWS = 60
# Who only gives the money has a hand in too many activities to tell one from another.
FUNDING = "funding"

_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Facts:
    """What is known of a record. Names stand under their codes, blank where they are not known."""

    title: str = ""
    gist: Gist = field(default_factory=lambda: gist(""))
    summary: frozenset[str] = frozenset()
    countries: Mapping[str, str] = field(default_factory=dict)
    areas: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    partners: Mapping[str, str] = field(default_factory=dict)
    leads: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    gef: str = ""
    identifier: tuple[str, str] | None = None
    urls: frozenset[str] = frozenset()


def of_values(values: Any) -> Facts:
    """The facts in the plain values of an activity or a document (`registry.actions.shapes`)."""
    values = values if isinstance(values, Mapping) else {}
    partners = _named(values, "participations", "partner")
    publishers = _named(values, "publishers", "publisher")
    return _facts(
        values,
        countries=_named(values, "countries", "country"),
        areas=_named(values, "areas", "area"),
        articles=_named(values, "articles", "article"),
        partners=partners or publishers,
        summary=_text(values, "summary") or _text(values, "abstract"),
    )


def of_body(body: Mapping[str, Any]) -> Facts:
    """The facts in the public representation of an activity or a document."""
    return _facts(
        body,
        countries=_named(body, "countries", "code"),
        areas=_named(body, "areas", "slug"),
        articles=_named(body, "articles", "number"),
        partners=_named(body, "partners", "slug") or _named(body, "publishers", "slug"),
        summary=_text(body, "summary") or _text(body, "abstract"),
    )


def title_of(values: Any) -> str:
    """The title as typed."""
    return _text(values, "title") if isinstance(values, Mapping) else ""


type _Named = list[tuple[str, str, str]]


def _facts(
    said: Mapping[str, Any],
    *,
    countries: _Named,
    areas: _Named,
    articles: _Named,
    partners: _Named,
    summary: str,
) -> Facts:
    title = _text(said, "title")[:LONGEST_TITLE]
    about = gist(title)
    return Facts(
        title=fold(title),
        gist=about,
        summary=frozenset(words.stems(summary[:LONGEST_TEXT]).split()),
        # Where no country is given, the title may name some.
        countries={code: name for code, name, _ in countries} or dict.fromkeys(about.countries, ""),
        areas=frozenset(code for code, *_ in areas),
        articles=frozenset(code for code, *_ in articles),
        partners={code: name for code, name, role in partners if role != FUNDING},
        leads=frozenset(code for code, _, role in partners if role == "lead"),
        languages=frozenset(code for code, *_ in _named(said, "editions", "language")),
        years=_years(said),
        gef="".join(re.findall(r"[0-9]+", _text(said, "gef_id"))).lstrip("0"),
        identifier=_identifier(said),
        urls=frozenset(filter(None, map(address, _urls(said)))),
    )


def _text(said: Mapping[str, Any], name: str) -> str:
    """The text under a name, blank where there is none; without what no database can hold."""
    return plain_text(said.get(name))


def plain_text(value: Any) -> str:
    """A text, or a whole number as one; anything else is blank."""
    if isinstance(value, str):
        return _NO_TEXT.sub("", value).strip()
    is_number = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18
    return str(value) if is_number else ""


def _rows(said: Mapping[str, Any], name: str) -> list:
    value = said.get(name)
    return list(value)[:MOST_ROWS] if isinstance(value, list | tuple) else []


def _named(said: Mapping[str, Any], name: str, code: str) -> _Named:
    """Code, name and role of each row, whether a row is a code or a dictionary that has one."""
    found = []
    for row in _rows(said, name):
        row = row if isinstance(row, Mapping) else {code: row}
        if key := plain_text(row.get(code)):
            found.append((key, plain_text(row.get("name")), plain_text(row.get("role"))))
    return found


def _years(said: Mapping[str, Any]) -> tuple[int, int] | None:
    """The first and the last year; of a document, its own."""
    texts = (_text(said, name) for name in ("start", "end", "year"))
    years = [int(found[0]) for text in texts if (found := _YEAR.match(text))]
    return (min(years), max(years)) if years else None


def _identifier(said: Mapping[str, Any]) -> tuple[str, str] | None:
    system, key = _text(said, "source_system"), _text(said, "external_id")
    return (system, key) if system and key else None


def _urls(said: Mapping[str, Any]) -> Iterator[str]:
    yield _text(said, "url")
    for row in _rows(said, "editions") + _rows(said, "links"):
        if isinstance(row, Mapping):
            yield _text(row, "url")


def address(url: str) -> str:
    """An address without what makes no difference: scheme, “www.”, closing slash, fragment.

    Blank for what is no address, and for a bare host, which says nothing of a single record.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or not host or not (path or parts.query):
        return ""
    return host + path + (f"?{parts.query}" if parts.query else "")
