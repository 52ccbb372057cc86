"""Counts requests by the minute: for all processes in Redis, or in this one."""

import logging
import threading
import time
from functools import cache

import redis
from django.conf import settings

logger = logging.getLogger(__name__)

WINDOW = 60
# While Redis is away, how long it is left alone.
PAUSE = 5


class OwnCounter:
    """Counts in this process. It forgets a minute when the next begins, and holds no more than one.

    Not Django's cache in memory: that throws keys away when it is full, so that whoever comes from
    many addresses would set back everybody's count.
    """

    def __init__(self) -> None:
        self.lock, self.window, self.counts = threading.Lock(), -1, {}

    def add(self, key: str, window: int) -> int:
        """Count one more; returns how many there are in this window."""
        with self.lock:
            if window != self.window:
                self.window, self.counts = window, {}
            count = self.counts[key] = self.counts.get(key, 0) + 1
        return count


class SharedCounter:
    """Counts in Redis: one INCR a request, so that no two requests ever read the same count.

    Not through Django's cache, whose `incr` first asks whether the key is there: two journeys, and
    a key that expires in between would stay for ever.
    """

    def __init__(self, address: str) -> None:
        limits = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
        self.redis, self.away_until = redis.Redis.from_url(address, **limits), 0.0

    def add(self, key: str, window: int) -> int | None:
        """Count one more; returns how many there are in this window, or None if Redis is away."""
        if time.monotonic() < self.away_until:
            return None
        name = f"registry:limit:{window}:{key}"
        try:
            pipe = self.redis.pipeline(transaction=False)
            count, _set = pipe.incr(name).expire(name, 2 * WINDOW).execute()
        except redis.RedisError as why:
            logger.warning("Limits are counted here; Redis is away: %s", type(why).__name__)
            self.away_until = time.monotonic() + PAUSE
            return None
        return count


@cache
def _own() -> OwnCounter:
    return OwnCounter()


@cache
def _shared(address: str) -> SharedCounter:
    return SharedCounter(address)


def count(key: str, window: int, limit: int) -> tuple[int, int]:
    """Count one more under `key`; returns the count and the limit that it is held against.

    Where processes do not share a count, each holds an equal part of the limit: together they let
    through no more than it. That is also what happens while Redis is away. Nothing is refused for
    its absence, writes neither, since the limit still holds and they need nothing of Redis.
    """
    if settings.REDIS_URL:
        counted = _shared(settings.REDIS_URL).add(key, window)
        if counted is not None:
            return counted, limit
    return _own().add(key, window), max(1, limit // settings.WEB_WORKERS)
