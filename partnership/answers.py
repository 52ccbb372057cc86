"""Public answers as they are kept: what one is known by, and the shelf they stand on."""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

CODE = ("articles", "locale", "partnership", "registry", "templates")
# These must answer without the database, which knows the revision.
HEALTH = ("/healthz", "/readyz")
DAY = 24 * 60 * 60
# Headers that begin like this are said to one client, or of one moment.
PERSONAL = ("ratelimit", "retry-after", "set-cookie", "date", "connection")


@dataclass(frozen=True)
class Kept:
    """An answer of status 200 as it was given, less what only one client was told."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    tag: str


class Shelf:
    """Answers of one revision, the least used thrown away first; bounded in bytes."""

    def __init__(self, most: int) -> None:
        self.most, self.size, self.revision = most, 0, -1
        self.answers: OrderedDict[Hashable, Kept] = OrderedDict()
        # A process may answer in several threads.
        self.lock = threading.Lock()

    def get(self, number: int, key: Hashable) -> Kept | None:
        """The answer under a key, if it is of this revision."""
        with self.lock:
            if number != self.revision:
                self.answers.clear()
                self.size, self.revision = 0, number
            kept = self.answers.get(key)
            if kept:
                self.answers.move_to_end(key)
            return kept

    def put(self, number: int, key: Hashable, kept: Kept) -> None:
        """Keep an answer, unless it alone would fill an eighth of the shelf."""
        with self.lock:
            if number != self.revision or len(kept.body) > self.most // 8 or key in self.answers:
                return
            self.answers[key] = kept
            self.size += len(kept.body)
            while self.size > self.most:
                _, oldest = self.answers.popitem(last=False)
                self.size -= len(oldest.body)


def may_be_public(environ: Mapping[str, Any]) -> bool:
    """Whether whoever asks is nobody in particular: no session, no token, only reading."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and "HTTP_AUTHORIZATION" not in environ
        and environ["PATH_INFO"] not in HEALTH
        and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
    )


def key_of(environ: Mapping[str, Any]) -> Hashable:
    """All of a request on which a public answer may depend; files also name their day."""
    return (
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_ACCEPT", ""),
        coding_of(environ.get("HTTP_ACCEPT_ENCODING", "")),
        environ.get("HTTP_HOST", ""),
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        int(time.time() // DAY),
    )


def coding_of(accepted: str) -> str:
    """Brotli or gzip, if the client takes it (a weight of nought means that it does not)."""
    if not accepted:
        return ""
    taken = set()
    for part in accepted.split(","):
        name, _, weight = part.strip().partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return "br" if "br" in taken else "gzip" if "gzip" in taken else ""


def tag_of(number: int, key: Hashable, coding: str) -> str:
    """The strong tag of what is answered to this request at this revision, by this release."""
    digest = hashlib.blake2s(repr(key).encode(), digest_size=8).hexdigest()
    return f'"{release()}-{number}-{digest}{"-" + coding if coding else ""}"'


def for_all(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The headers that may be said to everybody."""
    return tuple(pair for pair in headers if not pair[0].lower().startswith(PERSONAL))


def has(environ: Mapping[str, Any], *tags: str) -> bool:
    """Whether whoever asks has an answer under one of these tags already."""
    wanted = environ.get("HTTP_IF_NONE_MATCH", "")
    return any(each.strip().removeprefix("W/") in tags for each in wanted.split(","))


@cache
def release() -> str:
    """A digest of code and templates: another release may answer a revision differently."""
    digest = hashlib.blake2s(digest_size=6)
    for folder in CODE:
        for file in sorted((settings.BASE_DIR / folder).rglob("*")):
            if file.suffix in (".py", ".html", ".txt", ".csv", ".json", ".md", ".po", ".typ"):
                digest.update(file.relative_to(settings.BASE_DIR).as_posix().encode())
                digest.update(Path(file).read_bytes())
    return digest.hexdigest()
