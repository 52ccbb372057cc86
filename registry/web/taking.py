"""What a list page offers to take away: exactly this list in every format, and its feed."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.exchange.formats import formats_of
from registry.queries import (
    activities,
    areas,
    catalogue,
    contributions,
    guidance,
    meetings,
    partners,
)
from registry.queries.lists import NounList

# Lists that have a feed, by the first part of their addresses.
FEEDS: dict[str, NounList] = {
    "areas": areas.LIST,
    "partners": partners.LIST,
    "activities": activities.LIST,
    "guidance": guidance.LIST,
    "meetings": meetings.LIST,
    "contributions": contributions.LIST,
    "decisions": catalogue.DECISIONS,
}
# Parameters of the page, which a file or a feed does not have.
_OF_THE_PAGE = ("page", "format")
_WITH_FEED = {of.noun for of in FEEDS.values()}


@dataclass(frozen=True)
class Offer:
    """A format, and the address that gives the list in it."""

    label: Any
    address: str


def offers(of: NounList, data: QueryDict, count: int) -> list[Offer]:
    """The formats that can hold so many records, under the same filters and in the same order."""
    asked = _without(data, *_OF_THE_PAGE)
    address = reverse(f"api:{of.noun}-list")
    fitting = {n: each for n, each in formats_of(of.noun).items() if count <= (each.most or count)}
    whole = [Offer(each.label, f"{address}?{_and(asked, n)}") for n, each in fitting.items()]
    paged = address + (f"?{asked.urlencode()}" if asked else "")
    return [*whole, Offer(_("JSON, page by page"), paged)] if count else []


def feed(of: NounList, data: QueryDict) -> str:
    """The address of the list's feed; blank for lists that have none."""
    if of.noun not in _WITH_FEED:
        return ""
    asked = _without(data, *_OF_THE_PAGE, "sort").urlencode()
    return reverse(f"{of.noun}-feed") + (f"?{asked}" if asked else "")


def _without(data: QueryDict, *names: str) -> QueryDict:
    left = data.copy()
    for name in names:
        left.pop(name, None)
    return left


def _and(data: QueryDict, name: str) -> str:
    asked = data.copy()
    asked["format"] = name
    return asked.urlencode()
