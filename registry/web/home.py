"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registry.queries import statistics
from registry.queries.articles import listing

NEWEST = 6


def home(request: HttpRequest) -> HttpResponse:
    """Totals, the area × article matrix, newest records."""
    return render(
        request,
        "home.html",
        {
            "totals": statistics.totals(),
            "matrix": statistics.matrix(),
            "titles": statistics.article_titles(),
            "newest_activities": listing("activity").bodies(0, NEWEST),
            "newest_guidance": listing("guidance").bodies(0, NEWEST),
        },
    )


def about(request: HttpRequest) -> HttpResponse:
    """Where the data come from, and what is known of their gaps."""
    return render(request, "about.html", {"totals": statistics.totals()})
