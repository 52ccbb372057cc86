"""How often one may ask: who is counted, under which limit, and what each answer says of it.

The headers are RateLimit-Limit, -Remaining and -Reset. The later drafts of the IETF say the same in
a pair of structured headers, whose form changed from draft to draft and which few programs read;
these three are what programs that wait for themselves know.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from registry.api import counting
from registry.exchange.formats import FORMATS

SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Standing:
    """Where a client stands in this minute."""

    limit: int
    count: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says of it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.count)),
            "RateLimit-Reset": str(self.reset),
        }


class TooMany(APIException):
    """More than the limit."""

    status_code = 429

    def __init__(self, standing: Standing) -> None:
        said = {"limit": standing.limit, "wait": standing.reset}
        super().__init__(_("At most %(limit)d a minute; go on in %(wait)d seconds.") % said)
        self.wait = standing.reset


def standing(request: Request) -> Standing | None:
    """Count a request, under one limit only. None where limits are turned off."""
    if not settings.API_LIMITS:
        return None
    kind = _kind(request)
    now = time.time()
    count, limit = counting.count(
        f"{kind}:{_who(request)}", int(now // counting.WINDOW), settings.API_LIMIT[kind]
    )
    return Standing(limit, count, math.ceil(counting.WINDOW - now % counting.WINDOW))


def _kind(request: Request) -> str:
    if request.method not in SAFE:
        return "writes"
    # Whole lists take as long as hundreds of pages; asked for, whether given or not.
    if request.query_params.get("format") in FORMATS:
        return "downloads"
    accepted = request.META.get("HTTP_ACCEPT", "")
    if any(each.media_type in accepted for each in FORMATS.values()):
        return "downloads"
    return "token" if request.auth else "anonymous"


def _who(request: Request) -> str:
    return f"token-{request.auth.pk}" if request.auth else client(request.META)


def client(meta: Mapping[str, Any]) -> str:
    """The address that a request came from, as far as our own side saw it.

    Each proxy of ours adds, at the end of X-Forwarded-For, the address that it was asked from: with
    one the last entry counts, with two the last but one. All before it, and the whole header
    without a proxy, is whatever the client cared to write.
    """
    seen = meta.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        entries = meta.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", settings.PROXIES)
        # Fewer than there are proxies: it came past some, and the first entry is all there is.
        seen = entries[-min(settings.PROXIES, len(entries))].strip() or seen
    return _network(seen[:64])


@lru_cache(4096)
def _network(text: str) -> str:
    """One customer has one IPv4 address, or 64 bits full of IPv6 addresses."""
    try:
        address = ip_address(_without_port(text))
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{int(address) >> 64:x}"


def _without_port(text: str) -> str:
    """Some proxies write 203.0.113.9:4711 and [2001:db8::1]:4711."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
