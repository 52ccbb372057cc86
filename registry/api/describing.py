"""The API's description of itself: OpenAPI for programs, pages for people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.request import Request

from registry.api import description, guides
from registry.api.asking import nothing_else
from registry.api.description import tables
from registry.api.views import ReadView, as_json, public, written


class OpenApiView(ReadView):
    """The description in OpenAPI 3.1."""

    def get(self, request: Request) -> HttpResponse:
        """All addresses, parameters, answers and shapes."""
        nothing_else(request.query_params, "format")
        return as_json(written(description.describe()))


def docs(request: HttpRequest) -> HttpResponse:
    """The quick start, the reference and the promise of stability, readable without JavaScript."""
    site = f"{request.scheme}://{request.get_host()}"
    api = description.describe()
    lists, overviews = tables.lists(api), tables.overviews(api)
    shown = {
        "api": api,
        "site": site,
        "steps": guides.headings("quick-start"),
        "quick_start": guides.page("quick-start", site),
        "stability": guides.page("stability", site),
        "changes": guides.page("changes", site),
        "lists": lists,
        "overviews": overviews,
        "alike": tables.alike(api),
        "shapes": tables.shapes(api, lists),
        "problems": api["components"]["responses"],
    }
    return public(render(request, "api/docs.html", shown))


def console(request: HttpRequest) -> HttpResponse:
    """Every call to be tried from the page, by Swagger UI, which is served from here."""
    return public(render(request, "api/console.html"))
