"""The ledger of background jobs: a job that starts, ends or fails is written down.

Each line is written in a transaction of its own: what a failing job wrote is taken back, that it
failed is not. No event stands beside it: the trail tells of records, and this is said each minute.
"""

import logging
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from registry.models import Job
from registry.models.jobs import LONGEST_ERROR
from registry.permissions import Actor, Verb, require

logger = logging.getLogger(__name__)
_OURS = ("registry.", "articles.", "partnership.")


@contextmanager
def recorded(*, name: str, by: Actor) -> Iterator[None]:
    """Run what stands inside as the job `name`: how it goes stands in the ledger afterwards.

    What it raises is raised on. A ledger that cannot be written stops no job: the log says so.
    """
    require(by, Verb.RUN_JOBS)
    begun = time.monotonic()
    _kept(start, name=name, by=by)
    try:
        yield
    except Exception as error:
        took = time.monotonic() - begun
        _kept(fail, name=name, error=in_one_line(error), seconds=took, by=by)
        raise
    _kept(succeed, name=name, seconds=time.monotonic() - begun, by=by)


def _kept(write, **line) -> None:
    try:
        write(**line)
    except DatabaseError:
        logger.exception("The ledger of jobs could not be written")


@transaction.atomic
def start(*, name: str, by: Actor) -> None:
    """Write down that a job begins."""
    require(by, Verb.RUN_JOBS)
    Job.objects.update_or_create(name=name, defaults={"started_at": timezone.now()})


@transaction.atomic
def succeed(*, name: str, seconds: float, by: Actor) -> None:
    """Write down that a job came to its end; what went wrong before is over, and still told."""
    require(by, Verb.RUN_JOBS)
    done = {"succeeded_at": timezone.now(), "seconds": seconds, "failures": 0}
    Job.objects.filter(name=name).update(**done)


@transaction.atomic
def fail(*, name: str, error: str, seconds: float, by: Actor) -> None:
    """Write down that a job failed, once more; `error` says why in one line."""
    require(by, Verb.RUN_JOBS)
    said = " ".join(error.split())[:LONGEST_ERROR] or "unknown"
    Job.objects.filter(name=name).update(
        failed_at=timezone.now(), seconds=seconds, error=said, failures=F("failures") + 1
    )


def in_one_line(error: BaseException) -> str:
    """The kind of an exception and where in our code it came up.

    Its own words are left out: they may name people or quote what they wrote. What the operating
    system says of a disk or a connection names nobody.
    """
    said = getattr(error, "strerror", None) if isinstance(error, OSError) else None
    kind = f"{type(error).__name__} ({said})" if said else type(error).__name__
    frames = [
        (frame.f_globals.get("__name__", ""), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    ours = [each for each in frames if each[0].startswith(_OURS)]
    module, line = (ours or frames or [("", 0)])[-1]
    return f"{kind} in {module}, line {line}" if module else kind
