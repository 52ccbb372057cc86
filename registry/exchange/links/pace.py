"""How often a host is asked: once a second at most, and not at all while it wants to rest."""

import threading
import time
from collections.abc import Callable

EVERY = 1.0  # seconds
# A robots.txt may ask for longer pauses, but not that one link holds up a run.
LONGEST = 10.0


class Pace:
    """When each host may be asked next. Several threads share it."""

    def __init__(
        self,
        every: float = EVERY,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.every, self._clock, self._sleep = every, clock, sleep
        self._next: dict[str, float] = {}
        self._gaps: dict[str, float] = {}
        self._rests: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str) -> None:
        """Return when the host may be asked; nobody else may before the pause is over."""
        with self._lock:
            now = self._clock()
            at = max(now, self._next.get(host, now))
            self._next[host] = at + self._gap(host)
        if at > now:
            self._sleep(at - now)

    def done(self, host: str) -> None:
        """The host has been asked: the pause begins now, however long it took to reach it."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0), self._clock() + self._gap(host))

    def slow_down(self, host: str, seconds: float) -> None:
        """The host asks for longer pauses."""
        self._gaps[host] = min(max(seconds, self.every), max(LONGEST, self.every))

    def rest(self, host: str, seconds: float) -> None:
        """The host asks not to be asked for so many seconds."""
        self._rests[host] = self._clock() + seconds

    def rests(self, host: str) -> float:
        """For how many seconds the host is still to be left alone; 0 if it is not."""
        return max(self._rests.get(host, 0) - self._clock(), 0.0)

    def _gap(self, host: str) -> float:
        return self._gaps.get(host, self.every)
