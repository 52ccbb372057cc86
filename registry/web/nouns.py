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
    meetings,
    partners,
    statistics,
)
from registry.queries.representation import Body
from registry.web import listing, relations, slices, taking
from registry.web.citing import cite
from registry.web.records import fetch, with_tombstones
from registry.web.relations import Also, Relation, Stat

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
    area = fetch("area", slug)
    context = {
        "area": area,
        "stats": [
            relations.stat("activity", at="#activities", area=slug),
            relations.stat("guidance", at="#guidance", area=slug),
            relations.stat("partner", at="#partners", area=slug, standing="partner"),
            relations.stat("meeting", at="#meetings", area=slug),
        ],
        "partners": relations.stat("partner", area=slug, standing="partner"),
        "most_active": statistics.most_active(slug, MOST_ACTIVE),
        "served": slices.of_area(slug),
        "relations": _relations_of_area(slug),
        "cite": cite("area", area, _named(area), activities=f"area={slug}"),
    }
    return render(request, "areas/detail.html", context)


def _named(area: Body) -> str:
    name = area["name"]
    return name[:1].upper() + name[1:]


def _relations_of_area(slug: str) -> list[Relation]:
    hidden = {"hides": "area", "area": slug}
    found = [
        relations.of_list("activity", _("Activities"), name="activities", **hidden),
        relations.of_list("guidance", _("Guidance"), name="guidance", **hidden),
        relations.of_list("meeting", _("Meetings"), name="meetings", **hidden),
        relations.of_list("contribution", _("Contributions"), name="contributions", **hidden),
    ]
    return [each for each in found if each.count]


def partner_list(request: HttpRequest) -> HttpResponse:
    """Partners, and other organisations apart."""
    direct, represented, others = statistics.organisations()
    counts = {"partners": direct, "represented": represented, "others": others}
    return listing.show(request, partners.LIST, "partners/list.html", counts=counts)


@with_tombstones
def partner_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: its areas, what it does, publishes and gives."""
    partner = fetch("partner", slug)
    context = {
        "partner": partner,
        "stats": _stats_of_partner(slug),
        "relations": _relations_of_partner(slug),
        "represented": relations.of_bodies(
            "partner",
            _("Entities it represents"),
            articles.represented_by(slug),
            name="represented",
        ),
        "years": slices.by_year(partner=slug),
        "cite": cite("partner", partner, partner["name"], activities=f"partner={slug}"),
    }
    return render(request, "partners/detail.html", context)


def _stats_of_partner(slug: str) -> list[Stat]:
    """What it does how often: roles in activities, publications, contributions."""
    found = [
        relations.stat("activity", _("activities led"), lead=slug),
        relations.stat("activity", _("activities carried out"), implementer=slug),
        relations.stat("activity", _("activities funded"), funder=slug),
        relations.stat("activity", _("activities taken part in"), contributor=slug),
        relations.stat("guidance", _("publications"), publisher=slug),
        relations.stat("contribution", donor=slug),
    ]
    return [each for each in found if each.count]


def _relations_of_partner(slug: str) -> list[Relation]:
    acts = relations.of_list(
        "activity",
        _("Activities"),
        name="activities",
        none=_("No activity is recorded."),
        hides="lead",
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
    return [acts, docs, *([gifts] if gifts.count else [])]


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
        "roles": roles,
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
