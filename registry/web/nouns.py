"""Pages of the registry's own nouns: areas, partners, activities, guidance, meetings, money."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

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
from registry.web import listing, taking
from registry.web.records import fetch, with_tombstones

FEW = 10


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
    acts = articles.listing("activity", area=slug)
    docs = articles.listing("guidance", area=slug)
    context = {
        "area": area,
        "activities": acts.bodies(0, FEW),
        "activity_count": acts.count(),
        "guidance": docs.bodies(0, FEW),
        "guidance_count": docs.count(),
        "partners": articles.listing("partner", area=slug, standing="partner").bodies(0, 200),
        "meetings": articles.listing("meeting", area=slug).everything(),
        "contributions": articles.listing("contribution", area=slug).everything(),
    }
    return render(request, "areas/detail.html", context)


def partner_list(request: HttpRequest) -> HttpResponse:
    """Partners, and other organisations apart."""
    direct, represented, others = statistics.organisations()
    counts = {"partners": direct, "represented": represented, "others": others}
    return listing.show(request, partners.LIST, "partners/list.html", counts=counts)


@with_tombstones
def partner_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: its areas, what it does, publishes and gives."""
    partner = fetch("partner", slug)
    acts = articles.listing("activity", partner=slug)
    docs = articles.listing("guidance", publisher=slug)
    context = {
        "partner": partner,
        "activities": acts.bodies(0, FEW),
        "activity_count": acts.count(),
        "guidance": docs.bodies(0, FEW),
        "guidance_count": docs.count(),
        "contributions": articles.listing("contribution", donor=slug).everything(),
        "represented": articles.represented_by(slug),
    }
    return render(request, "partners/detail.html", context)


def activity_list(request: HttpRequest) -> HttpResponse:
    """Activities."""
    return listing.show(request, activities.LIST, "activities/list.html")


@with_tombstones
def activity_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One activity."""
    return render(request, "activities/detail.html", {"activity": fetch("activity", slug)})


def guidance_list(request: HttpRequest) -> HttpResponse:
    """Guidance documents."""
    return listing.show(request, guidance.LIST, "guidance/list.html")


@with_tombstones
def guidance_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One document."""
    return render(request, "guidance/detail.html", {"document": fetch("guidance", slug)})


def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings."""
    return listing.show(request, meetings.LIST, "meetings/list.html")


@with_tombstones
def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting."""
    return render(request, "meetings/detail.html", {"meeting": fetch("meeting", slug)})


def contribution_list(request: HttpRequest) -> HttpResponse:
    """What donors give."""
    return listing.show(request, contributions.LIST, "contributions/list.html")


@with_tombstones
def contribution_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One contribution."""
    contribution = fetch("contribution", slug)
    return render(request, "contributions/detail.html", {"contribution": contribution})
