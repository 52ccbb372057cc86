"""The API's reads: lists, records, search, statistics, changes."""

import json

from django.http import (
    Http404,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.urls import reverse
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from registry.api import asking, downloads
from registry.api.base import ApiView
from registry.errors import Moved
from registry.queries import paging, revision
from registry.queries.described import EXPANDED
from registry.queries.lists import NounList
from registry.queries.representation import Body, read_body
from registry.queries.stored import bodies_of, public_body


def public(response: HttpResponse) -> HttpResponse:
    """Mark an answer as everybody's: it may be kept for a second, and by its tag for ever."""
    response.headers["Cache-Control"] = "public, max-age=1"
    response.headers["Vary"] = "Accept"
    return response


def as_json(text: str) -> HttpResponse:
    """A finished JSON text as a public answer."""
    return public(HttpResponse(text, content_type="application/json"))


def written(value: object) -> str:
    """JSON as the API writes it: compact, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


class ReadView(ApiView):
    """What every public read shares."""


class ListView(ReadView):
    """A list of records: filters of the noun, cursor pages, sparse fields, expansion, facets."""

    of: NounList

    def get_renderers(self) -> list[BaseRenderer]:
        """Those of every read, and the formats in which whole lists of the noun can be taken."""
        return [*super().get_renderers(), *downloads.renderers(self.of.noun)]

    def get(self, request: Request) -> HttpResponse | StreamingHttpResponse:
        """The page that is asked for. Stored bodies are handed out as they stand."""
        if whole := downloads.answer(request, self.of):
            return public(whole)
        asked = asking.read(request.query_params, self.of)
        page = paging.page(asked.listing, asked.cursor, asked.limit, number=asked.page)
        results = page.bodies if asked.is_plain else _shaped(page.bodies, asked, self.of.noun)
        parts = [f'"results":[{",".join(results)}]', f'"next":{_next(request, page)}']
        if asked.wants_total:
            parts.append(f'"total":{asked.listing.count()}')
        if asked.facets:
            parts.append(f'"facets":{written(_facets(asked))}')
        parts.append(f'"revision":{revision.current()}')
        return as_json("{" + ",".join(parts) + "}")


def _next(request: Request, page: paging.Page) -> str:
    if page.next is None:
        return "null"
    query = request.query_params.copy()
    query.pop("page", None)
    query["cursor"] = str(page.next)
    return written(f"{request.scheme}://{request.get_host()}{request.path}?{query.urlencode()}")


def _shaped(bodies: list[str], asked: asking.Asked, noun: str) -> list[str]:
    """Bodies with only the fields asked for, and the records behind the fields to expand."""
    records = [read_body(body) for body in bodies]
    for name in asked.expand:
        _expand(records, name, EXPANDED[noun][name])
    if asked.fields:
        kept = {*asked.fields, *asked.expand}
        records = [{k: v for k, v in record.items() if k in kept} for record in records]
    return [written(record) for record in records]


def _expand(records: list[Body], name: str, noun: str) -> None:
    """Put the whole record beside each card under `name`. One query, however many records."""
    cards = [card for record in records for card in _cards(record.get(name))]
    code = {"article": "number", "country": "code"}.get(noun, "slug")
    keys = sorted({str(card[code]) for card in cards})
    whole = {str(body[code]): body for body in bodies_of(noun, keys)}
    for card in cards:
        card["record"] = whole.get(str(card[code]))


def _cards(value: list[Body] | Body | None) -> list[Body]:
    return value if isinstance(value, list) else [value] if value else []


def _facets(asked: asking.Asked) -> dict[str, list[dict]]:
    return {
        name: [
            {"value": value, "label": str(label), "count": count}
            for value, (label, count) in asked.listing.facet(name).items()
        ]
        for name in asked.facets
    }


class RecordView(ReadView):
    """One record."""

    noun: str
    is_upper = False

    def get(self, request: Request, key: str) -> HttpResponse:
        """The stored body; 410 for a withdrawn record, 301 for one that is in another now."""
        asking.nothing_else(request.query_params, "format")
        key = str(key).upper() if self.is_upper else str(key)
        try:
            body = public_body(self.noun, key)
        except Moved as moved:
            path = reverse(f"api:{moved.noun}-detail", args=[moved.key])
            return public(HttpResponsePermanentRedirect(path))
        if body is None:
            raise Http404
        return as_json(body)
