"""The pages that records have of their own: how many there are, and their addresses."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from articles.models import SPINE
from registry.models import Entry

# Terms stand together on one page, and articles outside of 3–14 have none.
NOUNS = (
    "article",
    "area",
    "activity",
    "guidance",
    "partner",
    "country",
    "meeting",
    "decision",
    "contribution",
)


@dataclass(frozen=True)
class Stock:
    """How many pages a noun has, and when one of them last changed."""

    noun: str
    count: int
    changed_at: dt.datetime


def stocks() -> list[Stock]:
    """The pages of each noun that has any, counted at once."""
    counted = _with_pages().order_by().values_list("noun")
    found = counted.annotate(n=Count("id"), at=Max("changed_at"))
    by_noun = {noun: Stock(noun, n, at) for noun, n, at in found}
    return [by_noun[noun] for noun in NOUNS if noun in by_noun]


def stretch(noun: str, offset: int, limit: int) -> list[tuple[str, dt.datetime]]:
    """Addresses of a noun's pages, in English, with when they last changed; oldest record first."""
    rows = _with_pages().filter(noun=noun).order_by("pk").values_list("key", "changed_at")
    return [(path(noun, key), at) for key, at in rows[offset : offset + limit]]


def path(noun: str, key: str) -> str:
    """The address of a record's page, in the language spoken."""
    return reverse(f"{noun}-detail", args=[int(key) if noun == "article" else key.lower()])


def _with_pages() -> QuerySet[Entry]:
    has_page = ~Q(noun="article") | Q(key__in=[str(number) for number in SPINE])
    return Entry.objects.public().filter(has_page, noun__in=NOUNS)
