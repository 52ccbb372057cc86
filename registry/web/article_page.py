"""The page of an article: what stands on it, and the list behind each number."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.languages import spoken, wording_in
from articles.models import Convention, PhaseOut, Provision
from registry.models import Partner
from registry.queries import articles, statistics
from registry.queries.fields import NONE
from registry.queries.lists import Listing
from registry.queries.representation import Body
from registry.web import moments, relations
from registry.web.citing import Citation, cite
from registry.web.records import fetch
from registry.web.relations import Also, Relation, Stat

# So many documents of a kind are shown before their list.
FEW_OF_A_KIND = 3


@dataclass(frozen=True)
class Kind:
    """Guidance of a kind: how much there is, the first documents, the list."""

    kind: str
    count: int
    bodies: list[Body]
    address: str


def context(number: int) -> dict[str, Any]:
    """All that the page of an article shows."""
    article = fetch("article", str(number))
    guidance = articles.listing("guidance", article=str(number))
    convention = Convention.objects.first()
    found = PhaseOut.objects.filter(annex__articles=number).order_by("annex_id", "position")
    phase_outs = list(found)
    at_work = statistics.take_part(number)
    partners = [each for each in at_work if each[2] == Partner.Standing.PARTNER]
    activities = _activities(number)
    return {
        "article": article,
        "title": wording_in(article["titles"]),
        "stats": _stats(article, len(partners), phase_outs),
        "kinds": _kinds(number, guidance),
        "guidance": relations.stat("guidance", article=str(number)),
        "languages": _languages(number, guidance),
        "obligations": _obligations(article),
        "phase_outs": phase_outs,
        "moments": moments.of_article(number, phase_outs, convention),
        "activities": activities,
        "partners": partners,
        "others": [each for each in at_work if each[2] != Partner.Standing.PARTNER],
        "decisions": _decisions(number),
        "areas": statistics.area_names(),
        "convention": convention,
        "cite": _cite(article, has_activities=bool(activities.count)),
    }


def _stats(article: Body, partners: int, phase_outs: list[PhaseOut]) -> list[Stat]:
    """The strip under the title: each number leads to its section."""
    key, areas, asked = str(article["number"]), len(article["areas"]), len(article["provisions"])
    found = [
        relations.stat("guidance", at="#guidance", article=key),
        relations.stat("activity", at="#activities", article=key),
        Stat(partners, ngettext("partner at work", "partners at work", partners), "#who"),
        Stat(areas, ngettext("area of work", "areas of work", areas), "#who"),
        Stat(asked, ngettext("provision", "provisions", asked), "#asks"),
        relations.stat("decision", at="#decisions", article=key),
    ]
    # By years, not days: what is kept of the page for a while does not grow wrong.
    year = moments.next_phase_out(phase_outs, timezone.localdate().year)
    return [*found, Stat(year, _("next phase-out date"), "#dates", str(year))] if year else found


def _obligations(article: Body) -> int:
    return sum(row["kind"] == Provision.Kind.OBLIGATION for row in article["provisions"])


def _kinds(number: int, guidance: Listing) -> list[Kind]:
    groups = articles.guidance_by_kind(guidance.everything(), spoken())
    return [
        Kind(
            kind,
            len(bodies),
            bodies[:FEW_OF_A_KIND],
            relations.address("guidance", article=str(number), kind=kind),
        )
        for kind, bodies in groups
    ]


def _languages(number: int, guidance: Listing) -> list[Also]:
    """How much guidance there is in each language, the reader's first; `text` is its code."""
    counts = {code: n for code, n in guidance.found.counts("language").items() if code != NONE}
    order = sorted(counts, key=lambda code: (code != spoken(), -counts[code], code))
    return [
        Also(code, counts[code], relations.address("guidance", article=str(number), language=code))
        for code in order
        if counts[code]
    ]


def _activities(number: int) -> Relation:
    asked = {"article": str(number)}
    found = articles.listing("activity", **asked)
    bodies = articles.most_relevant(found.everything(), number)
    return Relation(
        name="activities",
        title=_("Who is doing what"),
        rows="components/brief_activity.html",
        count=len(bodies),
        bodies=bodies[: relations.FEW],
        address=relations.address("activity", **asked),
        whole=relations.whole("activity", len(bodies)),
        none=_("No activity on this article is recorded yet."),
    )


def _decisions(number: int) -> Relation:
    return relations.of_list(
        "decision",
        _("Decisions of the Conference of the Parties"),
        name="decisions",
        none=_("No decision on this article is recorded yet."),
        article=str(number),
    )


def _cite(article: Body, *, has_activities: bool) -> Citation:
    number, title = article["number"], wording_in(article["titles"])
    asked = ("article", str(number)) if has_activities else None
    said = _("Article %(number)s. %(title)s") % {"number": number, "title": title.text}
    return cite("article", article, said, activities=asked)
