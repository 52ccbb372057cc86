"""Questions about activities: how one is shown, how they are filtered and sorted."""

from django.db.models import Prefetch, QuerySet

from registry.models import (
    Activity,
    ActivityArea,
    ActivityArticle,
    ActivityCountry,
    ActivityOutput,
    FundingLine,
    Participation,
    Role,
)
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
    titled_card,
    words_of,
)


def _records() -> QuerySet[Activity]:
    def rows(name: str, model: type, related: str, order: str) -> Prefetch:
        return Prefetch(name, model.objects.select_related(related).order_by(order))

    return Activity.objects.prefetch_related(
        rows("participations", Participation, "partner", "position"),
        rows("activity_areas", ActivityArea, "area", "area__number"),
        rows("activity_articles", ActivityArticle, "article", "article_id"),
        rows("activity_countries", ActivityCountry, "country", "country__name_en"),
        rows("funding_lines", FundingLine, "funder", "position"),
        rows("outputs", ActivityOutput, "guidance", "guidance__slug"),
        "activity_regions",
        "links",
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
        "links": [
            {"label": link.label, "url": link.url}
            for link in sorted(activity.links.all(), key=lambda link: link.position)
        ],
        **_relations(activity),
        "confirmed_on": day(activity.confirmed_on),
        "confirm_every": activity.confirm_every,
        **provenance(activity),
    }


def _relations(activity: Activity) -> Body:
    return {
        "areas": [area_card(row.area) for row in activity.activity_areas.all()],
        "articles": [
            article_card(row.article) | {"basis": row.basis}
            for row in activity.activity_articles.all()
        ],
        "countries": [country_card(row.country) for row in activity.activity_countries.all()],
        "regions": sorted(row.region for row in activity.activity_regions.all()),
        "partners": [
            partner_card(row.partner) | {"role": row.role} for row in activity.participations.all()
        ],
        "funding": [
            {
                "funder": partner_card(line.funder),
                "amount": money(line.amount),
                "currency": line.currency,
            }
            for line in activity.funding_lines.all()
        ],
        "outputs": [titled_card(row.guidance) for row in activity.outputs.all()],
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


REPRESENTATION = Representation(
    noun="activity",
    key="slug",
    records=_records,
    body=_body,
    title=lambda body: body["title"],
    text=_text,
)
