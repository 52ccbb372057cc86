"""How values look on a page: labels of codes, dates in words, addresses of lists."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.dates import PartialDate
from articles.languages import RIGHT_TO_LEFT, language_name
from articles.models import Country, Decision, ExpectedContribution, Party, Provision, Term
from articles.numbers import spaced
from registry.models import (
    Activity,
    Basis,
    Contribution,
    Guidance,
    GuidanceRelation,
    Meeting,
    Participation,
    Partner,
    Region,
    Role,
)

register = template.Library()
register.filter(spaced)

_LABELS = {
    "activity.kind": Activity.Kind,
    "activity.level": Activity.Level,
    "activity.status": Activity.Status,
    "activity.phase": Activity.Phase,
    "activity.freshness": Activity.Freshness,
    "activity.attribution": Activity.Attribution,
    "basis": Basis,
    "contribution.kind": Contribution.Kind,
    "contribution.serves": Contribution.Serves,
    "country.status": Country.UNStatus,
    "decision.kind": Decision.Kind,
    "expected.mapping": ExpectedContribution.Mapping,
    "expected.phase": ExpectedContribution.Phase,
    "guidance.kind": Guidance.Kind,
    "guidance.relation": GuidanceRelation.Kind,
    "meeting.kind": Meeting.Kind,
    "participation.role": Participation.Role,
    "partner.evidence": Partner.Evidence,
    "partner.standing": Partner.Standing,
    "partner.type": Partner.Type,
    "party.consent": Party.Consent,
    "party.status": Party.Status,
    "provision.kind": Provision.Kind,
    "region": Region,
    "role": Role,
    "term.kind": Term.Kind,
}
_NOUNS = {
    "activity": gettext_lazy("Activities"),
    "guidance": gettext_lazy("Guidance"),
    "partner": gettext_lazy("Partners and organisations"),
    "article": gettext_lazy("Articles"),
    "area": gettext_lazy("Areas"),
    "country": gettext_lazy("Countries"),
    "decision": gettext_lazy("Decisions"),
    "meeting": gettext_lazy("Meetings"),
    "contribution": gettext_lazy("Contributions"),
    "term": gettext_lazy("Glossary"),
}


@register.filter
def label(code: str, choices: str) -> str:
    """The words for a code of a closed list; blank for blank."""
    return str(_LABELS[choices](code).label) if code else ""


@register.filter
def noun_label(noun: str) -> str:
    """The heading for records of a noun."""
    return str(_NOUNS[noun])


@register.filter
def language(code: str) -> str:
    """A language by its own name."""
    return language_name(code)


@register.filter
def direction(code: str) -> str:
    """The direction in which a language is written."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


@register.filter
def date_words(text: str) -> str:
    """A date as far as it is known: “2014”, “March 2014”, “9 March 2014”."""
    return PartialDate.parse(text).in_words() if text else ""


@register.simple_tag
def period(start: str, end: str, status: str = "ongoing") -> str:
    """A period in words; what is not known of it is not said.

    “Since” is said only of what goes on: a workshop of May 2023 is not “since May 2023”.
    """
    if start and end:
        return date_words(start) if start == end else f"{date_words(start)} – {date_words(end)}"
    if start:
        said = {"ongoing": _("since %s"), "completed": "%s"}.get(status, _("from %s"))
        return said % date_words(start)
    return _("until %s") % date_words(end) if end else ""


@register.simple_tag
def articles_named(articles: list[dict]) -> str:
    """“Article 7” or “Articles 3, 7, 9”."""
    numbers = ", ".join(str(article["number"]) for article in articles)
    return ngettext("Article %s", "Articles %s", len(articles)) % numbers if numbers else ""


@register.filter
def item(mapping: dict, key: Any) -> Any:
    """The value under a key; blank where there is none."""
    return mapping.get(key, "")


@register.filter
def host(address: str) -> str:
    """The host of an address; blank for a citation."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""


@register.simple_tag
def list_address(noun: str, asked: Iterable[tuple[str, str]] = (), **filters: Any) -> str:
    """The address of a noun's list under these filters and those asked, without blank ones."""
    given = [(name, value) for name, value in filters.items() if value not in ("", None)]
    asked = urlencode([*given, *(asked or ())])
    address = reverse(f"{noun}-list")
    return f"{address}?{asked}" if asked else address
