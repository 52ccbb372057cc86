"""Runs the timetable's jobs in one process, where there is no broker; `serve` starts it."""

import logging
import sys
import threading

from celery import current_app
from celery.schedules import maybe_schedule
from django.core.management.base import BaseCommand
from django.db import close_old_connections

import registry.tasks  # noqa: F401  The jobs: Celery knows those that are imported.

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 30  # seconds


class Command(BaseCommand):
    help = "Run the timetable's jobs when they are due, until the input ends (as Ctrl-D does)."
    requires_migrations_checks = True

    def handle(self, **options):
        ended = threading.Event()
        # Whoever started us holds the other end: when that process ends, however it does, so do we.
        threading.Thread(target=_wait_for_end, args=(ended,), daemon=True).start()
        jobs = [Job(**entry) for entry in current_app.conf.beat_schedule.values()]
        while not ended.wait(min(job.pause() for job in jobs)):
            for job in jobs:
                job.run_if_due()


def _wait_for_end(ended):
    sys.stdin.read()
    ended.set()


class Job:
    """An entry of the timetable, and when it last ran. What was missed before is not made up."""

    def __init__(self, *, task, schedule, options=None):
        self.task = task
        self.schedule = maybe_schedule(schedule, app=current_app)
        self.last_run = self.schedule.now()

    def pause(self):
        """Seconds until it may be worth looking again."""
        return min(max(self.schedule.is_due(self.last_run).next, 0.2), LONGEST_PAUSE)

    def run_if_due(self):
        """Run the job now if its time has come; a job that fails does not end the others."""
        if not self.schedule.is_due(self.last_run).is_due:
            return
        self.last_run = self.schedule.now()
        close_old_connections()
        try:
            current_app.tasks[self.task]()
        except Exception:
            logger.exception("Job %s failed", self.task)
        finally:
            close_old_connections()
