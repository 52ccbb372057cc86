"""Answers public pages from memory: strong tags, 304, compression, nothing stale.

Everything public follows from the public revision (`registry.queries.revision`). A view says that
its answer is public by `Cache-Control: public`; such an answer is kept under revision, address and
representation, and given again to anybody who asks without a session and without a token. A new
revision makes every kept answer unreachable, so there is nothing to invalidate.
"""

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

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
)
PERSONAL = ("ratelimit", "retry-after")
CODE = ("articles", "partnership", "registry", "templates")
# These must answer without the database, which knows the revision.
HEALTH = ("/healthz", "/readyz")


@dataclass(frozen=True)
class Kept:
    """An answer as it was given."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Shelf:
    """Answers of one revision, the least used thrown away first; bounded in bytes."""

    def __init__(self, most: int) -> None:
        self.most, self.size, self.revision = most, 0, -1
        self.answers: OrderedDict[str, Kept] = OrderedDict()

    def get(self, number: int, tag: str) -> Kept | None:
        """The answer under a tag, if it is of this revision."""
        if number != self.revision:
            self.answers.clear()
            self.size, self.revision = 0, number
        kept = self.answers.get(tag)
        if kept:
            self.answers.move_to_end(tag)
        return kept

    def put(self, number: int, tag: str, kept: Kept) -> None:
        """Keep an answer, unless it alone would fill an eighth of the shelf."""
        if number != self.revision or len(kept.body) > self.most // 8:
            return
        self.answers[tag] = kept
        self.size += len(kept.body)
        while self.size > self.most:
            _, oldest = self.answers.popitem(last=False)
            self.size -= len(oldest.body)


@cache
def release() -> str:
    """A digest of code and templates: another release may answer a revision differently."""
    digest = hashlib.blake2s(digest_size=6)
    for folder in CODE:
        for file in sorted((settings.BASE_DIR / folder).rglob("*")):
            if file.suffix in (".py", ".html", ".txt", ".csv", ".json"):
                digest.update(file.relative_to(settings.BASE_DIR).as_posix().encode())
                digest.update(Path(file).read_bytes())
    return digest.hexdigest()


def answer_from_memory(get_response):
    """The middleware: tags, compresses and keeps public answers, and gives them again."""
    shelf = Shelf(settings.PUBLIC_MEMORY)
    this_release = release()

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _may_be_public(request):
            return get_response(request)
        # Read before the view reads anything: a change in between makes the tag too old, never the
        # answer, and the next request asks again.
        number = revision.current()
        coding = _coding(request.headers.get("Accept-Encoding", ""))
        tag = _tag(this_release, number, coding, request)
        kept = shelf.get(number, tag)
        if kept is None:
            response = get_response(request)
            if not _is_public(response):
                return response
            kept = _kept(response, tag, coding)
            shelf.put(number, tag, kept)
            if not _has(request, tag):
                # Its own client is also told how often it asked.
                response.content = kept.body
                return response
        return _not_modified(kept, tag) if _has(request, tag) else _given(kept)

    return middleware


def _may_be_public(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and request.path_info not in HEALTH
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
    )


def _is_public(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "public" in response.headers.get("Cache-Control", "")
    )


def _coding(accepted: str) -> str:
    """Brotli or gzip, if the client takes it (a weight of nought means that it does not)."""
    taken = set()
    for part in accepted.split(","):
        name, _, weight = part.strip().partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return "br" if "br" in taken else "gzip" if "gzip" in taken else ""


def _tag(this_release: str, number: int, coding: str, request: HttpRequest) -> str:
    asked = f"{request.get_host()} {request.get_full_path()} {request.headers.get('Accept', '')}"
    digest = hashlib.blake2s(asked.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f'"{this_release}-{number}-{digest}{"-" + coding if coding else ""}"'


def _has(request: HttpRequest, tag: str) -> bool:
    wanted = request.headers.get("If-None-Match", "")
    return any(each.strip().removeprefix("W/") in (tag, "*") for each in wanted.split(","))


def _kept(response: HttpResponse, tag: str, coding: str) -> Kept:
    body = response.content
    kind = response.headers.get("Content-Type", "")
    is_compressed = coding and len(body) >= SMALLEST_COMPRESSED and kind.startswith(COMPRESSIBLE)
    if is_compressed:
        body = (
            brotli.compress(body, quality=5) if coding == "br" else gzip.compress(body, 6, mtime=0)
        )
        response.headers["Content-Encoding"] = coding
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["ETag"] = tag
    response.headers["Content-Length"] = str(len(body))
    # How often somebody asked is said to them alone.
    headers = tuple(pair for pair in response.items() if not pair[0].lower().startswith(PERSONAL))
    return Kept(response.status_code, headers, body)


def _given(kept: Kept) -> HttpResponse:
    response = HttpResponse(kept.body, status=kept.status)
    for name, value in kept.headers:
        response.headers[name] = value
    return response


def _not_modified(kept: Kept, tag: str) -> HttpResponse:
    response = HttpResponse(status=304)
    del response.headers["Content-Type"]
    for name, value in kept.headers:
        if name in ("Cache-Control", "Vary", "Content-Location", "Expires", "Link"):
            response.headers[name] = value
    response.headers["ETag"] = tag
    return response
