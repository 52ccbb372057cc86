"""How often one may ask: who is counted, under which limit, and what each answer says of it.

The headers are RateLimit-Limit, -Remaining and -Reset. The later drafts of the IETF say the same in
a pair of structured headers, whose form changed from draft to draft and which few programs read;
these three are what programs that wait for themselves know.
"""

import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from registry.api import counting
from registry.clients import client
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
