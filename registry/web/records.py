"""What all pages about one record share."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from registry.queries.lists import body_of, is_gone
from registry.queries.representation import Body


class Gone(Exception):
    """The record was withdrawn: its address answers 410."""


def fetch(noun: str, key: str) -> Body:
    """The public body of a record. Raises Gone if it was withdrawn, Http404 if it never was."""
    body = body_of(noun, key)
    if body is None:
        if is_gone(noun, key):
            raise Gone
        raise Http404
    return body


def with_tombstones(view):
    """Answers 410 where the view asks for a withdrawn record."""

    def wrapped(request: HttpRequest, **address) -> HttpResponse:
        try:
            return view(request, **address)
        except Gone:
            return render(request, "errors/410.html", status=410)

    return wrapped
