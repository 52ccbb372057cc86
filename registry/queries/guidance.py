"""Questions about guidance: how a document is shown, how they are filtered and sorted."""

from django.db.models import Prefetch, QuerySet

from registry.models import (
    ActivityOutput,
    Edition,
    Guidance,
    GuidanceArea,
    GuidanceArticle,
    GuidanceRelation,
    Publisher,
)
from registry.queries.representation import (
    Body,
    Representation,
    area_card,
    article_card,
    partner_card,
    provenance,
    titled_card,
    words_of,
)


def _records() -> QuerySet[Guidance]:
    def rows(name: str, model: type, related: str, order: str) -> Prefetch:
        return Prefetch(name, model.objects.select_related(related).order_by(order))

    return Guidance.objects.prefetch_related(
        rows("publishers", Publisher, "partner", "position"),
        rows("guidance_areas", GuidanceArea, "area", "area__number"),
        rows("guidance_articles", GuidanceArticle, "article", "article_id"),
        rows("relations", GuidanceRelation, "other", "other__slug"),
        rows("related_from", GuidanceRelation, "guidance", "guidance__slug"),
        rows("produced_by", ActivityOutput, "activity", "activity__slug"),
        Prefetch("editions", Edition.objects.order_by("position")),
    )


def _body(document: Guidance) -> Body:
    return {
        "slug": document.slug,
        "path": document.get_absolute_url(),
        "title": document.title,
        "subtitle": document.subtitle,
        "kind": document.kind,
        "role": document.role,
        "year": document.year,
        "abstract": document.abstract,
        "url": document.url,
        "editions": [
            {"language": edition.language, "url": edition.url}
            for edition in document.editions.all()
        ],
        "named_in_pag6": document.named_in_pag6,
        **_relations(document),
        **provenance(document),
    }


def _relations(document: Guidance) -> Body:
    return {
        "areas": [area_card(row.area) for row in document.guidance_areas.all()],
        "articles": [
            article_card(row.article) | {"basis": row.basis}
            for row in document.guidance_articles.all()
        ],
        "publishers": [partner_card(row.partner) for row in document.publishers.all()],
        "relations": [
            {"kind": row.kind, **titled_card(row.other)} for row in document.relations.all()
        ],
        "related_from": [
            {"kind": row.kind, **titled_card(row.guidance)} for row in document.related_from.all()
        ],
        "produced_by": [titled_card(row.activity) for row in document.produced_by.all()],
    }


def _text(body: Body) -> str:
    return words_of(
        body["subtitle"],
        body["abstract"],
        *(area["short_name"] for area in body["areas"]),
        *(f"{each['name']} {each['acronym']}".strip() for each in body["publishers"]),
        body["year"],
    )


REPRESENTATION = Representation(
    noun="guidance",
    key="slug",
    records=_records,
    body=_body,
    title=lambda body: body["title"],
    text=_text,
)
