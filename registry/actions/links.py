"""What can be done to links: gathered from records, taken for a run of visits, found (un)available.

An address is broken only after three failures over at least seven days: servers are moved, repaired
and overrun, and a page that says so of a document that is there would be worse than a dead link.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit
from zlib import crc32

from django.db import transaction

from registry.actions import audit, counters
from registry.models import Link
from registry.models.links import ENOUGH_FAILURES
from registry.permissions import Actor, Verb, require
from registry.queries import links

LONG_ENOUGH = dt.timedelta(days=7)
WEEK = dt.timedelta(days=7)
# After the first and the second failure. Together with what `_spread` adds, the third comes after
# seven days, and none is told later for it.
SOONER = {1: dt.timedelta(days=3), 2: dt.timedelta(days=4)}
# Whoever asks us to come later is asked no sooner than this, nor later than next week.
SHORTEST_REST = dt.timedelta(hours=1)
# What nobody could reach is tried again then: it may have been our own line.
NEXT_TRY = dt.timedelta(hours=1)
# Before all that is due by itself.
AT_ONCE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
BATCH = 500
_RUN = "links"


@transaction.atomic
def gather(*, at: dt.datetime, by: Actor) -> int:
    """Know the addresses that published records carry, and no others; returns how many are new."""
    require(by, Verb.CHECK_LINKS)
    carried = links.addresses()
    known = dict(Link.objects.values_list("address", "pk"))
    gone = [number for address, number in known.items() if address not in carried]
    for start in range(0, len(gone), BATCH):
        Link.objects.filter(pk__in=gone[start : start + BATCH], claimed_until=None).delete()
    new = sorted(carried - known.keys())
    made = [Link(address=each, host=_host(each), next_due=at) for each in new]
    Link.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    return len(new)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "")[:255]
    except ValueError:
        return ""


@transaction.atomic
def claim(
    *, most: int, most_of_host: int, at: dt.datetime, until: dt.datetime, by: Actor
) -> list[Link]:
    """Take what is due for a run of visits, those that wait for longest first.

    A host belongs to one run at a time, so that it is asked no more often than one run asks it.
    What a run that dies had taken is free again at `until`.
    """
    require(by, Verb.CHECK_LINKS)
    counters.hold(_RUN)
    taken = set(Link.objects.filter(claimed_until__gt=at).values_list("host", flat=True))
    chosen: list[int] = []
    of_host: Counter[str] = Counter()
    rows = Link.objects.due(at).order_by("next_due", "pk").values_list("pk", "host")
    for number, host in rows:
        if len(chosen) == most:
            break
        if host not in taken and of_host[host] < most_of_host:
            of_host[host] += 1
            chosen.append(number)
    for start in range(0, len(chosen), BATCH):
        Link.objects.filter(pk__in=chosen[start : start + BATCH]).update(claimed_until=until)
    found = Link.objects.in_bulk(chosen)
    return [found[number] for number in chosen]


@transaction.atomic
def release(*, links: Iterable[Link], by: Actor, until: dt.datetime | None = None) -> None:
    """Give back what a run did not visit; with `until`, to be tried from then on."""
    require(by, Verb.CHECK_LINKS)
    numbers = [link.pk for link in links]
    later = {"next_due": until} if until else {}
    for start in range(0, len(numbers), BATCH):
        batch = Link.objects.filter(pk__in=numbers[start : start + BATCH])
        batch.update(claimed_until=None, **later)


@transaction.atomic
def record_check(
    *,
    link: Link,
    outcome: Link.Outcome,
    at: dt.datetime,
    by: Actor,
    status: int | None = None,
    rest: dt.timedelta | None = None,
) -> Link:
    """Keep what a visit told; three failures over seven days make the link unavailable.

    It is so since the first of them, until it answers. What says neither (robots.txt, “come later”)
    changes nothing. When what the public reads changes, the public revision advances. `rest` is for
    how long the server asked to be left alone.
    """
    require(by, Verb.CHECK_LINKS)
    link = Link.objects.select_for_update().get(pk=link.pk)
    before = link.unavailable_since
    link.outcome, link.status = outcome, status
    link.first_checked_at, link.last_checked_at = link.first_checked_at or at, at
    _count(link, at)
    link.next_due = at + _wait(link, rest)
    link.claimed_until = None
    link.full_clean(exclude=["address"])
    link.save()
    if link.unavailable_since != before:
        _tell(link, before, by)
    return link


def _count(link: Link, at: dt.datetime) -> None:
    if link.outcome == Link.Outcome.GOOD:
        link.failures, link.failing_since, link.unavailable_since = 0, None, None
    elif link.has_failed:
        link.failures += 1
        link.failing_since = link.failing_since or at
        lasted = at - link.failing_since
        if link.failures >= ENOUGH_FAILURES and lasted >= LONG_ENOUGH:
            link.unavailable_since = link.failing_since


def _wait(link: Link, rest: dt.timedelta | None) -> dt.timedelta:
    """How long until the next visit."""
    if link.outcome == Link.Outcome.BUSY:
        return min(max(rest or SHORTEST_REST, SHORTEST_REST), WEEK)
    wait = SOONER.get(link.failures, WEEK) if link.has_failed else WEEK
    return wait + _spread(link.address)


def _spread(address: str) -> dt.timedelta:
    """Up to half a day, other for each address, so that those that came together part."""
    return dt.timedelta(seconds=crc32(address.encode()) % (12 * 3600))


def _tell(link: Link, before: dt.datetime | None, by: Actor) -> None:
    since = link.unavailable_since
    audit.record(
        by=by,
        verb="found unavailable" if since else "found available",
        noun="link",
        key=str(link.pk),
        before={"unavailable_since": before and before.isoformat()},
        after={"address": link.address, "unavailable_since": since and since.isoformat()},
        revision=counters.advance(counters.REVISION),
    )


@transaction.atomic
def ask(*, link: Link, by: Actor) -> Link:
    """Let the next run visit it first."""
    require(by, Verb.CHECK_LINKS)
    link = Link.objects.select_for_update().get(pk=link.pk)
    link.next_due = AT_ONCE
    link.save(update_fields=["next_due"])
    audit.record(by=by, verb="ask to check", noun="link", key=str(link.pk))
    return link
