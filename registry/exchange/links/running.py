"""A run: what is due is visited, many hosts at once and each of them slowly, and kept."""

import datetime as dt
import logging
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from registry.actions import links
from registry.exchange.links.visiting import Visit, Visitor
from registry.models import Link
from registry.permissions import Actor

logger = logging.getLogger(__name__)

# So many hosts are asked at once.
HOSTS_AT_ONCE = 32
# What a run may take beyond its time, for the visits that it is in.
MARGIN = dt.timedelta(minutes=5)
# Where nobody at all answers, of so many hosts, our own line is down: that says nothing of theirs.
ENOUGH_HOSTS = 3

Outcome = Link.Outcome
_SILENT = frozenset({Outcome.NAME, Outcome.CONNECTION, Outcome.SLOW})
type Seen = tuple[Link, Visit, dt.datetime]


@dataclass
class Done:
    """How many links were visited, how many of these failed, how many are left for another run."""

    checked: int = 0
    failed: int = 0
    left: int = 0


def check(*, most: int, seconds: float, by: Actor, visitor: Visitor | None = None) -> Done:
    """Visit what is due: at most so many links, for about so many seconds."""
    at = timezone.now()
    links.gather(at=at, by=by)
    until = at + dt.timedelta(seconds=seconds) + MARGIN
    # One host is asked once a second: more of it would only wait.
    of_host = max(1, int(seconds / 2))
    claimed = links.claim(most=most, most_of_host=of_host, at=at, until=until, by=by)
    visitor = visitor or Visitor(site=settings.SITE_URL)
    return _keep(claimed, _visits(claimed, visitor, seconds), by)


def _keep(claimed: list[Link], visits: Iterator[Seen], by: Actor) -> Done:
    """Record visits as they come; those without an answer, once anybody has answered."""
    done, waiting, has_answer = Done(), [], False
    visited: set[int] = set()
    try:
        for seen in visits:
            waiting.append(seen)
            has_answer = has_answer or seen[1].outcome not in {*_SILENT, Outcome.UNFIT}
            if has_answer:
                visited |= _record(waiting, done, by)
                waiting = []
        if len({link.host for link, *_ in waiting}) < ENOUGH_HOSTS:
            visited |= _record(waiting, done, by)
            waiting = []
    finally:
        _give_back(claimed, visited, waiting, by)
    done.left = len(claimed) - len(visited)
    return done


def _record(seen: list[Seen], done: Done, by: Actor) -> set[int]:
    for link, visit, at in seen:
        rest = dt.timedelta(seconds=visit.rest) if visit.rest else None
        kept = links.record_check(
            link=link, outcome=visit.outcome, status=visit.status, rest=rest, at=at, by=by
        )
        done.checked += 1
        done.failed += kept.has_failed
    return {link.pk for link, *_ in seen}


def _give_back(claimed: list[Link], visited: set[int], silent: list[Seen], by: Actor) -> None:
    unheard = {link.pk for link, *_ in silent}
    if unheard:
        logger.warning("Nobody answered, of %d links: they say nothing, and wait", len(unheard))
        later = timezone.now() + links.NEXT_TRY
        links.release(links=[link for link, *_ in silent], until=later, by=by)
    left = [link for link in claimed if link.pk not in visited | unheard]
    links.release(links=left, by=by)


def _visit(visitor: Visitor, link: Link) -> Visit:
    try:
        return visitor.visit(link.address)
    except Exception:
        # Whatever a stranger's server made of us, the other links have their turn.
        logger.exception("Link %d could not be visited", link.pk)
        return Visit(Outcome.GARBLED)


def _visits(claimed: list[Link], visitor: Visitor, seconds: float) -> Iterator[Seen]:
    """Visit the links of each host one after the other; of several hosts at once."""
    by_host: dict[str, list[Link]] = defaultdict(list)
    for link in claimed:
        by_host[link.host].append(link)
    seen: queue.SimpleQueue[Seen] = queue.SimpleQueue()
    over = threading.Event()
    end = time.monotonic() + seconds

    def visit(of: list[Link]) -> None:
        for link in of:
            if over.is_set() or time.monotonic() >= end:
                return
            seen.put((link, _visit(visitor, link), timezone.now()))

    with ThreadPoolExecutor(HOSTS_AT_ONCE, "links") as pool:
        # The longest first, so that none is left to the end alone.
        pending = [pool.submit(visit, of) for of in sorted(by_host.values(), key=len, reverse=True)]
        try:
            while pending or not seen.empty():
                ready, rest = wait(pending, timeout=0.2)
                for each in ready:
                    each.result()
                pending = list(rest)
                while not seen.empty():
                    yield seen.get()
        finally:
            over.set()
            pool.shutdown(wait=False, cancel_futures=True)
