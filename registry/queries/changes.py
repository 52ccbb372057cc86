"""What changed since a revision, so that a harvester never keeps ghosts."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet, Subquery

from registry.models import Counter, Entry
from registry.queries import bits, revision
from registry.queries.criteria import code_as_text
from registry.queries.found import InMemory
from registry.queries.lists import Listing

# So many entries of a list are sorted by the database; those of a longer one are walked by it.
FEW = 5000
# How many are looked at first.
STRETCH = 1000


@dataclass(frozen=True)
class Change:
    """An entry that was created, changed or withdrawn; `body` is blank for a withdrawn one."""

    noun: str
    key: str
    revision: int
    changed_at: datetime
    is_withdrawn: bool
    body: str


@dataclass(frozen=True)
class Page:
    """Changes in the order of their revisions; `next` is (revision, number) of the last, or None.

    `revision` is the one to ask from next time, once there is no next page.
    """

    changes: list[Change]
    next: tuple[int, int] | None
    revision: int


def since(number: int, *, after: int = 0, noun: str = "", limit: int = 100) -> Page:
    """Changes behind revision `number`; `after` continues within it (the entry's own number).

    Each record comes once, as it is now. A revision is committed whole and in order, so whoever has
    read to the end holds everything up to `revision`.
    """
    # Read first: what is committed after this comes again, and is never missed.
    upto = revision.latest()
    behind = (
        Q(revision__gt=number) | Q(revision=number, pk__gt=after)
        if after
        else Q(revision__gt=number)
    )
    entries = Entry.objects.filter(behind, revision__lte=upto).order_by("revision", "pk")
    if noun:
        entries = entries.filter(noun=noun)
    rows = list(
        entries.values_list("noun", "key", "revision", "changed_at", "withdrawn_at", "body", "pk")[
            : limit + 1
        ]
    )
    found = [Change(n, k, r, at, gone is not None, body) for n, k, r, at, gone, body, _ in rows]
    following = (rows[limit - 1][2], rows[limit - 1][6]) if len(rows) > limit else None
    return Page(found[:limit], following, upto)


def newest(listing: Listing, limit: int) -> list[Change]:
    """The records of a list whose entries changed last, newest change first, whatever its order."""
    found, entries = listing.found, Entry.objects.public().filter(noun=listing.of.noun)
    if isinstance(found, InMemory):
        chosen = entries.filter(pk__in=_newest_held(found, entries, limit))
    else:
        records = listing.records().order_by().annotate(_key=code_as_text(listing.of.model))
        chosen = entries.filter(key__in=records.values("_key"))
    rows = _newest_first(chosen).values_list("noun", "key", "revision", "changed_at", "body")
    return [
        Change(noun, key, at, moment, False, body) for noun, key, at, moment, body in rows[:limit]
    ]


def _newest_first(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.order_by("-revision", "-pk")


def _newest_held(found: InMemory, entries: QuerySet[Entry], limit: int) -> list[int]:
    """Numbers of entries of the list, the `limit` newest among them.

    The database sorts few of them; of many, the entries of the noun are gone through from the
    newest on, ever longer stretches at once, until enough of them are on the list.
    """
    held, among = found.holding, found.among
    if among.bit_count() <= FEW:
        return [held.ids[place] for place in bits.places(among)]
    chosen: list[int] = []
    rest, stretch = _newest_first(entries), STRETCH
    while len(chosen) < limit:
        rows = list(rest.values_list("pk", "revision")[:stretch])
        on_list = held.of_entries(pk for pk, _revision in rows) & among
        chosen += [held.ids[place] for place in bits.places(on_list)]
        if len(rows) < stretch:
            break
        pk, at = rows[-1]
        behind = Q(revision__lt=at) | Q(revision=at, pk__lt=pk)
        rest, stretch = _newest_first(entries.filter(behind, revision__lte=at)), 2 * stretch
    return chosen


def last_at(noun: str) -> datetime | None:
    """When an entry of this noun last changed, withdrawals too; None where there never was one."""
    found = _newest_first(Entry.objects.filter(noun=noun))
    return found.values_list("changed_at", flat=True).first()


class State(NamedTuple):
    """The public revision, and when the public data last changed (None before the first record)."""

    revision: int
    changed_at: datetime | None


@revision.per_revision
def state() -> State:
    """How new the public data are, whatever the noun."""
    newest = Subquery(_newest_first(Entry.objects).values("changed_at")[:1])
    found = Counter.objects.filter(name=revision.NAME).annotate(at=newest)
    return State(*(found.values_list("value", "at").first() or (0, None)))
