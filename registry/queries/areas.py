"""Questions about partnership areas: how one is shown."""

from functools import cache

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from registry.models import Area, AreaArticle, AreaLead, PriorityAction
from registry.queries.criteria import Many, Since, Words
from registry.queries.filters import Filters
from registry.queries.labels import ARTICLES
from registry.queries.lists import NounList
from registry.queries.representation import (
    Body,
    Representation,
    article_card,
    partner_card,
    provenance,
    rows,
    words_of,
)
from registry.queries.sorts import BY_CHANGE, Sort


@cache
def _rows() -> tuple[Prefetch, ...]:
    return (
        rows("leads", AreaLead, "partner", order="position"),
        rows("area_articles", AreaArticle, "article", order="article_id"),
        rows("priority_actions", PriorityAction, order="position"),
    )


def _body(area: Area) -> Body:
    return {
        "slug": area.slug,
        "path": area.get_absolute_url(),
        "number": area.number,
        "name": area.name,
        "short_name": area.short_name,
        "description": area.description,
        "objective": area.objective,
        "leads": [partner_card(row.partner) for row in area.shown_leads],
        "articles": [article_card(row.article) for row in area.shown_area_articles],
        "articles_basis": area.articles_basis,
        "priority_actions": [
            {"title": row.title, "indicator": row.indicator, "source": row.source}
            for row in area.shown_priority_actions
        ],
        **provenance(area),
    }


def _text(body: Body) -> str:
    return words_of(
        body["short_name"],
        body["description"],
        body["objective"],
        *(action["title"] for action in body["priority_actions"]),
        *(lead["name"] for lead in body["leads"]),
    )


REPRESENTATION = Representation(
    noun="area",
    key="slug",
    records=Area.objects.all,
    rows=_rows,
    body=_body,
    title=lambda body: body["name"],
    text=_text,
    names=lambda body: [body["short_name"]],
)


class AreaFilters(Filters):
    """What areas can be filtered by."""

    q = Words("area")
    article = Many(_("Article"), "area_articles__article_id", ARTICLES, at="articles.number")
    updated_since = Since()


LIST = NounList(
    noun="area",
    model=Area,
    filters=AreaFilters,
    sorts={
        "number": Sort(_("number"), "number", lambda body: body["number"]),
        "name": Sort(_("name"), "name", lambda body: body["name"]),
        "updated": BY_CHANGE,
    },
)
