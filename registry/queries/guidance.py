"""Questions about guidance: how a document is shown, how they are filtered and sorted."""

from functools import cache

from django.db.models import Prefetch
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.languages import language_name
from registry.models import (
    ActivityOutput,
    Edition,
    Guidance,
    GuidanceArea,
    GuidanceArticle,
    GuidanceRelation,
    Publisher,
    Role,
)
from registry.queries.criteria import Many, Since, Words, Year
from registry.queries.filters import Filters
from registry.queries.labels import AREAS, ARTICLES, PARTNERS, few, of
from registry.queries.lists import NounList
from registry.queries.representation import (
    Body,
    Representation,
    area_card,
    article_card,
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
        rows("publishers", Publisher, "partner", order="position"),
        rows("guidance_areas", GuidanceArea, "area", order="area__number"),
        rows("guidance_articles", GuidanceArticle, "article", order="article_id"),
        rows("relations", GuidanceRelation, "other", order="other__slug"),
        rows("related_from", GuidanceRelation, "guidance", order="guidance__slug", public=True),
        rows("produced_by", ActivityOutput, "activity", order="activity__slug", public=True),
        rows("editions", Edition, order="position"),
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
            for edition in document.shown_editions
        ],
        "named_in_pag6": document.named_in_pag6,
        **_relations(document),
        **provenance(document),
    }


def _relations(document: Guidance) -> Body:
    return {
        "areas": [area_card(row.area) for row in document.shown_guidance_areas],
        "articles": [
            article_card(row.article) | {"basis": row.basis}
            for row in document.shown_guidance_articles
        ],
        "publishers": [partner_card(row.partner) for row in document.shown_publishers],
        "relations": [
            {"kind": row.kind, **titled_card(row.other)} for row in document.shown_relations
        ],
        "related_from": [
            {"kind": row.kind, **titled_card(row.guidance)} for row in document.shown_related_from
        ],
        "produced_by": [titled_card(row.activity) for row in document.shown_produced_by],
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
    records=Guidance.objects.all,
    rows=_rows,
    body=_body,
    title=lambda body: body["title"],
    text=_text,
    names=lambda body: [f"{body['title']}: {body['subtitle']}"],
)


@few
def _languages() -> dict[str, str]:
    codes = Edition.objects.order_by("language").values_list("language", flat=True).distinct()
    return {code: language_name(code) for code in codes}


class GuidanceFilters(Filters):
    """What guidance can be filtered by."""

    q = Words("guidance")
    article = Many(_("Article"), "guidance_articles__article_id", ARTICLES, at="articles.number")
    area = Many(_("Area"), "guidance_areas__area__slug", AREAS, at="areas.slug", may_be_none=True)
    kind = Many(_("Kind"), "kind", of(Guidance.Kind), at="kind")
    role = Many(_("Key role"), "role", of(Role), at="role")
    language = Many(
        _("Language"), "editions__language", _languages, at="editions.language", may_be_none=True
    )
    publisher = Many(_("Publisher"), "publishers__partner__slug", PARTNERS, is_facet=False)
    year_from = Year(_("Published in or after"), "year", "gte", "year")
    year_to = Year(_("Published in or before"), "year", "lte", "year")
    updated_since = Since()


LIST = NounList(
    noun="guidance",
    model=Guidance,
    filters=GuidanceFilters,
    sorts={
        "newest": Sort(
            _("newest first"), Coalesce("year", 0), lambda body: body["year"] or 0, is_falling=True
        ),
        "oldest": Sort(
            _("oldest first"), Coalesce("year", 9999), lambda body: body["year"] or 9999
        ),
        "title": BY_TITLE,
        "updated": BY_CHANGE,
    },
)
