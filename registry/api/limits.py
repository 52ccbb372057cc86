"""How often one may ask: so many requests a minute for each client, counted in the cache.

The three headers RateLimit-Limit, -Remaining and -Reset are sent: the form of the IETF draft that
clients have long understood; its newer pair of structured fields they have not. Answers from memory
cost nothing and are not counted.
"""

import ipaddress
import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, Throttled
from rest_framework.request import Request

from registry.exchange.formats import FORMATS

logger = logging.getLogger(__name__)

WINDOW = 60
# When the cache is away it is not asked again for so many seconds.
PAUSE = 10
_away_until = 0.0


@dataclass(frozen=True)
class Standing:
    """Where a client stands in this minute."""

    limit: int
    count: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        """What the client is told."""
        remaining = max(0, self.limit - self.count)
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(remaining),
            "RateLimit-Reset": str(self.reset),
        }


class CountersAway(APIException):
    """Writes wait while nobody can count them; reads are served."""

    status_code = 503
    default_detail = _("The registry cannot take writes at this moment. Try again in a minute.")


def check(request: Request) -> Standing | None:
    """Count a request. Raises Throttled over the limit; None where nothing is counted.

    While the cache is away reads are served uncounted, and writes are refused: what is read can be
    read again, but a flood of writes would be there to stay.
    """
    if not settings.API_LIMITS:
        return None
    kind, limit = _kind(request)
    now = time.time()
    window, reset = int(now // WINDOW), WINDOW - int(now % WINDOW)
    who = f"token-{request.auth.pk}" if request.auth else client(request.META)
    count = _count(f"limit:{kind}:{who}:{window}")
    if count is None:
        if kind == "write":
            raise CountersAway
        return None
    standing = Standing(limit, count, reset)
    if count > limit:
        refused = Throttled(wait=reset)
        refused.standing = standing
        raise refused
    return standing


def _kind(request: Request) -> tuple[str, int]:
    limits = settings.API_LIMITS
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        kind = "write"
    elif getattr(request.accepted_renderer, "format", "") in FORMATS:
        kind = "file"
    else:
        kind = "token" if request.auth else "anybody"
    # Without a shared cache each process counts for itself, and may give its share only.
    share = 1 if settings.REDIS_URL else settings.WEB_WORKERS
    return kind, max(1, limits[kind] // share)


def _count(key: str) -> int | None:
    """The number of this request within its minute: one step of a counter, taken atomically."""
    global _away_until
    if time.monotonic() < _away_until:
        return None
    try:
        try:
            return cache.incr(key)
        except ValueError:
            return 1 if cache.add(key, 1, WINDOW * 2) else cache.incr(key)
    # Whatever the cache's client raises when its server is away.
    except Exception as error:
        logger.warning("The counters of the API's limits are away: %s", type(error).__name__)
        _away_until = time.monotonic() + PAUSE
        return None


def client(environ: dict) -> str:
    """The address that a request came from; for IPv6 its network, which one client has whole.

    What a client says of itself in X-Forwarded-For counts for nothing: only what our own proxies
    have put at the end.
    """
    address = environ.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        told = [each.strip() for each in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        address = told[-settings.PROXIES] if len(told) >= settings.PROXIES else address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
