"""Questions about links: which addresses records carry, which are broken, what may replace them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urldefrag

from django.db.models import F, Q, QuerySet

from registry.models import Activity, ActivityLink, Edition, Guidance, Link, Partner
from registry.queries import lookalikes
from registry.queries.lookalikes import LookAlike
from registry.queries.representation import Body

# Titles that are told apart by no more than an edition or a slip of the pen.
NEAR_TITLES = frozenset({"same-title", "near-title"})
MOST_REPLACEMENTS = 3


@dataclass(frozen=True, order=True)
class Carrier:
    """A published record that carries an address."""

    noun: str
    slug: str
    title: str


def as_visited(address: str) -> str:
    """An address without its fragment, which no server is told: one page counts once."""
    return urldefrag(address).url


def addresses() -> set[str]:
    """All addresses that published records lead to; where their facts come from is not among them.

    They are those of guidance and its editions, of activities and their links, and the web sites of
    organisations.
    """
    found = (rows.values_list("carried", flat=True) for _noun, rows in _rows())
    return {as_visited(each) for rows in found for each in rows.exclude(carried="")}


def carriers(of: Iterable[str]) -> dict[str, list[Carrier]]:
    """The published records that carry each of these addresses (as visited)."""
    wanted = set(of)
    found: dict[str, set[Carrier]] = defaultdict(set)
    for noun, rows in _rows():
        # Those with a fragment are few, and are told apart here.
        carrying = rows.filter(Q(carried__in=wanted) | Q(carried__contains="#"))
        for carried, slug, title in carrying.values_list("carried", "slug_of", "title_of"):
            if (address := as_visited(carried)) in wanted:
                found[address].add(Carrier(noun, slug, title))
    return {address: sorted(each) for address, each in found.items()}


def _rows() -> Iterator[tuple[str, QuerySet]]:
    """Each column that holds addresses: the noun, and its rows with address, slug and title."""
    yield "guidance", _column(Guidance, "url", "title")
    yield "guidance", _column(Edition, "url", "title", "guidance__")
    yield "activity", _column(Activity, "url", "title")
    yield "activity", _column(ActivityLink, "url", "title", "activity__")
    yield "partner", _column(Partner, "website", "name")


def _column(model: type, address: str, title: str, owner: str = "") -> QuerySet:
    rows = model._default_manager.filter(**{f"{owner}withdrawn_at": None})
    slug, name = F(f"{owner}slug"), F(f"{owner}{title}")
    return rows.annotate(carried=F(address), slug_of=slug, title_of=name)


@dataclass(frozen=True)
class Broken:
    """A link that is unavailable, the records that carry it, and documents that may replace it."""

    link: Link
    carriers: list[Carrier]
    replacements: list[LookAlike]


def broken() -> list[Broken]:
    """All links that are unavailable, those that are so for longest first."""
    links = list(Link.objects.broken().order_by("unavailable_since", "pk"))
    carried = carriers(link.address for link in links)
    return [
        Broken(link, found, replacements(found))
        for link in links
        for found in [carried.get(link.address, [])]
    ]


def replacements(of: Iterable[Carrier]) -> list[LookAlike]:
    """Other published guidance with (nearly) the same title, whose own address is available."""
    documents = [each for each in of if each.noun == "guidance"]
    known = {each.slug for each in documents}
    found = {
        alike.key: alike
        for each in documents
        for alike in lookalikes.similar_guidance({"title": each.title}, exclude=each.slug)
        if alike.key not in known and NEAR_TITLES & {reason.code for reason in alike.reasons}
    }
    urls = {alike.body["url"] for alike in found.values()}
    gone = unavailable_since(urls)
    usable = [each for each in found.values() if each.body["url"] and each.body["url"] not in gone]
    return sorted(usable, key=lambda each: (-each.score, each.key))[:MOST_REPLACEMENTS]


def unavailable_since(shown: Iterable[str]) -> dict[str, datetime]:
    """Of these addresses as they stand in records, those that are unavailable, and since when."""
    visited = {address: as_visited(address) for address in shown if address}
    if not visited:
        return {}
    links = Link.objects.broken().filter(address__in=set(visited.values()))
    gone = dict(links.values_list("address", "unavailable_since"))
    return {address: gone[at] for address, at in visited.items() if at in gone}


def unavailable_of(body: Body) -> dict[str, datetime]:
    """The same for all addresses that the page of a record shows, from its public body."""
    rows = [*body.get("editions", ()), *body.get("links", ())]
    shown = [body.get("url"), body.get("website"), *(row["url"] for row in rows)]
    return unavailable_since(filter(None, shown))
