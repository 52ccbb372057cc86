"""Pages of the registry's own nouns: areas, partners, activities, guidance, meetings, money."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from registry.models import Participation
from registry.queries import (
    activities,
    areas,
    articles,
    contributions,
    guidance,
    links,
    meetings,
    partners,
    statistics,
)
from registry.queries.representation import Body
from registry.web import area_page, listing, partner_page, relations, taking
from registry.web.citing import cite
from registry.web.records import fetch, with_tombstones
from registry.web.relations import Also

MOST_ACTIVE = 8


def area_list(request: HttpRequest) -> HttpResponse:
    """The partnership areas."""
    found = articles.listing("area").everything()
    context = {
        "areas": found,
        "counts": statistics.by_area(),
        "partners": statistics.partners_by_area(),
        "offers": taking.offers(areas.LIST, QueryDict(), len(found)),
        "feed": taking.feed(areas.LIST, QueryDict()),
    }
    return render(request, "areas/list.html", context)


@with_tombstones
def area_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One area: leads, plan, what is done in it."""
    return render(request, "areas/detail.html", area_page.context(slug))


def partner_list(request: HttpRequest) -> HttpResponse:
    """Partners, and other organisations apart."""
    direct, represented, others = statistics.organisations()
    counts = {"partners": direct, "represented": represented, "others": others}
    return listing.show(request, partners.LIST, "partners/list.html", counts=counts)


@with_tombstones
def partner_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: its areas, what it does, publishes and gives."""
    return render(request, "partners/detail.html", partner_page.context(slug))


def activity_list(request: HttpRequest) -> HttpResponse:
    """Activities."""
    return listing.show(request, activities.LIST, "activities/list.html")


@with_tombstones
def activity_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One activity."""
    activity = fetch("activity", slug)
    roles = _by_role(activity)
    context = {
        "activity": activity,
        "unavailable": links.unavailable_of(activity),
        "roles": roles,
        # Once each, whatever they do.
        "organisations": len({card["slug"] for card in activity["partners"]}),
        "alsos": _beside_activity(activity, roles),
        "cite": cite(
            "activity",
            activity,
            activity["title"],
            by=roles.get(Participation.Role.LEAD, []),
            year=activity["start"][:4],
        ),
    }
    return render(request, "activities/detail.html", context)


def _by_role(activity: Body) -> dict[str, list[Body]]:
    """Who takes part, by what they do, in the order of the closed list."""
    found = {
        role: [card for card in activity["partners"] if card["role"] == role]
        for role in Participation.Role.values
    }
    return {role: cards for role, cards in found.items() if cards}


def _beside_activity(activity: Body, roles: dict[str, list[Body]]) -> list[Also]:
    leads = [card["slug"] for card in roles.get(Participation.Role.LEAD, [])]
    countries = [each["code"] for each in activity["countries"]]
    return [
        *relations.in_common("activity", _("Activities with the same lead"), lead=leads),
        *relations.in_common("activity", _("Activities in the same countries"), country=countries),
        *_on_articles(activity),
    ]


def _on_articles(body: Body) -> list[Also]:
    numbers = [str(each["number"]) for each in body["articles"]]
    return [
        *relations.in_common("activity", _("Activities for the same articles"), article=numbers),
        *relations.in_common("guidance", _("Guidance on the same articles"), article=numbers),
    ]


def guidance_list(request: HttpRequest) -> HttpResponse:
    """Guidance documents."""
    return listing.show(request, guidance.LIST, "guidance/list.html")


@with_tombstones
def guidance_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One document."""
    document = fetch("guidance", slug)
    publishers = [card["slug"] for card in document["publishers"]]
    context = {
        "document": document,
        "unavailable": links.unavailable_of(document),
        "alsos": [
            *relations.in_common(
                "guidance", _("Guidance by the same publishers"), publisher=publishers
            ),
            *_on_articles(document),
        ],
        "cite": cite(
            "guidance",
            document,
            document["title"],
            by=document["publishers"],
            year=document["year"],
        ),
    }
    return render(request, "guidance/detail.html", context)


def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings."""
    return listing.show(request, meetings.LIST, "meetings/list.html")


@with_tombstones
def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting."""
    meeting = fetch("meeting", slug)
    area = [meeting["area"]["slug"]] if meeting["area"] else []
    context = {
        "meeting": meeting,
        "alsos": [
            *relations.in_common("meeting", _("Meetings of the same area"), area=area),
            *relations.in_common("meeting", _("Meetings of the same kind"), kind=[meeting["kind"]]),
        ],
        "cite": cite("meeting", meeting, meeting["title"], year=meeting["start"][:4]),
    }
    return render(request, "meetings/detail.html", context)


def contribution_list(request: HttpRequest) -> HttpResponse:
    """What donors give."""
    return listing.show(request, contributions.LIST, "contributions/list.html")


@with_tombstones
def contribution_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One contribution."""
    contribution = fetch("contribution", slug)
    donor = [contribution["donor"]["slug"]]
    area = [contribution["area"]["slug"]] if contribution["area"] else []
    context = {
        "contribution": contribution,
        "alsos": [
            *relations.in_common("contribution", _("Contributions of this donor"), donor=donor),
            *relations.in_common("contribution", _("Contributions to this area"), area=area),
        ],
        "cite": cite(
            "contribution",
            contribution,
            contribution["purpose"],
            by=[contribution["donor"]],
            year=contribution["year"],
        ),
    }
    return render(request, "contributions/detail.html", context)
