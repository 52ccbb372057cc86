"""Without a broker, a process of its own runs the timetable's jobs while the site is served."""

import datetime as dt
import os
import subprocess
import sys
import time
from io import StringIO

import pytest
from celery import current_app
from celery.schedules import crontab
from django.conf import settings as project
from django.core import mail
from django.core.management import call_command
from django.db import connection

from partnership import timetable
from registry import tasks
from registry.management.commands import serve
from registry.management.commands.timetable import LONGEST_PAUSE, Job
from registry.models import Notice
from tests.notices import notice, person


def test_every_job_of_the_timetable_exists():
    named = {job["task"] for job in timetable.jobs(has_broker=True).values()}

    assert named == {name for name in current_app.tasks if name.startswith("registry.")}


def test_messages_leave_each_minute_and_sooner_without_a_broker():
    with_broker = timetable.jobs(has_broker=True)["deliver-notices"]

    assert (with_broker["schedule"], with_broker["options"]) == (crontab(), {"expires": 60})
    assert timetable.jobs(has_broker=False)["deliver-notices"]["schedule"] == 5


@pytest.fixture
def kept_connection(db, monkeypatch):
    """Jobs put old connections away, and one within a transaction looks unusable to them."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


def test_job_runs_when_its_time_has_come(kept_connection):
    notice()
    job = Job(task="registry.tasks.deliver_notices", schedule=3600)

    job.run_if_due()
    assert mail.outbox == []
    job.last_run -= dt.timedelta(hours=1)
    job.run_if_due()
    job.run_if_due()

    assert len(mail.outbox) == 1
    assert Job(task="x", schedule=crontab(hour=0, minute=0)).pause() <= LONGEST_PAUSE
    assert Job(task="x", schedule=0.001).pause() == 0.2


def test_job_that_fails_does_not_end_the_others(caplog, kept_connection):
    job = Job(task="registry.tasks.no_such", schedule=0)

    job.run_if_due()

    assert "Job registry.tasks.no_such failed" in caplog.text


def test_task_and_command_send_what_waits(db, caplog):
    caplog.set_level("INFO", "registry.tasks")
    notice()
    out = StringIO()

    tasks.deliver_notices.delay()
    notice()
    notice()
    call_command("deliver_notices", most=1, stdout=out)

    assert "1 messages sent, 0 given up, 0 wait" in caplog.messages
    assert out.getvalue() == "1 sent, 0 given up, 1 wait.\n"
    assert len(mail.outbox) == 2


def test_task_writes_the_digests(db):
    user = person()
    user.notice_preferences.create(group="comments", choice="weekly")
    notice(Notice.Kind.COMMENT_ADDED, user=user)

    tasks.send_digests.delay()

    assert Notice.objects.filter(kind="digest").get().recipient == user


@pytest.mark.slow
def test_process_of_jobs_ends_with_its_input():
    command = [sys.executable, project.BASE_DIR / "manage.py", "timetable"]
    environment = os.environ | {"DATABASE_URL": "sqlite://:memory:"}

    jobs = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    time.sleep(0.2)
    assert jobs.poll() is None
    jobs.stdin.close()

    assert jobs.wait(60) == 0


def test_nothing_is_started_where_a_broker_runs_the_jobs(settings, monkeypatch):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(subprocess, "Popen", None)

    with serve.clock():
        pass


def test_process_of_jobs_lives_as_long_as_the_site_is_served(settings, monkeypatch):
    started = []

    class Process(subprocess.Popen):
        def __init__(self, command, **options):
            assert command[1:] == [str(project.BASE_DIR / "manage.py"), "timetable"]
            # The end of its input ends it, as it ends the real one.
            super().__init__(
                [sys.executable, "-c", "input()"], stderr=subprocess.DEVNULL, **options
            )
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Process)

    with serve.clock():
        assert started[0].poll() is None

    assert started[0].poll() is not None
