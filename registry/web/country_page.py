"""The page of a country: where it stands, what comes due for it, what is done there."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.languages import language_name
from articles.models import Convention, Party
from registry.queries import articles, labels
from registry.queries.finder import duties
from registry.queries.representation import Body
from registry.web import moments, relations, slices
from registry.web.citing import cite
from registry.web.records import fetch
from registry.web.relations import Also, Stat


def context(code: str, today: dt.date) -> dict[str, Any]:
    """All that the page of a country shows on a day."""
    country = fetch("country", code)
    name = str(labels.COUNTRIES(None)[code])
    convention = Convention.objects.first()
    guidance = articles.guidance_produced_in(code)
    found = articles.listing("activity", country=code)
    asked = ("country", code)
    return {
        "country": country,
        "name": name,
        # Each once, with the first language that has it.
        "names": {text: code for code, text in reversed(country["names"].items())},
        "is_party": (country["party"] or {}).get("status") == Party.Status.PARTY,
        "convention": convention,
        "stats": _stats(code, len(guidance)),
        "moments": moments.of_party(country, name, convention),
        "deadlines": duties.with_deadlines(duties.standing(country, today), today),
        "activities": relations.of_list(
            "activity",
            _("Activities here"),
            name="activities",
            none=_(
                "No activity in this country is recorded yet. Regional and global activities are "
                "listed without countries."
            ),
            hides="countries",
            found=found,
            country=code,
        ),
        "guidance": relations.of_bodies(
            "guidance",
            _("Guidance produced here"),
            guidance,
            name="guidance",
            none=_(
                "No document published by this country's government or produced by an activity "
                "here is recorded."
            ),
        ),
        "languages": _languages(country),
        "partners": relations.of_list(
            "partner",
            _("Organisations seated here"),
            name="partners",
            none=_("None is recorded."),
            hides="country",
            country=code,
        ),
        "served": slices.by_article(_("Which articles the activities here serve"), found, (asked,)),
        "cite": cite("country", country, name, activities=asked if found.count() else None),
    }


def _stats(code: str, documents: int) -> list[Stat]:
    return [
        relations.stat("activity", at="#activities", country=code),
        Stat(documents, _documents(documents), "#guidance"),
        relations.stat("partner", _partners, country=code, standing="partner"),
    ]


def _documents(n: int) -> str:
    return ngettext("guidance document from here", "guidance documents from here", n)


def _partners(n: int) -> str:
    return ngettext("partner seated here", "partners seated here", n)


def _languages(country: Body) -> list[Also]:
    """Guidance in the languages in which the country wrote its action plans."""
    codes = dict.fromkeys(plan["language"] for plan in country["action_plans"] if plan["language"])
    found = (relations.also("guidance", language_name(code), language=code) for code in codes)
    return [each for one in found for each in one]
