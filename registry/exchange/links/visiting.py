"""One address followed to its end: HEAD, then GET where that tells nothing good."""

import datetime as dt
import re
import threading
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from registry.exchange.links import messages, robots
from registry.exchange.links.lines import Outside
from registry.exchange.links.messages import Reply
from registry.exchange.links.pace import Pace
from registry.exchange.links.robots import Robots
from registry.exchange.links.targets import Failed, Outcome, Target, led_to, target

# By which robots.txt may call us.
NAME = "MercuryPartnershipRegistry"
MOST_REDIRECTS = 5
# For all that is asked on the way to one address, pauses left out; for HEAD, and for GET again:
# some servers let HEAD wait for ever.
SECONDS = 10.0
# Who is busy and does not say until when; and the longest that is believed.
REST, LONGEST_REST = 3600.0, 7 * 86400.0

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Answers that are about who asks, not about what is asked for.
_DENIED = frozenset({401, 403, 405, 407, 451, 501, 999})
# After these, GET is asked too: they may be about HEAD alone.
_OF_HEAD = frozenset({Outcome.STATUS, Outcome.DENIED, Outcome.SLOW, Outcome.GARBLED})


@dataclass(frozen=True)
class Visit:
    """What a visit told; `rest` is for how long (seconds) the host wants to be left alone."""

    outcome: Outcome
    status: int | None = None
    rest: float | None = None


class _Budget:
    """The seconds that are left of a visit."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds


class Visitor:
    """Visits addresses for one run: remembers the robots.txt of hosts, and keeps its pace."""

    def __init__(
        self,
        *,
        site: str,
        outside: Outside | None = None,
        pace: Pace | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self.outside, self.pace, self.seconds = outside or Outside(), pace or Pace(), seconds
        # Whoever reads it in a log can see who we are, and write to us.
        self.headers = {
            "User-Agent": f"{NAME}/1.0 (+{site}/about/)",
            "Accept": "*/*",
            "Accept-Encoding": "identity",
        }
        self._robots: dict[tuple[str, str], Robots | Failed] = {}
        self._locks: dict[tuple[str, str], threading.Lock] = {}

    def visit(self, address: str) -> Visit:
        """Whether an address answers, and what. Never raises for what is outside."""
        try:
            first = target(address)
            head = self._follow("HEAD", first)
            if head.outcome in _OF_HEAD:
                return self._follow("GET", first)
            return head
        except Failed as why:
            return Visit(why.outcome, why.status)

    def _follow(self, method: str, first: Target) -> Visit:
        at, budget = first, _Budget(self.seconds)
        try:
            for _hop in range(MOST_REDIRECTS + 1):
                if rests := self.pace.rests(at.host):
                    return Visit(Outcome.BUSY, rest=rests)
                self._keep_to_robots(at, budget)
                reply = self._ask(method, at, budget)
                if rest := _rest(reply):
                    self.pace.rest(at.host, rest)
                    return Visit(Outcome.BUSY, reply.status, rest)
                if reply.status not in _REDIRECTS:
                    return Visit(_outcome(reply.status), reply.status)
                at = _next(at, reply)
            raise Failed(Outcome.REDIRECTS, reply.status)
        except Failed as why:
            return Visit(why.outcome, why.status, self.pace.rests(at.host) or None)

    def _ask(self, method: str, at: Target, budget: _Budget, most: int = 0) -> Reply:
        # One byte is enough to see that it is there; what follows is not read.
        ranged = {"Range": "bytes=0-0"} if method == "GET" and not most else {}
        self.pace.wait(at.host)
        begun = time.monotonic()
        try:
            if budget.left <= 0:
                raise Failed(Outcome.SLOW)
            headers = self.headers | ranged
            return messages.ask(self.outside, method, at, headers, seconds=budget.left, most=most)
        finally:
            budget.left -= time.monotonic() - begun
            self.pace.done(at.host)

    def _keep_to_robots(self, at: Target, budget: _Budget) -> None:
        """Raise Failed where the host asks us not to visit this path, or cannot be asked."""
        key = (at.scheme, at.host)
        with self._locks.setdefault(key, threading.Lock()):
            if key not in self._robots:
                self._robots[key] = self._learn(at, budget)
        known = self._robots[key]
        if isinstance(known, Failed):
            raise Failed(known.outcome, known.status)
        if not known.may_visit(at.path):
            raise Failed(Outcome.ROBOTS)

    def _learn(self, at: Target, budget: _Budget) -> Robots | Failed:
        try:
            reply = self._robots_txt(at, budget)
        except Failed as why:
            # A host that does not answer does not answer; one that babbles may have the page.
            is_odd = why.outcome in (Outcome.GARBLED, Outcome.REDIRECTS)
            return Failed(Outcome.ROBOTS) if is_odd else why
        if rest := _rest(reply):
            self.pace.rest(at.host, rest)
            return Failed(Outcome.BUSY, reply.status)
        if reply.status >= 500:
            # Whoever cannot say what is allowed allows nothing (RFC 9309, 2.3.1.4).
            return Failed(Outcome.ROBOTS, reply.status)
        if not 200 <= reply.status < 300:
            return robots.NO_RULES
        found = robots.read(reply.body.decode(errors="replace"), NAME)
        if found.pause:
            self.pace.slow_down(at.host, found.pause)
        return found

    def _robots_txt(self, at: Target, budget: _Budget) -> Reply:
        page = at.at("/robots.txt")
        for _hop in range(MOST_REDIRECTS + 1):
            reply = self._ask("GET", page, budget, robots.MOST_READ)
            if reply.status not in _REDIRECTS or not reply.header("Location"):
                return reply
            page = led_to(page, reply.header("Location"))
        return Reply(404, reply.headers)


def _next(at: Target, reply: Reply) -> Target:
    if location := reply.header("Location"):
        return led_to(at, location)
    raise Failed(Outcome.GARBLED, reply.status)


def _outcome(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.GOOD
    return Outcome.DENIED if status in _DENIED else Outcome.STATUS


def _rest(reply: Reply) -> float | None:
    """For how many seconds a busy host wants to be left alone; None where it is not busy."""
    asked = reply.header("Retry-After").strip()
    if reply.status == 429 or (reply.status == 503 and asked):
        return min(max(_seconds(asked), 1.0), LONGEST_REST)
    return None


def _seconds(asked: str) -> float:
    """A number of seconds, or a moment (RFC 9110, 10.2.3)."""
    if re.fullmatch(r"[0-9]{1,9}", asked):
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return REST
    aware = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return (aware - dt.datetime.now(dt.UTC)).total_seconds()
