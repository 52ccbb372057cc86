"""The API's answers about many records at once: search, statistics, changes, the index."""

from dataclasses import asdict

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from registry.api.asking import nothing_else, whole_number
from registry.api.views import ReadView, as_json, written
from registry.errors import Misunderstood
from registry.queries import bodies, changes, revision, statistics
from registry.queries.search import known_noun, search
from registry.words import Piece

FARTHEST = 10_000
OVERVIEWS = ("search", "statistics", "changes", "openapi", "docs")


class IndexView(ReadView):
    """What there is."""

    def get(self, request: Request) -> HttpResponse:
        """The addresses of all lists."""
        nothing_else(request.query_params, "format")
        names = [*(f"{noun}-list" for noun in bodies.NOUNS), *OVERVIEWS]
        addresses = {
            name.removesuffix("-list"): request.build_absolute_uri(reverse(f"api:{name}"))
            for name in names
        }
        answer = as_json(written(addresses | {"revision": revision.current()}))
        described = f'<{addresses["openapi"]}>; rel="service-desc"'
        answer.headers["Link"] = f'{described}, <{addresses["docs"]}>; rel="service-doc"'
        return answer


class SearchView(ReadView):
    """Search over all nouns."""

    def get(self, request: Request) -> HttpResponse:
        """Records that match `q`, best first, with the matching words told apart."""
        data = request.query_params
        nothing_else(data, "q", "noun", "limit", "offset", "format")
        if not data.get("q", "").strip():
            raise Misunderstood({"q": _("Give the words to look for, such as q=dental amalgam.")})
        found = search(
            data["q"],
            noun=known_noun(data.get("noun", "")),
            offset=whole_number(data, "offset", 0, FARTHEST),
            limit=whole_number(data, "limit", 20, 100, least=1),
        )
        return as_json(written(_results(found)))


def _results(found) -> dict:
    return {
        "results": [
            {
                "noun": hit.noun,
                "key": hit.key,
                "path": hit.body["path"],
                "title": _pieces(hit.title),
                "passage": _pieces(hit.passage),
            }
            for hit in found.hits
        ],
        "total": found.total,
        "by_noun": found.by_noun,
        "suggestion": found.suggestion or None,
        "has_all_words": not found.is_wider,
        "revision": revision.current(),
    }


def _pieces(pieces: list[Piece]) -> list[dict]:
    return [{"text": piece.text, "match": piece.is_hit} for piece in pieces]


class StatisticsView(ReadView):
    """Every figure of the dashboard."""

    def get(self, request: Request) -> HttpResponse:
        """Totals, the matrix and the distributions, as the start page shows them."""
        nothing_else(request.query_params, "format")
        figures = {
            "totals": asdict(statistics.totals()),
            "matrix": _matrix(statistics.matrix()),
            **statistics.distributions(),
            "revision": revision.current(),
        }
        return as_json(written(figures))


def _matrix(matrix: statistics.Matrix) -> dict:
    def cell(each: statistics.Cell) -> dict:
        return {"article": each.article, "activities": each.activities, "guidance": each.guidance}

    return {
        "articles": matrix.articles,
        "rows": [
            {
                "area": row.area,
                "name": row.name,
                "cells": [cell(each) for each in row.cells],
                "activities": row.whole.activities,
                "guidance": row.whole.guidance,
            }
            for row in matrix.rows
        ],
        "columns": [cell(each) for each in matrix.columns],
    }


class ChangesView(ReadView):
    """What was created, changed and withdrawn since a revision."""

    def get(self, request: Request) -> HttpResponse:
        """Entries behind `since`, oldest change first; withdrawn ones without a body."""
        data = request.query_params
        nothing_else(data, "since", "after", "noun", "limit", "format")
        noun = known_noun(data.get("noun", ""))
        since = whole_number(data, "since", 0, 2**62)
        after = whole_number(data, "after", 0, 2**62)
        limit = whole_number(data, "limit", 100, 1000, least=1)
        page = changes.since(since, after=after, noun=noun, limit=limit)
        rows = ",".join(_change(change) for change in page.changes)
        following = written(_next(request, page)) if page.next else "null"
        return as_json(f'{{"changes":[{rows}],"next":{following},"revision":{page.revision}}}')


def _change(change: changes.Change) -> str:
    head = {
        "noun": change.noun,
        "key": change.key,
        "revision": change.revision,
        "changed_at": change.changed_at.isoformat(),
        "withdrawn": change.is_withdrawn,
    }
    return f'{written(head)[:-1]},"body":{change.body or "null"}}}'


def _next(request: Request, page: changes.Page) -> str:
    query = request.query_params.copy()
    query["since"], query["after"] = map(str, page.next)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
