"""The API's description of itself: OpenAPI for programs, a page for people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.request import Request

from registry.api import description
from registry.api.asking import nothing_else
from registry.api.views import ReadView, as_json, public, written


class OpenApiView(ReadView):
    """The description in OpenAPI 3.1."""

    def get(self, request: Request) -> HttpResponse:
        """All addresses, parameters, answers and shapes."""
        nothing_else(request.query_params, "format")
        return as_json(written(description.describe()))


def docs(request: HttpRequest) -> HttpResponse:
    """The quick start, the promise of stability and the reference, readable without JavaScript."""
    return public(render(request, "api/docs.html", {"api": description.describe()}))
