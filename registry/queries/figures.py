"""The figures of the start page as plain data: what each shows, and which list proves each number.

A page, an address of the API, a file and a drawing all rest on the same lines, so that they cannot
say different things.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from articles.models import Country
from registry.models import Activity, FundingLine
from registry.queries import labels
from registry.queries.articles import listing
from registry.queries.fields import NONE
from registry.queries.revision import per_revision

type Asked = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Number:
    """How many records of a noun, and the filters that list them; None: no list shows just them."""

    noun: str
    count: int
    asked: Asked | None

    @property
    def list(self) -> str:
        """The address of the list that proves it; blank where there is none."""
        if self.asked is None:
            return ""
        return f"{reverse(f'{self.noun}-list')}?{urlencode(self.asked)}".rstrip("?")


@dataclass(frozen=True)
class Line:
    """One line of a figure: its codes by column, and its numbers."""

    values: dict[str, Any]
    numbers: tuple[Number, ...]

    @property
    def count(self) -> int:
        """Its first number."""
        return self.numbers[0].count


@dataclass(frozen=True)
class Figure:
    """A figure: its code, the columns of its lines, its lines."""

    name: str
    columns: tuple[str, ...]
    nouns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def header(self) -> list[str]:
        """The names of all columns, as an extract has them."""
        plurals = [_PLURALS[noun] for noun in self.nouns]
        return [*self.columns, *plurals, *(f"{plural}_list" for plural in plurals)]

    def records(self) -> list[dict[str, Any]]:
        """The lines as an extract has them."""
        return [
            {
                **{name: line.values[name] for name in self.columns},
                **{_PLURALS[each.noun]: each.count for each in line.numbers},
                **{f"{_PLURALS[each.noun]}_list": each.list for each in line.numbers},
            }
            for line in self.lines
        ]


_PLURALS = {"activity": "activities", "guidance": "guidance"}


def _of_activities(name: str, columns: tuple[str, ...], lines: list[Line]) -> Figure:
    return Figure(name, columns, ("activity",), tuple(lines))


def _line(values: dict[str, Any], count: int, *asked: tuple[str, Any]) -> Line:
    shown = tuple((name, str(value)) for name, value in asked)
    return Line(values, (Number("activity", count, shown),))


@per_revision
def years() -> Figure:
    """Activities by the year in which they began and the phase of the Convention (PAG-6 §11–16).

    Those whose year is not recorded come last; no list shows just them.
    """
    lines = []
    for phase in (*Activity.Phase.values, NONE):
        counts = listing("activity", phase=phase).found.by_year("start_year")
        for year, n in counts.items():
            lines.append(_of_year(None if year == NONE else int(year), phase, n))
    lines.sort(key=lambda line: (line.values["year"] is None, line.values["year"] or 0))
    return _of_activities("years", ("year", "phase"), lines)


def _of_year(year: int | None, phase: str, count: int) -> Line:
    values = {"year": year, "phase": None if phase == NONE else phase}
    if year is None:
        return Line(values, (Number("activity", count, None),))
    return _line(values, count, ("phase", phase), ("start_from", year), ("start_to", year))


@per_revision
def roles() -> Figure:
    """Activities by key role of the Partnership (PAG-6 §5), and monitoring and inventories (§16a).

    Every kind has a line, also one that has no activity.
    """
    return _by_kind("roles", "kind", Activity.Kind)


@per_revision
def levels() -> Figure:
    """Activities by level: global, regional, national (PAG-6 §11)."""
    return _by_kind("levels", "level", Activity.Level)


def _by_kind(figure: str, name: str, choices: type) -> Figure:
    counts = listing("activity").found.counts(name)
    lines = [
        _line({name: value, "name": label}, counts.get(value, 0), (name, value))
        for value, label in choices.choices
    ]
    # Stable: what has as many keeps the order of the closed list.
    lines.sort(key=lambda line: -line.count)
    return _of_activities(figure, (name, "name"), lines)


@per_revision
def countries() -> Figure:
    """Activities by country, most first, and every State of the United Nations that has none.

    An activity counts in each of its countries.
    """
    counts = listing("activity").found.counts("country")
    lines = [
        _line({"country": code, "name": name}, counts.get(code, 0), ("country", code))
        for code, name, status in labels.countries()
        if code in counts or status in _STATES
    ]
    # Stable: those with as many stay in the order of their English names.
    lines.sort(key=lambda line: -line.count)
    return _of_activities("countries", ("country", "name"), lines)


_STATES = (Country.UNStatus.MEMBER, Country.UNStatus.OBSERVER)


@per_revision
def funding() -> Figure:
    """Funding as reported, by currency and key role; nothing is converted, or added across.

    Where an activity's whole budget is reported in a currency, what single funders gave of it is
    not added to it.
    """
    found: dict[tuple[str, str], list] = {}
    for (currency, kind, _activity), amount in _budgets().items():
        found.setdefault((currency, kind), []).append(amount)
    lines = [
        _line(
            {"currency": currency, "kind": kind, "name": _KINDS[kind], "amount": sum(amounts)},
            len(amounts),
            ("currency", currency),
            ("kind", kind),
        )
        for (currency, kind), amounts in found.items()
    ]
    lines.sort(key=lambda line: (-line.values["amount"], line.values["kind"]))
    return _of_activities("funding", ("currency", "kind", "name", "amount"), lines)


_KINDS = dict(Activity.Kind.choices)


def _budgets() -> dict[tuple[str, str, int], Any]:
    """The amount of each activity that reports one, by currency, kind and its number."""
    rows = FundingLine.objects.filter(activity__withdrawn_at=None).order_by("pk")
    whole: dict[tuple[str, str, int], Any] = {}
    parts: dict[tuple[str, str, int], Any] = {}
    for currency, kind, activity, funder, amount in rows.values_list(
        "currency", "activity__kind", "activity_id", "funder_id", "amount"
    ):
        amounts, key = parts if funder else whole, (currency, kind, activity)
        amounts[key] = amounts.get(key, 0) + amount
    return parts | whole


FIGURES: dict[str, Callable[[], Figure]] = {
    "years": years,
    "roles": roles,
    "levels": levels,
    "countries": countries,
    "funding": funding,
}
