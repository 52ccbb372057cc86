"""Pages that hold while records come and go: each begins behind the last record before it."""

import base64
import json
import re
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from registry import words
from registry.errors import Misunderstood, NoSuchPage
from registry.models import Entry
from registry.queries import fulltext
from registry.queries.filters import code_as_text
from registry.queries.lists import RELEVANCE, Listing

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
    pk: int

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


def page(listing: Listing, cursor: Cursor | None, limit: int) -> Page:
    """The stretch of the list behind `cursor`, `limit` records at most. One query.

    The last page costs what the first costs, since each begins at an index and not at a count.
    """
    if listing.sort == RELEVANCE:
        return _ranked(listing, cursor, limit)
    sort = listing.of.sorts[listing.sort]
    records = listing.records()
    if cursor:
        records = sort.after(records, cursor.value, cursor.pk)
    rows = list(_with_bodies(listing, sort.ordered(records), sort.by)[: limit + 1])
    following = None
    if len(rows) > limit:
        _body, value, pk = rows[limit - 1]
        following = Cursor(listing.of.noun, listing.sort, _plain(value), pk)
    return Page([body for body, _value, _pk in rows[:limit]], following)


def _with_bodies(listing: Listing, records: QuerySet, by: Any) -> QuerySet:
    # One query: the body comes by a look-up of the entry's key for each row of the page.
    records = records.annotate(_key=code_as_text(listing.of.model))
    entry = Entry.objects.filter(noun=listing.of.noun, key=OuterRef("_key"))
    by = F(by) if isinstance(by, str) else by
    return records.values_list(Subquery(entry.values("body")[:1]), by, "pk")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _ranked(listing: Listing, cursor: Cursor | None, limit: int) -> Page:
    offset = cursor.pk if cursor else 0
    query = words.parse(listing.filters.asked["q"])
    found = fulltext.ranked(query, listing.of.noun)
    if listing.filters.asked.keys() - {"q"}:
        chosen = listing.records().order_by().annotate(_key=code_as_text(listing.of.model))
        found = found.filter(key__in=chosen.values("_key"))
    rows = list(found.values_list("body", flat=True)[offset : offset + limit + 1])
    more = len(rows) > limit and offset < DEEPEST_RANK
    following = Cursor(listing.of.noun, RELEVANCE, 0, offset + limit) if more else None
    return Page(rows[:limit], following)
