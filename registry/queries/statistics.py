"""Every figure that a page, the API or a report shows: one function each, plain data out."""

import math
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from articles.models import SPINE, Article, Country, Decision, Party
from registry.models import Activity, Area, Guidance, Meeting, Partner
from registry.queries.fields import NONE


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


def totals() -> Totals:
    """Count what the public may see.

    `represented` counts the entities that partner associations represent and that have a record of
    their own (PAG-6 §3d); `articles` are Articles 3–14; `parties` those bound by the Convention.
    """
    partners, represented, others = organisations()
    return Totals(
        areas=Area.objects.published().count(),
        partners=partners,
        represented=represented,
        other_organisations=others,
        activities=Activity.objects.published().count(),
        guidance=Guidance.objects.published().count(),
        meetings=Meeting.objects.published().count(),
        articles=Article.objects.spine().count(),
        parties=Party.objects.filter(status=Party.Status.PARTY).count(),
        decisions=Decision.objects.count(),
    )


def organisations() -> tuple[int, int, int]:
    """Partners, represented entities on record, and all other organisations: counted apart."""
    standings = _by(Partner, "standing")
    partners = standings.pop(Partner.Standing.PARTNER, 0)
    represented = standings.pop(Partner.Standing.REPRESENTED, 0)
    return partners, represented, sum(standings.values())


@dataclass(frozen=True)
class Cell:
    """What serves one article within one area: numbers of activities and of guidance documents."""

    area: str
    article: int | None
    activities: int
    guidance: int

    @property
    def total(self) -> int:
        """Activities and guidance together."""
        return self.activities + self.guidance

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


Counts = dict[tuple[str, int | None], int]


def matrix(
    activities: QuerySet[Activity] | None = None, guidance: QuerySet[Guidance] | None = None
) -> Matrix:
    """The area × article matrix of these records (by default: all that the public may see).

    A record counts once in each cell that it serves, once in the total of each area and once in the
    total of each article; so cells do not add up to totals.
    """
    if activities is None:
        activities = Activity.objects.published()
    if guidance is None:
        guidance = Guidance.objects.published()
    acts = _counts(activities, "activity_areas__area__slug", "activity_articles__article_id")
    docs = _counts(guidance, "guidance_areas__area__slug", "guidance_articles__article_id")
    names = dict(Area.objects.published().order_by("number").values_list("slug", "short_name"))

    def cell(area: str, article: int | None) -> Cell:
        return Cell(area, article, acts.get((area, article), 0), docs.get((area, article), 0))

    rows = (
        Row(slug, name, tuple(cell(slug, n) for n in SPINE), cell(slug, None))
        for slug, name in {**names, NONE: ""}.items()
    )
    return Matrix(tuple(SPINE), tuple(rows), tuple(cell("", n) for n in SPINE))


def _counts(records: QuerySet, area: str, article: str) -> Counts:
    """Counts by (area, article), (area, None) and ("", article); `none` is the area of none."""
    records = records.order_by()
    both = records.values_list(area, article).annotate(n=Count("pk"))
    by_area = records.values_list(area).annotate(n=Count("pk"))
    by_article = records.values_list(article).annotate(n=Count("pk"))
    counts: Counts = {(slug or NONE, number): n for slug, number, n in both if number}
    counts |= {(slug or NONE, None): n for slug, n in by_area}
    return counts | {("", number): n for number, n in by_article if number}


def by_article() -> dict[int, Cell]:
    """Activities and guidance for each of Articles 3–14."""
    acts = _by(Activity, "activity_articles__article_id")
    docs = _by(Guidance, "guidance_articles__article_id")
    return {n: Cell("", n, acts.get(n, 0), docs.get(n, 0)) for n in SPINE}


def by_area() -> dict[str, Cell]:
    """Activities and guidance for each area, `none` for cross-cutting ones."""
    acts = _by(Activity, "activity_areas__area__slug")
    docs = _by(Guidance, "guidance_areas__area__slug")
    slugs = [*Area.objects.published().order_by("number").values_list("slug", flat=True), None]
    return {
        slug or NONE: Cell(slug or NONE, None, acts.get(slug, 0), docs.get(slug, 0))
        for slug in slugs
    }


def by_country() -> dict[str, int]:
    """Activities for each country that has any, by country code."""
    counts = _by(Activity, "activity_countries__country_id")
    return {code: n for code, n in counts.items() if code}


def _by(model: type, path: str) -> dict:
    rows = model.objects.published().order_by().values_list(path).annotate(n=Count("pk"))
    return dict(rows)


def partners_by_area() -> dict[str, int]:
    """Partners that work in each area, by the area's slug."""
    rows = Partner.objects.published().partners().order_by()
    counts = rows.values_list("partner_areas__area__slug").annotate(n=Count("pk"))
    return {slug: n for slug, n in counts if slug}


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


def countries_by_status() -> dict[str, int]:
    """Countries by where they stand towards the Convention; "" for those that did neither."""
    rows = Country.objects.order_by().values_list("party__status").annotate(n=Count("pk"))
    return {status or "": n for status, n in rows}


def article_titles() -> dict[int, str]:
    """Titles of Articles 3–14 by number."""
    return dict(Article.objects.spine().order_by("number").values_list("number", "title_en"))


def area_names() -> dict[str, str]:
    """Short names of the areas by slug, in their order."""
    return dict(Area.objects.published().order_by("number").values_list("slug", "short_name"))


def distributions() -> dict[str, list[dict]]:
    """Activities by country, year, level, phase and more: value (None: not known), count."""
    return {
        f"activities_by_{name}": _distribution(path)
        for name, path in {
            "country": "activity_countries__country_id",
            "region": "activity_regions__region",
            "year": "start_year",
            "kind": "kind",
            "level": "level",
            "phase": "phase",
            "status": "status",
            "attribution": "attribution",
        }.items()
    }


def _distribution(path: str) -> list[dict]:
    counts = _by(Activity, path)
    rows = [{"value": value or None, "count": n} for value, n in counts.items()]
    return sorted(rows, key=lambda row: (row["value"] is None, str(row["value"])))
