"""What changed since a revision, so that a harvester never keeps ghosts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from registry.models import Entry
from registry.queries import revision
from registry.queries.criteria import code_as_text
from registry.queries.lists import Listing


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
    chosen = listing.records().order_by().annotate(_key=code_as_text(listing.of.model))
    found = (
        Entry.objects.public()
        .filter(noun=listing.of.noun, key__in=chosen.values("_key"))
        .order_by("-revision", "-pk")
        .values_list("noun", "key", "revision", "changed_at", "body")[:limit]
    )
    return [Change(noun, key, at_, moment, False, body) for noun, key, at_, moment, body in found]


def last_at(noun: str) -> datetime | None:
    """When an entry of this noun last changed, withdrawals too; None where there never was one."""
    found = Entry.objects.filter(noun=noun).order_by("-revision", "-pk")
    return found.values_list("changed_at", flat=True).first()
