"""The public revision: one number that every accepted change advances.

Whatever the public reads follows from it: answers are kept and tagged by it, and nothing is ever
invalidated by hand.
"""

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection

NAME = "revision"

# What this process last saw: the number, and when. `_changes` grows with each commit made here, so
# that a number read before a commit is not kept after it.
_seen: tuple[int, float] | None = None
_changes = 0
# A process may answer in several threads.
_lock = threading.Lock()


def current() -> int:
    """The public revision, at most `PUBLIC_SECONDS` old; never older than a commit made here."""
    global _seen
    if (number := fresh()) is not None:
        return number
    before, at = _changes, time.monotonic()
    number = latest()
    if not is_open():
        with _lock:
            # What another thread saw later is not replaced.
            if before == _changes and (_seen is None or _seen[1] <= at):
                _seen = (number, at)
    return number


def fresh() -> int | None:
    """The revision, if this process saw it within `PUBLIC_SECONDS`; asks nobody."""
    seen = _seen
    if seen and time.monotonic() - seen[1] < settings.PUBLIC_SECONDS and not is_open():
        return seen[0]
    return None


def latest() -> int:
    """The public revision as the database has it."""
    # Asked before nearly every question: to build this one takes far longer than to answer it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM registry_counter WHERE name = %s", [NAME])
        row = cursor.fetchone()
    return row[0] if row else 0


def forget() -> None:
    """Ask the database again: a change was committed here."""
    global _seen, _changes
    with _lock:
        _seen, _changes = None, _changes + 1


def is_open() -> bool:
    """Whether the transaction that this connection is in has advanced the revision."""
    return any(pending[1] is forget for pending in connection.run_on_commit)


def per_revision[Answer](ask: Callable[[], Answer]) -> Callable[[], Answer]:
    """Keep the answer to a question about public records until the revision changes."""
    kept: list[tuple[int, Answer]] = []

    def answer() -> Answer:
        if is_open():
            return ask()
        number = current()
        if not kept or kept[0][0] != number:
            kept[:] = [(number, ask())]
        return kept[0][1]

    return answer
