"""Questions about activities: how one is shown, how they are filtered and sorted."""

from functools import cache

from django.db.models import Prefetch, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from registry.models import (
    Activity,
    ActivityArea,
    ActivityArticle,
    ActivityCountry,
    ActivityLink,
    ActivityOutput,
    ActivityRegion,
    FundingLine,
    Participation,
    Region,
    Role,
)
from registry.queries.criteria import Many, Since, Words, Year
from registry.queries.filters import Filters
from registry.queries.freshness import due_on
from registry.queries.labels import AREAS, ARTICLES, COUNTRIES, PARTNERS, few, of
from registry.queries.lists import NounList
from registry.queries.representation import (
    Body,
    Representation,
    area_card,
    article_card,
    country_card,
    day,
    money,
    partner_card,
    provenance,
    rows,
    titled_card,
    words_of,
)
from registry.queries.sorts import BY_CHANGE, BY_TITLE, Sort


@cache
def _rows() -> tuple[Prefetch, ...]:
    return (
        rows("participations", Participation, "partner", order="position"),
        rows("activity_areas", ActivityArea, "area", order="area__number"),
        rows("activity_articles", ActivityArticle, "article", order="article_id"),
        rows("activity_countries", ActivityCountry, "country", order="country__name_en"),
        rows("funding_lines", FundingLine, "funder", order="position"),
        rows("outputs", ActivityOutput, "guidance", order="guidance__slug"),
        rows("activity_regions", ActivityRegion, order="region"),
        rows("links", ActivityLink, order="position"),
    )


def _body(activity: Activity) -> Body:
    return {
        "slug": activity.slug,
        "reference": activity.reference,
        "path": activity.get_absolute_url(),
        "title": activity.title,
        "summary": activity.summary,
        "kind": activity.kind,
        "role": activity.kind if activity.kind in Role.values else "",
        "level": activity.level,
        "attribution": activity.attribution,
        "status": activity.status,
        "reported_status": activity.reported_status,
        "start": activity.start,
        "end": activity.end,
        "phase": activity.phase,
        "gef_id": activity.gef_id,
        "url": activity.url,
        "links": [{"label": link.label, "url": link.url} for link in activity.shown_links],
        **_relations(activity),
        "confirmed_on": day(activity.confirmed_on),
        "confirm_every": activity.confirm_every,
        "confirm_due": day(due_on(activity)),
        "freshness": activity.freshness,
        **provenance(activity),
    }


def _relations(activity: Activity) -> Body:
    return {
        "areas": [area_card(row.area) for row in activity.shown_activity_areas],
        "articles": [
            article_card(row.article) | {"basis": row.basis}
            for row in activity.shown_activity_articles
        ],
        "countries": [country_card(row.country) for row in activity.shown_activity_countries],
        "regions": sorted(row.region for row in activity.shown_activity_regions),
        "partners": [
            partner_card(row.partner) | {"role": row.role} for row in activity.shown_participations
        ],
        "funding": [
            {
                "funder": partner_card(line.funder),
                "amount": money(line.amount),
                "currency": line.currency,
            }
            for line in activity.shown_funding_lines
        ],
        "outputs": [titled_card(row.guidance) for row in activity.shown_outputs],
    }


def _text(body: Body) -> str:
    names = [
        f"{partner['name']} {partner['acronym']}".strip()
        for partner in {p["slug"]: p for p in body["partners"]}.values()
    ]
    return words_of(
        body["summary"],
        *(country["name"] for country in body["countries"]),
        *(area["short_name"] for area in body["areas"]),
        *names,
        body["gef_id"] and f"GEF {body['gef_id']}",
        body["reference"],
    )


def _names(body: Body) -> list[str]:
    gef = body["gef_id"]
    return [body["reference"], *([gef, f"GEF {gef}"] if gef else [])]


REPRESENTATION = Representation(
    noun="activity",
    key="slug",
    records=Activity.objects.all,
    rows=_rows,
    body=_body,
    title=lambda body: body["title"],
    text=_text,
    names=_names,
)


def _partner(label: str, **where: str) -> Many:
    path = "participations__partner__slug"
    return Many(label, path, PARTNERS, is_facet=False, where=where)


def _gef_numbers(asked: list[str] | None) -> dict[str, str]:
    numbers = Activity.objects.exclude(gef_id="").order_by("gef_id")
    if asked is not None:
        numbers = numbers.filter(gef_id__in=asked)
    return {number: f"GEF {number}" for number in numbers.values_list("gef_id", flat=True)}


@few
def _currencies() -> dict[str, str]:
    used = FundingLine.objects.order_by("currency").values_list("currency", flat=True).distinct()
    return {code: code for code in used}


class ActivityFilters(Filters):
    """What activities can be filtered by."""

    q = Words("activity")
    article = Many(_("Article"), "activity_articles__article_id", ARTICLES, at="articles.number")
    area = Many(_("Area"), "activity_areas__area__slug", AREAS, at="areas.slug", may_be_none=True)
    kind = Many(_("Kind"), "kind", of(Activity.Kind), at="kind")
    level = Many(_("Level"), "level", of(Activity.Level), at="level")
    status = Many(_("Status"), "status", of(Activity.Status), at="status", may_be_none=True)
    phase = Many(_("Phase"), "phase", of(Activity.Phase), at="phase", may_be_none=True)
    # Completed activities have none: it is not that theirs was not recorded.
    freshness = Many(_("Confirmation"), "freshness", of(Activity.Freshness), at="freshness")
    region = Many(
        _("Region"), "activity_regions__region", of(Region), at="regions", may_be_none=True
    )
    country = Many(
        _("Country"),
        "activity_countries__country_id",
        COUNTRIES,
        at="countries.code",
        may_be_none=True,
        label_path="activity_countries__country__name_en",
    )
    role = Many(_("Key role"), "kind", of(Role), at="role", is_facet=False)
    attribution = Many(
        _("Attribution"),
        "attribution",
        of(Activity.Attribution),
        at="attribution",
        is_facet=False,
        may_be_none=True,
    )
    partner = _partner(_("Organisation"))
    lead = _partner(_("Led by"), role="lead")
    implementer = _partner(_("Implemented by"), role="implementing")
    funder = _partner(_("Funded by"), role="funding")
    contributor = _partner(_("With"), role="contributing")
    currency = Many(
        _("Funding reported in"), "funding_lines__currency", _currencies, is_facet=False
    )
    gef = Many(_("GEF number"), "gef_id", _gef_numbers, is_facet=False)
    start_from = Year(_("Started in or after"), "start_year", "gte", "start")
    start_to = Year(_("Started in or before"), "start_year", "lte", "start")
    end_from = Year(_("Ended in or after"), "end_year", "gte", "end")
    end_to = Year(_("Ended in or before"), "end_year", "lte", "end")
    updated_since = Since()


LIST = NounList(
    noun="activity",
    model=Activity,
    filters=ActivityFilters,
    sorts={
        "newest": Sort(_("newest first"), "start", lambda body: body["start"], is_falling=True),
        "oldest": Sort(
            _("oldest first"),
            Coalesce(NullIf("start", Value("")), Value("9999")),
            lambda body: body["start"] or "9999",
        ),
        "title": BY_TITLE,
        "updated": BY_CHANGE,
    },
)
