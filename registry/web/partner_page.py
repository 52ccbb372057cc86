"""The page of an organisation: what it does, publishes and gives, and the list of each."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.queries import articles, links, members
from registry.queries.lists import Listing
from registry.web import relations, slices
from registry.web.citing import cite
from registry.web.records import fetch
from registry.web.relations import Relation, Stat


def context(slug: str) -> dict[str, Any]:
    """All that the page of an organisation shows."""
    partner = fetch("partner", slug)
    found = articles.listing("activity", partner=slug)
    acts, docs, gifts = _relations_of_partner(slug, found)
    return {
        "partner": partner,
        "unavailable": links.unavailable_of(partner),
        "contacts": members.shown_to_everyone(slug),
        "stats": [
            *(_roles_of_partner(slug) if acts.count else []),
            *relations.stat_of(docs, _published(docs.count)),
            *relations.stat_of(gifts, relations.label_of("contribution", gifts.count)),
        ],
        "relations": [acts, docs, *([gifts] if gifts.count else [])],
        "represented": relations.of_bodies(
            "partner",
            _("Entities it represents"),
            articles.represented_by(slug) if partner["is_association"] else [],
            name="represented",
        ),
        "years": slices.by_year(found, (("partner", slug),)),
        "cite": cite(
            "partner",
            partner,
            partner["name"],
            activities=("partner", slug) if acts.count else None,
        ),
    }


def _roles_of_partner(slug: str) -> list[Stat]:
    """What it does in activities, and in how many."""
    found = [
        relations.stat("activity", _led, lead=slug),
        relations.stat("activity", _carried_out, implementer=slug),
        relations.stat("activity", _funded, funder=slug),
        relations.stat("activity", _taken_part_in, contributor=slug),
    ]
    return [each for each in found if each.count]


def _relations_of_partner(slug: str, found: Listing) -> tuple[Relation, Relation, Relation]:
    """Its activities, its publications, what it gives."""
    acts = relations.of_list(
        "activity",
        _("Activities"),
        name="activities",
        none=_("No activity is recorded."),
        hides="lead",
        found=found,
        partner=slug,
    )
    docs = relations.of_list(
        "guidance",
        _("Publications"),
        name="guidance",
        none=_("No publication is recorded."),
        hides="publisher",
        publisher=slug,
    )
    title = _("Contributions to the Partnership")
    gifts = relations.of_list(
        "contribution", title, name="contributions", hides="donor", donor=slug
    )
    return acts, docs, gifts


def _led(n: int) -> str:
    return ngettext("activity led", "activities led", n)


def _carried_out(n: int) -> str:
    return ngettext("activity carried out", "activities carried out", n)


def _funded(n: int) -> str:
    return ngettext("activity funded", "activities funded", n)


def _taken_part_in(n: int) -> str:
    return ngettext("activity taken part in", "activities taken part in", n)


def _published(n: int) -> str:
    return ngettext("publication", "publications", n)
