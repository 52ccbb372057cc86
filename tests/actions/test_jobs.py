"""What is written of a job that starts, ends or fails."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from registry import tasks
from registry.actions import feedback, jobs
from registry.models import Feedback, Job
from registry.permissions import SYSTEM
from tests import factories


def line(name="remind"):
    return Job.objects.get(name=name)


def fails(error, name="remind"):
    with pytest.raises(type(error)), jobs.recorded(name=name, by=SYSTEM):
        raise error


def test_failures_are_counted_until_one_run_is_well(db):
    fails(ValueError("somebody@example.org wrote: secret"))
    fails(OSError(28, "No space left on device", "/home/somebody"))
    failing = line()
    with jobs.recorded(name="remind", by=SYSTEM):
        assert line().failures == 2
    well = line()

    assert (failing.failures, failing.succeeded_at) == (2, None)
    assert failing.error.startswith("OSError (No space left on device) in ")
    assert "somebody" not in failing.error
    assert (well.failures, well.failed_at) == (0, failing.failed_at)
    assert well.started_at <= well.succeeded_at
    assert 0 <= well.seconds < 5


def test_error_says_where_in_our_code(db):
    try:
        feedback.mark(feedback=Feedback(), status="lost", by=None)
    except PermissionDenied as error:
        said = jobs.in_one_line(error)

    assert said.startswith("PermissionDenied in registry.permissions, line ")


def test_task_that_fails_is_written_down_and_raises_on(db, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "in-the-way"
    settings.BACKUP_DIR.write_text("a file")

    with pytest.raises(FileExistsError):
        tasks.take_backup()

    assert line("take_backup").failures == 1
    assert line("take_backup").error.startswith("FileExistsError (File exists) in ")


def test_task_and_command_write_the_same_line(db):
    tasks.deliver_notices.delay()
    first = line("deliver_notices")
    call_command("deliver_notices", stdout=StringIO())
    second = line("deliver_notices")

    assert first.pk == second.pk
    assert first.started_at < first.succeeded_at < second.started_at < second.succeeded_at


def test_editors_run_no_jobs(db):
    with pytest.raises(PermissionDenied), jobs.recorded(name="remind", by=factories.editor()):
        pass

    assert not Job.objects.exists()


def test_ledger_that_cannot_be_written_stops_no_job(db, caplog):
    ran = []
    with jobs.recorded(name="", by=SYSTEM):  # which a constraint refuses
        ran.append(1)

    assert ran == [1]
    assert "The ledger of jobs could not be written" in caplog.text
