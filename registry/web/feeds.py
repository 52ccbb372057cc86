"""Feeds of the lists: the same filters, newest change first."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.errors import Misunderstood
from registry.exchange import atom
from registry.exchange.tables import TABLES
from registry.queries import changes
from registry.queries.lists import Listing, NounList
from registry.web import listing

NEWEST = 50
_LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def feed_of(of: NounList) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a list's feed."""

    def feed(request: HttpRequest) -> HttpResponse:
        """The records of the list that changed last; 400 naming what is not understood."""
        data = listing.without_blanks(request.GET)
        try:
            asked = _ask(of, data)
        except Misunderstood as wrong:
            return render(request, "errors/400.html", {"problems": wrong.problems}, status=400)
        found = changes.newest(asked, NEWEST)
        content = atom.write(_feed(request, asked, data, found), found)
        return HttpResponse(content, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")

    return feed


def _ask(of: NounList, data: QueryDict) -> Listing:
    if "sort" in data:
        raise Misunderstood({"sort": _("A feed always has the newest change first.")})
    return of.ask(data)


def _feed(
    request: HttpRequest, asked: Listing, data: QueryDict, found: list[changes.Change]
) -> atom.Feed:
    noun = asked.of.noun
    updated = found[0].changed_at if found else changes.last_at(noun)
    return atom.Feed(
        title=_title(asked),
        site=request.build_absolute_uri("/").rstrip("/"),
        host=settings.SITE_HOST,
        path=request.path,
        page_path=reverse(f"{noun}-list"),
        query=data.urlencode(),
        updated=updated or _LONG_AGO,
    )


def _title(asked: Listing) -> str:
    """“Activities, newest changes”, and what narrows them."""
    heading = _("%s, newest changes") % TABLES[asked.of.noun].title
    return " · ".join([heading, *map(": ".join, listing.narrowed_by(asked))])
