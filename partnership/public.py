"""Answers public pages from memory: strong tags, 304, compression, nothing stale.

Everything public follows from the public revision (`registry.queries.revision`). A view says that
its answer is public by `Cache-Control: public`; such an answer is kept under revision, address and
representation, and given again to anybody who asks without a session and without a token. A new
revision makes every kept answer unreachable, so there is nothing to invalidate.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from functools import partial

import brotli
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

from partnership.answers import (
    Kept,
    Shelf,
    coding_of,
    for_all,
    has,
    key_of,
    may_be_public,
    release,
    tag_of,
)
from partnership.lane import MARK
from registry.queries import revision

SMALLEST_COMPRESSED = 600
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/xml",
    "application/atom+xml",
    "application/geo+json",
    "application/x-ndjson",
    "image/svg+xml",
)
# An answer that varies by anything else is not everybody's.
VARIES = {"accept", "accept-encoding"}
# What is said with a 304 when the answer itself is not at hand.
_UNSEEN = (("Cache-Control", "public, max-age=1"), ("Vary", "Accept, Accept-Encoding"))


def answer_from_memory(get_response):
    """The middleware: tags, compresses and keeps public answers, and gives them again."""
    shelf = Shelf(settings.PUBLIC_MEMORY)
    # Read now, so that no request waits for it.
    release()

    def middleware(request: HttpRequest) -> HttpResponse:
        if not may_be_public(request.META):
            return get_response(request)
        # Read before the view reads anything: a change in between makes the tag too old, never the
        # answer, and the next request asks again.
        number, key = _revision(), key_of(request.META)
        kept = shelf.get(number, key)
        if kept:
            request.META[MARK] = (number, key, kept.tag)
            return _not_modified(kept) if has(request.META, kept.tag, "*") else _given(kept)
        coding = coding_of(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        tag = tag_of(number, key, coding)
        if has(request.META, tag):
            # Only a complete answer of this revision ever got this tag.
            return _not_modified(Kept(_UNSEEN, b"", tag))
        response = get_response(request)
        if not _is_public(response):
            return response
        if response.streaming:
            return _tagged(response, tag, coding)
        kept = _kept(response, tag, coding)
        shelf.put(number, key, kept)
        request.META[MARK] = (number, key, tag)
        return _not_modified(kept) if has(request.META, "*") else response

    return middleware


def _revision() -> int:
    if (number := revision.fresh()) is None:
        return revision.current()
    # The database answered within the last second. To ask whether it is there before each request
    # would take as long as what the request itself asks.
    connection.health_check_done = True
    return number


def _is_public(response: HttpResponse) -> bool:
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    return (
        response.status_code == 200
        and not response.cookies
        and "public" in response.headers.get("Cache-Control", "")
        and varies - {""} <= VARIES
    )


def _tagged(response: StreamingHttpResponse, tag: str, coding: str) -> HttpResponse:
    """A download, too large to be kept: compressed as it goes; left alone if it has a tag."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if "ETag" in response.headers:
        return response
    response.headers["ETag"] = tag
    if coding and response.headers.get("Content-Type", "").startswith(COMPRESSIBLE):
        response.headers["Content-Encoding"] = coding
        response.streaming_content = _compressed(response.streaming_content, coding)
    return response


def _compressed(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    # Quick rather than small: it runs while somebody waits.
    if coding == "br":
        coder = brotli.Compressor(quality=2)
        press, give, finish = coder.process, coder.flush, coder.finish
    else:
        coder = zlib.compressobj(3, wbits=31)
        press, give, finish = coder.compress, partial(coder.flush, zlib.Z_SYNC_FLUSH), coder.flush
    try:
        for chunk in chunks:
            if piece := press(chunk):
                yield piece
    except Exception:
        # The line that says that it broke off arrives; the end that makes it whole does not.
        yield give()
        raise
    yield finish()


def _kept(response: HttpResponse, tag: str, coding: str) -> Kept:
    """The answer, tagged and compressed; what only this client is told is not kept."""
    body = response.content
    kind = response.headers.get("Content-Type", "")
    if coding and len(body) >= SMALLEST_COMPRESSED and kind.startswith(COMPRESSIBLE):
        response.content = body = (
            brotli.compress(body, quality=5) if coding == "br" else gzip.compress(body, 6, mtime=0)
        )
        response.headers["Content-Encoding"] = coding
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["ETag"] = tag
    response.headers["Content-Length"] = str(len(body))
    return Kept(for_all(response.items()), body, tag)


def _given(kept: Kept) -> HttpResponse:
    response = HttpResponse(kept.body)
    for name, value in kept.headers:
        response.headers[name] = value
    return response


def _not_modified(kept: Kept) -> HttpResponse:
    response = HttpResponse(status=304)
    del response.headers["Content-Type"]
    for name, value in kept.headers:
        if name in ("Cache-Control", "Vary", "Content-Location", "Expires", "Link"):
            response.headers[name] = value
    response.headers["ETag"] = kept.tag
    return response
