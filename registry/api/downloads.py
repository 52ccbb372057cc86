"""Whole lists in other formats: what is asked for, as a file with a name that says it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from registry.api import asking
from registry.errors import Clash, Refused
from registry.exchange.extracts import Extract
from registry.exchange.formats import FORMATS, Format, formats_of
from registry.queries import revision
from registry.queries.lists import Listing, NounList

# Parts of a page; a file has none.
PAGED = ("limit", "cursor", "page", "expand", "facets", "total")
# So many bytes are written before the first is sent: all lists of today are shorter.
MOST_WHOLE = 2 * 1024 * 1024


class Whole(JSONRenderer):
    """A whole-list format in the negotiation. It writes problems only, and those are JSON."""

    charset = None

    def __init__(self, name: str, of: Format) -> None:
        self.format, self.media_type = name, of.media_type


def renderers(noun: str) -> list[Whole]:
    """The formats that lists of this noun can be asked for."""
    return [Whole(name, each) for name, each in formats_of(noun).items()]


def answer(request: Request, of: NounList) -> HttpResponse | None:
    """The whole list as a file; None where a page in JSON is asked for."""
    wanted = FORMATS.get(request.accepted_renderer.format)
    if wanted is None:
        return None
    asked = asking.read(request.query_params, of)
    _refuse_parts_of_a_page(request.query_params, wanted)
    _refuse_too_many(asked.listing, wanted)
    extract = Extract(
        noun=of.noun,
        taken_at=timezone.now(),
        revision=revision.current(),
        filters=_filters(asked.listing),
        fields=asked.fields,
        address=request.build_absolute_uri(),
    )
    return _file(wanted, asked.listing, extract)


def _refuse_parts_of_a_page(data: QueryDict, wanted: Format) -> None:
    problem = _("%s always holds the whole list; leave this out, or take format=json.")
    refused = PAGED if wanted.has_fields else (*PAGED, "fields")
    if problems := {name: problem % wanted.label for name in refused if name in data}:
        raise Clash(problems)


def _refuse_too_many(listing: Listing, wanted: Format) -> None:
    if wanted.most is None:
        return
    try:
        wanted.check(listing.count())
    except Refused as refused:
        raise Clash({"format": str(refused)}) from None


def _filters(listing: Listing) -> tuple[tuple[str, str, str], ...]:
    known = listing.filters.filters
    return tuple(
        (name, str(known[name].label), _said(value))
        for name, value in listing.filters.asked.items()
    )


def _said(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return ", ".join(value) if isinstance(value, list) else str(value)


def _file(wanted: Format, listing: Listing, extract: Extract) -> HttpResponse:
    """The file: whole, with its length, or where it is long as it is written.

    A short one that breaks is a problem like any other, and its bytes wait for a slow reader
    without a thread. A long one that breaks says so in its last line, since the server closes it
    as if it were whole; or it has no end, and does not open.
    """
    chunks = wanted.write(listing.stored(), extract)
    begun, is_whole = _begun(chunks)
    is_text = wanted.media_type.startswith("text/")
    kind = wanted.media_type + ("; charset=utf-8" if is_text else "")
    if is_whole:
        response = HttpResponse(begun, content_type=kind)
    else:
        response = StreamingHttpResponse(_resumed(begun, chunks), content_type=kind)
    name = extract.file_name(wanted.extension)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _begun(chunks: Iterator[bytes]) -> tuple[bytes, bool]:
    """The first bytes, and whether that is all."""
    begun = bytearray()
    for chunk in chunks:
        begun += chunk
        if len(begun) > MOST_WHOLE:
            return bytes(begun), False
    return bytes(begun), True


def _resumed(begun: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield begun
    yield from chunks
