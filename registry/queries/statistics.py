"""Every figure that a page, the API or a report shows: one function each, plain data out."""

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy

from articles.languages import in_words, texts_of
from articles.models import SPINE, Article, Party
from registry.models import Area, Partner
from registry.queries.articles import listing
from registry.queries.fields import NONE
from registry.queries.found import Found
from registry.queries.lists import Listing
from registry.queries.revision import per_revision


@dataclass(frozen=True)
class Totals:
    """How much the registry holds. Only `partners` are partners; the others are counted apart."""

    areas: int
    partners: int
    represented: int
    other_organisations: int
    activities: int
    guidance: int
    meetings: int
    articles: int
    parties: int
    decisions: int


def _all(noun: str) -> Found:
    """All public records of a noun."""
    return listing(noun).found


@per_revision
def totals() -> Totals:
    """Count what the public may see.

    `represented` counts the entities that partner associations represent and that have a record of
    their own (PAG-6 §3d); `articles` are Articles 3–14; `parties` those bound by the Convention.
    """
    partners, represented, others = organisations()
    return Totals(
        areas=_all("area").count(),
        partners=partners,
        represented=represented,
        other_organisations=others,
        activities=_all("activity").count(),
        guidance=_all("guidance").count(),
        meetings=_all("meeting").count(),
        articles=len(article_titles()),
        parties=listing("country", party=Party.Status.PARTY).count(),
        decisions=_all("decision").count(),
    )


@per_revision
def organisations() -> tuple[int, int, int]:
    """Partners, represented entities on record, and all other organisations: counted apart."""
    standings = _all("partner").counts("standing")
    partners = standings.pop(Partner.Standing.PARTNER, 0)
    represented = standings.pop(Partner.Standing.REPRESENTED, 0)
    return partners, represented, sum(standings.values())


@dataclass(frozen=True)
class Cell:
    """What serves one article within one area: numbers of activities and of guidance documents.

    None where a noun is not counted: guidance has no country by which to count it.
    """

    area: str
    article: int | None
    activities: int | None
    guidance: int | None

    @property
    def total(self) -> int:
        """Activities and guidance together."""
        return (self.activities or 0) + (self.guidance or 0)

    @property
    def tint(self) -> int:
        """How dark the cell is, 1 to 5, by the logarithm of its total."""
        return min(5, 1 + int(math.log2(self.total) / 1.5)) if self.total else 0


@dataclass(frozen=True)
class Row:
    """One area across all articles. `whole` counts a record once, however many articles it has."""

    area: str
    name: str
    cells: tuple[Cell, ...]
    whole: Cell


@dataclass(frozen=True)
class Matrix:
    """Areas by Articles 3–14, and the records of no area; `columns` sum up each article."""

    articles: tuple[int, ...]
    rows: tuple[Row, ...]
    columns: tuple[Cell, ...]

    def cell(self, area: str, article: int) -> Cell:
        """The cell of an area (its slug, or `none` for cross-cutting) and an article."""
        row = next(row for row in self.rows if row.area == area)
        return row.cells[self.articles.index(article)]


@per_revision
def matrix() -> Matrix:
    """The area × article matrix of all that the public may see."""
    return matrix_of(listing("activity"), listing("guidance"))


def matrix_of(activities: Listing | None, guidance: Listing | None) -> Matrix:
    """The area × article matrix of these activities and documents; None: they are not counted.

    A record counts once in each cell that it serves, once in the total of each area and once in the
    total of each article; so cells do not add up to totals.
    """
    acts, docs = (None if each is None else _counts(each.found) for each in (activities, guidance))

    def cell(area: str, article: int | None) -> Cell:
        numbers = (None if each is None else each.get((area, article), 0) for each in (acts, docs))
        return Cell(area, article, *numbers)

    rows = (
        Row(slug, name, tuple(cell(slug, n) for n in SPINE), cell(slug, None))
        for slug, name in {**area_names(), NONE: ""}.items()
    )
    return Matrix(tuple(SPINE), tuple(rows), tuple(cell("", n) for n in SPINE))


def _counts(found: Found) -> dict[tuple[str, int | None], int]:
    """Counts by (area, article), (area, None) and ("", article); `none` is the area of none."""
    both = {
        (a, int(n)): count
        for (a, n), count in found.crossed("area", "article").items()
        if n != NONE
    }
    by_area = {(area, None): count for area, count in found.counts("area").items()}
    by_article = {("", n): count for n, count in _numbered(found.counts("article")).items()}
    return both | by_area | by_article


def _numbered(counts: dict[str, int]) -> dict[int, int]:
    return {int(number): n for number, n in counts.items() if number != NONE}


@per_revision
def by_article() -> dict[int, Cell]:
    """Activities and guidance for each of Articles 3–14."""
    acts, docs = (_numbered(_all(noun).counts("article")) for noun in ("activity", "guidance"))
    return {n: Cell("", n, acts.get(n, 0), docs.get(n, 0)) for n in SPINE}


@per_revision
def by_area() -> dict[str, Cell]:
    """Activities and guidance for each area, `none` for cross-cutting ones."""
    acts, docs = (_all(noun).counts("area") for noun in ("activity", "guidance"))
    slugs = [*area_names(), NONE]
    return {slug: Cell(slug, None, acts.get(slug, 0), docs.get(slug, 0)) for slug in slugs}


@per_revision
def by_country() -> dict[str, int]:
    """Activities for each country that has any, by country code."""
    counts = _all("activity").counts("country")
    return {code: n for code, n in counts.items() if code != NONE}


@per_revision
def partners_by_area() -> dict[str, int]:
    """Partners that work in each area, by the area's slug."""
    counts = listing("partner", standing=Partner.Standing.PARTNER).found.counts("area")
    return {slug: n for slug, n in counts.items() if slug != NONE}


def take_part(article: int) -> list[tuple[str, str, str, int]]:
    """Who works on an article: slug, name, standing and number of activities, most active first."""
    works = Q(
        participations__activity__withdrawn_at__isnull=True,
        participations__activity__activity_articles__article_id=article,
    )
    found = (
        Partner.objects.published()
        .filter(works)
        .annotate(n=Count("participations__activity", distinct=True))
        .order_by("-n", "name")
    )
    return list(found.values_list("slug", "name", "standing", "n"))


def most_active(area: str, few: int) -> list[tuple[str, str, int]]:
    """The partners in an area, first those in most of its activities: slug, name, how many."""
    works = Q(
        participations__activity__withdrawn_at__isnull=True,
        participations__activity__activity_areas__area__slug=area,
    )
    found = (
        Partner.objects.published()
        .partners()
        .filter(partner_areas__area__slug=area)
        .annotate(n=Count("participations__activity", filter=works, distinct=True))
        .order_by("-n", "name")
    )
    return list(found.values_list("slug", "name", "n")[:few])


@per_revision
def countries_by_status() -> dict[str, int]:
    """Countries by where they stand towards the Convention; "" for those that did neither."""
    counts = _all("country").counts("party")
    return {"" if status == NONE else status: n for status, n in counts.items()}


@per_revision
def article_titles() -> dict[int, Any]:
    """Titles of Articles 3–14 by number, in the language spoken."""
    found = Article.objects.spine().order_by("number")
    return {article.number: in_words(texts_of(article, "title")) for article in found}


@per_revision
def area_names() -> dict[str, Any]:
    """Short names of the areas by slug, in their order, in the language spoken."""
    found = Area.objects.published().order_by("number").values_list("slug", "short_name")
    return {slug: gettext_lazy(name) for slug, name in found}


@per_revision
def distributions() -> dict[str, list[dict]]:
    """Activities by country, year, level, phase and more: value (None: not known), count."""
    activities = _all("activity")
    names = ("country", "region", "kind", "level", "phase", "status", "attribution")
    counts = {name: activities.counts(name) for name in names}
    counts |= {"year": activities.by_year("start_year")}
    return {f"activities_by_{name}": _distribution(found) for name, found in counts.items()}


def _distribution(counts: dict[str, int]) -> list[dict]:
    rows = [{"value": None if v == NONE else _year(v), "count": n} for v, n in counts.items()]
    return sorted(rows, key=lambda row: (row["value"] is None, str(row["value"])))


def _year(value: str) -> int | str:
    return int(value) if value.isdigit() else value
