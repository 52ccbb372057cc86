"""Small tables of numbers that compare: each leads to its list, a thin bar shows its size."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.numbers import spaced
from registry.queries import statistics
from registry.queries.fields import NONE
from registry.queries.figures import Asked, Number
from registry.queries.lists import Listing

# Fewer years than these, or fewer activities in them, say nothing that the list does not.
FEW_YEARS, FEW_DATED = 3, 6


@dataclass(frozen=True)
class Cell:
    """A number of records, their list, and its share of the largest in the table, in percent."""

    count: int
    address: str
    percent: int


@dataclass(frozen=True)
class Line:
    """A line of the table: what it is about, the page of that if it has one, its numbers."""

    label: Any
    address: str
    cells: list[Cell]


@dataclass(frozen=True)
class Slice:
    """The table; `title` says what it shows, `note` what is not in it."""

    name: str
    title: str
    head: list[str]
    lines: list[Line] = field(default_factory=list)
    note: str = ""


type _Row = tuple[Any, str, list[Number]]


def _lines(rows: Sequence[_Row]) -> list[Line]:
    most = max((each.count for *_row, numbers in rows for each in numbers), default=0) or 1
    return [
        Line(label, page, [Cell(n.count, n.list, round(100 * n.count / most)) for n in numbers])
        for label, page, numbers in rows
    ]


def of_area(slug: str) -> Slice:
    """What an area's activities and guidance serve: its row of the matrix, article by article."""
    row = next(each for each in statistics.matrix().rows if each.area == slug)
    rows: list[_Row] = []
    for cell in row.cells:
        asked = (("area", slug), ("article", str(cell.article)))
        numbers = [
            Number("activity", cell.activities or 0, asked),
            Number("guidance", cell.guidance or 0, asked),
        ]
        rows.append((cell.article, reverse("article-detail", args=[cell.article]), numbers))
    return Slice(
        "articles",
        _("What it serves, article by article"),
        [_("Article"), _("Activities"), _("Guidance")],
        _lines(rows),
        _("A record that serves several articles counts in each of them."),
    )


def by_article(title: str, activities: Listing, asked: Asked) -> Slice | None:
    """Activities of a list by the article that they serve; None where there are none."""
    counts = activities.found.counts("article")
    served = sorted((int(number), n) for number, n in counts.items() if number != NONE and n)
    if not served:
        return None
    rows: list[_Row] = [
        (
            number,
            reverse("article-detail", args=[number]),
            [Number("activity", n, (*asked, ("article", str(number))))],
        )
        for number, n in served
    ]
    note = _("An activity that serves several articles counts in each of them.")
    return Slice(
        "articles",
        title,
        [_("Article"), _("Activities")],
        _lines(rows),
        note,
    )


def by_year(activities: Listing, asked: Asked) -> Slice | None:
    """Activities of a list by the year in which they began; None where that says little."""
    counts = activities.found.by_year("start_year")
    years = {int(year): n for year, n in counts.items() if year != NONE and n}
    dated, total = sum(years.values()), sum(counts.values())
    if len(years) < FEW_YEARS or dated < FEW_DATED:
        return None
    rows: list[_Row] = []
    for year in sorted(years):
        span = (("start_from", str(year)), ("start_to", str(year)))
        rows.append((str(year), "", [Number("activity", years[year], (*asked, *span))]))
    said = _("%(dated)s of %(total)s activities say in which year they began.")
    note = said % {"dated": spaced(dated), "total": spaced(total)}
    return Slice("years", _title(years), [_("Year"), _("Activities")], _lines(rows), note)


def _title(years: dict[int, int]) -> str:
    """In which years they began, and in which most did."""
    (most, n), *others = Counter(years).most_common()
    shown = {"first": min(years), "last": max(years), "most": most, "n": spaced(n)}
    if others[0][1] == n:
        return _("Activities began from %(first)s to %(last)s") % shown
    said = _("Activities began from %(first)s to %(last)s, most of them in %(most)s: %(n)s")
    return said % shown
