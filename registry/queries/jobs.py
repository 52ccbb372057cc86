"""How background jobs went, by the timetable and the ledger: ran, failed, or did not run."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from celery.schedules import crontab
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry.models import Job

# A job that is late by less is waited for: workers are busy, and machines start anew.
SHORTEST_GRACE = dt.timedelta(minutes=10)
# Tasks are ended after ten minutes (the settings); what began longer ago was cut off.
LONGEST_RUN = dt.timedelta(minutes=15)
# No timetable of ours waits for longer.
_MOST_DAYS = 400

WORDS = {
    "ask_to_confirm": _("asking partners to confirm activities"),
    "check_links": _("visiting links"),
    "check_search_index": _("comparing the search index with the records"),
    "check_snapshots": _("holding snapshots against their checksums"),
    "clear_files": _("deleting files that nobody needs"),
    "clear_idempotency_keys": _("forgetting answers kept for programs"),
    "clear_imports": _("forgetting the rows of old uploads"),
    "clear_up_accounts": _("ending sessions and unproved accounts"),
    "count_lookalikes": _("counting records that look alike"),
    "deliver_notices": _("sending messages"),
    "erase_addresses": _("erasing addresses of visitors"),
    "refresh_statuses": _("moving on the status of activities"),
    "remind": _("reminding who is waited for"),
    "send_digests": _("writing the weekly digests"),
    "take_backup": _("taking the backup"),
    "work_on_imports": _("trying and applying uploaded sheets"),
    "write_dump": _("writing the public data set"),
}


class Verdict(StrEnum):
    """What is to be said of a job."""

    WELL = "well"
    NEW = "new"
    FAILED = "failed"
    CUT_OFF = "cut off"
    MISSED = "missed"


# What somebody has to look at.
FAILING = (Verdict.FAILED, Verdict.CUT_OFF)


@dataclass(frozen=True)
class State:
    """A job of the timetable: what the ledger says of it, and what is to be thought of that.

    `due_at` is when it should have run last, `next_at` when it runs next; `job` is None where the
    ledger knows nothing of it.
    """

    name: str
    verdict: Verdict
    due_at: dt.datetime
    next_at: dt.datetime
    job: Job | None

    @property
    def words(self) -> str:
        """What it does, for people."""
        return capfirst(str(WORDS.get(self.name, self.name.replace("_", " "))))

    @property
    def since(self) -> dt.datetime | None:
        """Since when it is as the verdict says; None where it is well."""
        if self.verdict == Verdict.FAILED:
            return self.job.failed_at
        if self.verdict == Verdict.CUT_OFF:
            return self.job.started_at
        return self.due_at if self.verdict == Verdict.MISSED else None


def states(now: dt.datetime) -> list[State]:
    """Every job of the timetable, what needs a look first, then by name. Two questions."""
    ledger = {job.name: job for job in Job.objects.all()}
    installed_at = _installed_at()
    order = [Verdict.FAILED, Verdict.CUT_OFF, Verdict.MISSED, Verdict.NEW, Verdict.WELL]
    found = [
        _state(entry["task"].rpartition(".")[2], entry["schedule"], ledger, installed_at, now)
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
    ]
    return sorted(found, key=lambda each: (order.index(each.verdict), each.name))


def _installed_at() -> dt.datetime | None:
    """When this release came: a job that never ran is expected from then on."""
    applied = MigrationRecorder.Migration.objects.filter(app="registry")
    return applied.aggregate(at=Max("applied"))["at"]


def _state(
    name: str,
    schedule: Any,
    ledger: dict[str, Job],
    installed_at: dt.datetime | None,
    now: dt.datetime,
) -> State:
    job = ledger.get(name)
    due, following = last_due(schedule, now), next_due(schedule, now)
    interval = due - last_due(schedule, due - dt.timedelta(microseconds=1))
    # What should have run even if it were late by all its grace.
    expected = last_due(schedule, now - max(interval, SHORTEST_GRACE))
    known_since = job.started_at if job else installed_at
    is_missed = known_since is not None and known_since < expected
    verdict = Verdict.MISSED if is_missed else _verdict(job, now)
    return State(name, verdict, expected if is_missed else due, following, job)


def _verdict(job: Job | None, now: dt.datetime) -> Verdict:
    if job is None:
        return Verdict.NEW
    ended_at = max(filter(None, (job.succeeded_at, job.failed_at)), default=None)
    if ended_at is None or ended_at < job.started_at:
        if now - job.started_at > LONGEST_RUN:
            return Verdict.CUT_OFF
    return Verdict.FAILED if job.failures else Verdict.WELL


def last_due(schedule: Any, at: dt.datetime) -> dt.datetime:
    """The last time at or before `at` for which a timetable has a job; pure.

    `schedule` is a crontab, in UTC, or a number of seconds. Raises ValueError for one without days.
    """
    if not isinstance(schedule, crontab):
        seconds = float(schedule)
        return dt.datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=dt.UTC)
    at = at.astimezone(dt.UTC)
    for back in range(_MOST_DAYS):
        for time in _times(schedule, at.date() - dt.timedelta(days=back), latest_first=True):
            if time <= at:
                return time
    raise ValueError(schedule)


def next_due(schedule: Any, at: dt.datetime) -> dt.datetime:
    """The first time after `at` for which a timetable has a job; the same terms."""
    if not isinstance(schedule, crontab):
        return last_due(schedule, at) + dt.timedelta(seconds=float(schedule))
    at = at.astimezone(dt.UTC)
    for ahead in range(_MOST_DAYS):
        for time in _times(schedule, at.date() + dt.timedelta(days=ahead)):
            if time > at:
                return time
    raise ValueError(schedule)


def _times(schedule: crontab, day: dt.date, *, latest_first: bool = False) -> Iterator[dt.datetime]:
    """The times of a day, in order; none on a day that the crontab leaves out."""
    # Crontabs count the days of the week from Sunday.
    is_named = day.isoweekday() % 7 in schedule.day_of_week and day.day in schedule.day_of_month
    if not is_named or day.month not in schedule.month_of_year:
        return
    for hour in sorted(schedule.hour, reverse=latest_first):
        for minute in sorted(schedule.minute, reverse=latest_first):
            yield dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)
