"""What all pages about one record share."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from registry.errors import Gone, Moved
from registry.queries import public_pages
from registry.queries.representation import Body, read_body
from registry.queries.stored import public_body


def fetch(noun: str, key: str) -> Body:
    """The public body of a record. Raises Gone if it was withdrawn, Http404 if it never was."""
    body = public_body(noun, key)
    if body is None:
        raise Http404
    return read_body(body)


def with_tombstones(view):
    """Answers 410 where the view asks for a withdrawn record, 301 where it is in another now."""

    @wraps(view)
    def wrapped(request: HttpRequest, **address) -> HttpResponse:
        try:
            return view(request, **address)
        except Moved as moved:
            asked = request.META.get("QUERY_STRING", "")
            path = public_pages.path(moved.noun, moved.key)
            return HttpResponsePermanentRedirect(f"{path}?{asked}" if asked else path)
        except Gone:
            return render(request, "errors/410.html", status=410)

    return wrapped
