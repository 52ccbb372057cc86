"""Proposed values in words: what each field is called, which names stand behind codes.

What a draft holds may be incomplete or wrong, so nothing here rests on its form: what cannot be
told is shown as it was typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.dates import PartialDate
from articles.languages import language_name
from registry.models import (
    Activity,
    Basis,
    Guidance,
    GuidanceRelation,
    Participation,
    Partner,
    Region,
    Role,
)
from registry.queries import differences, labels
from registry.queries.differences import Change, Piece

Values = Mapping[str, Any]

LABELS: dict[str, str | Promise] = {
    "abstract": gettext_lazy("Abstract"),
    "acronym": gettext_lazy("Acronym"),
    "areas": gettext_lazy("Partnership areas"),
    "articles": gettext_lazy("Articles of the Convention"),
    "confirm_every": gettext_lazy("Months between confirmations"),
    "countries": gettext_lazy("Countries"),
    "country": gettext_lazy("Country of the seat"),
    "editions": gettext_lazy("Languages"),
    "end": gettext_lazy("End"),
    "funding_lines": gettext_lazy("Funding as reported"),
    "gef_id": gettext_lazy("GEF number"),
    "involvement": gettext_lazy("How it will contribute"),
    "is_association": gettext_lazy("Represents other entities"),
    "kind": gettext_lazy("Kind"),
    "level": gettext_lazy("Level"),
    "links": gettext_lazy("Links"),
    "name": gettext_lazy("Name"),
    "other_names": gettext_lazy("Other names"),
    "outputs": gettext_lazy("Guidance it produced"),
    "participations": gettext_lazy("Who takes part"),
    "publishers": gettext_lazy("Publishers"),
    "regions": gettext_lazy("Regions"),
    "relations": gettext_lazy("Related documents"),
    "reported_status": gettext_lazy("Status as reported"),
    "represented_count": gettext_lazy("How many entities it represents"),
    "role": gettext_lazy("What it is for"),
    "start": gettext_lazy("Start"),
    "subtitle": gettext_lazy("Subtitle"),
    "summary": gettext_lazy("Summary"),
    "title": gettext_lazy("Title"),
    "type": gettext_lazy("Kind of organisation"),
    "url": gettext_lazy("Page"),
    "website": gettext_lazy("Web site"),
    "year": gettext_lazy("Year"),
}
# Fields of which every word counts; all others are one thing or another.
_WORDED = {"abstract", "involvement", "name", "subtitle", "summary", "title"}
_CHOICES = {
    ("activity", "kind"): Activity.Kind,
    ("activity", "level"): Activity.Level,
    ("activity", "reported_status"): Activity.Status,
    ("guidance", "kind"): Guidance.Kind,
    ("guidance", "role"): Role,
    ("partner", "type"): Partner.Type,
}
# The cells of the rows of a list, in the order in which they are told, and what each of them is. A
# row that is one code has no name for it.
_ROWS: dict[str, tuple[tuple[str, Any], ...]] = {
    "areas": (("", "area"),),
    "articles": (("article", "article"), ("basis", Basis)),
    "countries": (("", "country"),),
    "editions": (("language", "language"), ("url", "")),
    "funding_lines": (("currency", ""), ("amount", ""), ("funder", "partner")),
    "links": (("label", ""), ("url", "")),
    "outputs": (("", "guidance"),),
    "participations": (("partner", "partner"), ("role", Participation.Role)),
    "publishers": (("", "partner"),),
    "regions": (("", Region),),
    "relations": (("kind", GuidanceRelation.Kind), ("other", "guidance")),
}


def label(name: str) -> str:
    """What a field is called."""
    return str(LABELS.get(name, name.replace("_", " ")))


@dataclass(frozen=True)
class Names:
    """The names behind the codes of some values: kind of code → code → name."""

    known: Mapping[str, Mapping[str, Any]]

    @classmethod
    def behind(cls, *values: Values) -> "Names":
        """The names behind all codes in these values, looked up at once."""
        codes = _codes(values)
        return cls(
            {
                "area": labels.AREAS(None),
                "article": labels.ARTICLES(None),
                "country": labels.COUNTRIES(None),
                "guidance": _titles(codes["guidance"]),
                "partner": labels.PARTNERS(sorted(codes["partner"])) if codes["partner"] else {},
            }
        )

    def of(self, what: Any, code: Any) -> str:
        """The name behind one code, the code itself where none is known."""
        if what == "language":
            return language_name(str(code))
        if not isinstance(what, str):
            return str(dict(what.choices).get(code, code)) if isinstance(code, str) else str(code)
        return str(self.known.get(what, {}).get(str(code), code))


def _titles(slugs: set[str]) -> Mapping[str, str]:
    if not slugs:
        return {}
    return dict(Guidance.objects.filter(slug__in=slugs).values_list("slug", "title"))


def _codes(values: Iterable[Values]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"partner": set(), "guidance": set()}
    for each in values:
        for name, cells in _ROWS.items():
            for row in _list(each.get(name)):
                for column, what in cells:
                    code = _cell(row, column)
                    if what in ("partner", "guidance") and isinstance(code, str):
                        found[what].add(code)
    return found


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def _cell(row: Any, column: str) -> Any:
    if not column:
        return row
    return row.get(column) if isinstance(row, dict) else None


def is_blank(value: Any) -> bool:
    """Whether nothing is said."""
    return value in (None, "", [])


def rows_of(name: str, value: Any, names: Names) -> list[str]:
    """The rows of a list, each in words."""
    cells = _ROWS.get(name, (("", ""),))
    return [_row(cells, row, names) for row in _list(value)]


def _row(cells: tuple[tuple[str, Any], ...], row: Any, names: Names) -> str:
    told = [(what, _cell(row, column)) for column, what in cells]
    said = [names.of(what, code) for what, code in told if not is_blank(code)]
    return " · ".join(said) or str(row)


def text_of(noun: str, name: str, value: Any, names: Names) -> str:
    """A value that is no list, in words; blank for blank."""
    if is_blank(value):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("start", "end"):
        return _day(str(value))
    if name == "country":
        return names.of("country", value)
    choices = _CHOICES.get((noun, name))
    return capfirst(names.of(choices, value)) if choices else str(value)


def _day(text: str) -> str:
    """A date in words as far as it is known; as it was typed where it is none."""
    try:
        return PartialDate.parse(text).in_words()
    except ValueError:
        return text


@dataclass(frozen=True)
class Told:
    """A field, and its value before and after in pieces: of a text, or row by row."""

    name: str
    label: str
    pieces: list[Piece]
    is_list: bool
    is_moved: bool

    @property
    def is_changed(self) -> bool:
        """Whether before and after differ."""
        return self.is_moved or any(piece.change != Change.SAME for piece in self.pieces)

    @property
    def is_given(self) -> bool:
        """Whether it says anything, or did."""
        return bool(self.pieces)

    @property
    def is_text(self) -> bool:
        """Whether it is running text, with lines of its own."""
        return not self.is_list and self.name in _WORDED


def compare(
    noun: str, fields: Iterable[str], before: Values, after: Values, names: Names
) -> list[Told]:
    """The fields, in this order, with what differs between two sets of values."""
    return [_told(noun, name, before.get(name), after.get(name), names) for name in fields]


def _told(noun: str, name: str, before: Any, after: Any, names: Names) -> Told:
    if isinstance(before, list) or isinstance(after, list):
        old, new = rows_of(name, before, names), rows_of(name, after, names)
        moved = differences.is_moved(old, new)
        return Told(name, label(name), differences.rows(old, new), True, moved)
    texts = text_of(noun, name, before, names), text_of(noun, name, after, names)
    told = differences.words if name in _WORDED else differences.whole
    return Told(name, label(name), [p for p in told(*texts) if p.text], False, False)
