"""The page “Data”: all that can be taken away, in plain words; and the files of the whole set."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from registry.exchange import dumps
from registry.exchange.formats import FORMATS
from registry.exchange.tables import TABLES
from registry.queries import revision
from registry.web.taking import FEEDS

_KINDS = {dumps.MANIFEST: "application/json", dumps.SUMS: "text/plain; charset=utf-8"}


@dataclass(frozen=True)
class Line:
    """A noun of the whole set: how many records, and its files."""

    title: Any
    noun: str
    rows: int
    files: list[dumps.File]


def overview(request: HttpRequest) -> HttpResponse:
    """What there is to take, and how."""
    manifest = dumps.latest(settings.DUMP_DIR)
    context = {
        "manifest": manifest,
        "lines": _lines(manifest) if manifest else [],
        "formats": FORMATS,
        "plurals": dumps.PLURALS,
        "feeds": FEEDS,
        "site": request.build_absolute_uri("/").rstrip("/"),
        "revision": revision.current(),
    }
    return render(request, "data/overview.html", context)


def _lines(manifest: dumps.Manifest) -> list[Line]:
    lines = []
    for noun, table in TABLES.items():
        files = [file for file in manifest.files if file.noun == noun]
        if files:
            lines.append(Line(table.title, noun, files[0].rows, files))
    return lines


def columns(request: HttpRequest) -> HttpResponse:
    """What each column of each table means."""
    return render(request, "data/columns.html", {"tables": TABLES.values()})


def dump_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the latest dump; only names that its manifest knows lead anywhere."""
    # Asked once: a new dump may be put in place at any moment, and tag and bytes belong together.
    manifest = dumps.latest(settings.DUMP_DIR)
    path = manifest.path_of(name) if manifest else None
    if path is None:
        raise Http404
    tag = quote_etag(manifest.checksum_of(name) or hashlib.sha256(path.read_bytes()).hexdigest())
    at = int(manifest.taken_at.timestamp())
    response = get_conditional_response(request, tag, at) or _file(request, path)
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(at)
    return response


def _file(request: HttpRequest, path: Path) -> FileResponse:
    kind = _KINDS.get(path.name, "application/gzip")
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=path.name, content_type=kind
    )
    if request.method == "HEAD":
        response.streaming_content = ()
    return response
