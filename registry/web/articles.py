"""Pages of the Convention: articles, decisions, countries, glossary."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import SPINE, ConferenceOfTheParties, Convention
from registry.queries import articles, catalogue, statistics
from registry.web import article_page, country_page, listing, relations
from registry.web.citing import cite
from registry.web.records import fetch, with_tombstones


def article_list(request: HttpRequest) -> HttpResponse:
    """Articles 3–14 with what there is on each; the others by number and title."""
    found = articles.listing("article").everything()
    context = {
        "convention": Convention.objects.first(),
        "articles": [body for body in found if body["in_scope"]],
        "others": [body for body in found if not body["in_scope"]],
        "counts": statistics.by_article(),
        "areas": statistics.area_names(),
    }
    return render(request, "articles/list.html", context)


def article_detail(request: HttpRequest, number: int) -> HttpResponse:
    """All there is on one article: guidance first, then what it asks and who is doing what."""
    if number not in SPINE:
        raise Http404
    return render(request, "articles/detail.html", article_page.context(number))


def country_list(request: HttpRequest) -> HttpResponse:
    """Countries, with where they stand towards the Convention."""
    counts = statistics.by_country()
    return listing.show(request, catalogue.COUNTRIES, "countries/list.html", counts=counts)


@with_tombstones
def country_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One country: Party status, plans, activities, guidance from there, partners."""
    if code != code.lower():
        return redirect("country-detail", code=code.lower(), permanent=True)
    return render(
        request, "countries/detail.html", country_page.context(code.upper(), timezone.localdate())
    )


def decision_list(request: HttpRequest) -> HttpResponse:
    """Decisions of the Conference of the Parties."""
    conferences = ConferenceOfTheParties.objects.order_by("-number")
    return listing.show(
        request, catalogue.DECISIONS, "decisions/list.html", conferences=conferences
    )


@with_tombstones
def decision_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One decision."""
    decision = fetch("decision", slug)
    cop, numbers = str(decision["cop"]), [str(each["number"]) for each in decision["articles"]]
    context = {
        "decision": decision,
        "alsos": [
            *relations.in_common("decision", _("Decisions of COP-%s") % cop, cop=[cop]),
            *relations.in_common("decision", _("Decisions on the same articles"), article=numbers),
        ],
        "cite": cite("decision", decision, decision["subject"], year=decision["year"]),
    }
    return render(request, "decisions/detail.html", context)


def term_list(request: HttpRequest) -> HttpResponse:
    """The glossary."""
    return listing.show(request, catalogue.TERMS, "terms/list.html")
