"""Pages that hold while records come and go: each begins behind the last record before it."""

import base64
import json
import re
from dataclasses import dataclass
from functools import cache

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from registry.errors import Misunderstood, NoSuchPage
from registry.queries.lists import Listing
from registry.queries.sorts import RELEVANCE

# Ranks are not stored, so pages of a search count rows; this far and no further.
DEEPEST_RANK = 10_000
# A packed place, and its signature.
SHAPE = re.compile(r"[A-Za-z0-9_-]{4,4000}\.[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: behind the record with this sort value and number.

    As text it is signed, so that whatever comes back is a value that this list once gave.
    """

    noun: str
    sort: str
    value: str | int
    pk: str | int

    def __str__(self) -> str:
        packed = json.dumps([self.noun, self.sort, self.value, self.pk], separators=(",", ":"))
        return _signer().sign(base64.urlsafe_b64encode(packed.encode()).decode().rstrip("="))

    @classmethod
    def read(cls, text: str, listing: Listing) -> "Cursor":
        """The cursor that an earlier page of this list gave; raises Misunderstood for others."""
        try:
            packed = _signer().unsign(text)
            cursor = cls(*json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))))
        except BadSignature:
            raise _unknown(text) from None
        if (cursor.noun, cursor.sort) != (listing.of.noun, listing.sort):
            raise _unknown(text)
        return cursor


@cache
def _signer() -> Signer:
    return Signer(salt="registry.cursor", sep=".")


def _unknown(text: str) -> Misunderstood:
    problem = _("“%s” is not a cursor of this list: take it from “next” as it stands.")
    # What has the shape of a cursor names a page, which is not there; anything else says nothing.
    error = NoSuchPage if SHAPE.fullmatch(text) else Misunderstood
    return error({"cursor": problem % text[:80]})


@dataclass(frozen=True)
class Page:
    """Stored bodies, as text, and the cursor of the page behind them (None at the end)."""

    bodies: list[str]
    next: Cursor | None


def page(listing: Listing, cursor: Cursor | None, limit: int, *, number: int | None = None) -> Page:
    """The stretch of the list behind `cursor`, `limit` records at most; or page `number`, from 1.

    The last page costs what the first costs, since each begins at a place and not at a count.
    """
    if listing.sort == RELEVANCE:
        return _ranked(listing, cursor.pk if cursor else ((number or 1) - 1) * limit, limit)
    if number:
        rows = listing.found.rows(limit + 1, begin=(number - 1) * limit)
    else:
        rows = listing.found.rows(limit + 1, behind=(cursor.value, cursor.pk) if cursor else None)
    following = None
    if len(rows) > limit:
        last = rows[limit - 1]
        following = Cursor(listing.of.noun, listing.sort, last.value, last.number)
    return Page([row.body for row in rows[:limit]], following)


def _ranked(listing: Listing, offset: int, limit: int) -> Page:
    if offset > DEEPEST_RANK:
        raise NoSuchPage({"page": _("Best matches go as far as %d records.") % DEEPEST_RANK})
    bodies = listing.found.bodies(offset, limit + 1)
    more = len(bodies) > limit and offset + limit <= DEEPEST_RANK
    following = Cursor(listing.of.noun, RELEVANCE, 0, offset + limit) if more else None
    return Page(bodies[:limit], following)
