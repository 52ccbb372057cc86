"""Pages of the Convention: articles, decisions, countries, glossary."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from articles.models import SPINE, Article, ConferenceOfTheParties, Convention, PhaseOut
from registry.queries import articles, catalogue, statistics
from registry.web import listing
from registry.web.records import fetch, with_tombstones

FEW = 5


def article_list(request: HttpRequest) -> HttpResponse:
    """Articles 3–14 with what there is on each; the others by number and title."""
    context = {
        "convention": Convention.objects.first(),
        "articles": Article.objects.spine().order_by("number"),
        "others": Article.objects.others().order_by("number"),
        "counts": statistics.by_article(),
    }
    return render(request, "articles/list.html", context)


def article_detail(request: HttpRequest, number: int) -> HttpResponse:
    """All there is on one article: guidance first, then who is doing what."""
    if number not in SPINE:
        raise Http404
    guidance = articles.guidance_by_kind(number)
    partners = statistics.take_part(number)
    context = {
        "article": fetch("article", str(number)),
        "guidance": guidance,
        "guidance_count": sum(len(bodies) for _kind, bodies in guidance),
        "activities": articles.listing("activity", article=str(number)).everything(),
        "partners": [each for each in partners if each[2] == "partner"],
        "others": [each for each in partners if each[2] != "partner"],
        "decisions": articles.listing("decision", article=str(number)).everything(),
        "phase_outs": PhaseOut.objects.filter(annex__articles=number).order_by(
            "annex_id", "position"
        ),
        "areas": statistics.area_names(),
        "previous": number - 1 if number - 1 in SPINE else None,
        "next": number + 1 if number + 1 in SPINE else None,
    }
    return render(request, "articles/detail.html", context)


def country_list(request: HttpRequest) -> HttpResponse:
    """Countries, with where they stand towards the Convention."""
    counts = statistics.by_country()
    return listing.show(request, catalogue.COUNTRIES, "countries/list.html", counts=counts)


@with_tombstones
def country_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One country: Party status, plans, activities, guidance from there, partners."""
    if code != code.lower():
        return redirect("country-detail", code=code.lower(), permanent=True)
    country = fetch("country", code.upper())
    activities = articles.listing("activity", country=code.upper())
    partners = articles.listing("partner", country=code.upper())
    context = {
        "country": country,
        "activities": activities.bodies(0, 50),
        "activity_count": activities.count(),
        "partners": partners.bodies(0, 100),
        "guidance": articles.guidance_produced_in(code.upper()),
    }
    return render(request, "countries/detail.html", context)


def decision_list(request: HttpRequest) -> HttpResponse:
    """Decisions of the Conference of the Parties."""
    conferences = ConferenceOfTheParties.objects.order_by("-number")
    return listing.show(
        request, catalogue.DECISIONS, "decisions/list.html", conferences=conferences
    )


@with_tombstones
def decision_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One decision."""
    return render(request, "decisions/detail.html", {"decision": fetch("decision", slug)})


def term_list(request: HttpRequest) -> HttpResponse:
    """The glossary."""
    return listing.show(request, catalogue.TERMS, "terms/list.html")
