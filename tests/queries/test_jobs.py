"""What is to be thought of a job, by its timetable and the ledger."""

import datetime as dt

import pytest
from celery.schedules import crontab
from django.db.migrations.recorder import MigrationRecorder

from registry.models import Job
from registry.queries import jobs
from registry.queries.jobs import Verdict, last_due, next_due

NIGHTLY, EACH_MINUTE = crontab(hour=1, minute=47), crontab()
MONDAYS, TENTHS = crontab(day_of_week="mon", hour=6, minute=3), crontab(minute="4-59/10")
# A Wednesday.
NOW = dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC)


def at(text):
    return dt.datetime.fromisoformat(f"2026-03-{text}+00:00")


@pytest.mark.parametrize(
    ("schedule", "last", "following"),
    [
        (NIGHTLY, "11T01:47", "12T01:47"),
        (EACH_MINUTE, "11T12:00", "11T12:01"),
        (MONDAYS, "09T06:03", "16T06:03"),
        (TENTHS, "11T11:54", "11T12:04"),
        (3600, "11T12:00", "11T13:00"),
    ],
)
def test_times_before_and_after(schedule, last, following):
    assert last_due(schedule, NOW) == at(last)
    assert next_due(schedule, NOW) == at(following)
    # Celery's own clock agrees.
    if isinstance(schedule, crontab):
        schedule.nowfun = lambda: NOW
        assert NOW + schedule.remaining_estimate(NOW) == at(following)


# A night job is waited for a day longer: the last that must have run began on the 10th.
CASES = {
    "ran in time": ({"started_at": "11T01:47", "succeeded_at": "11T01:50"}, Verdict.WELL),
    "ran the night before": ({"started_at": "10T01:47", "succeeded_at": "10T01:50"}, Verdict.WELL),
    "ran two nights before": ({"started_at": "09T01:47", "succeeded_at": "09T01:48"}, "missed"),
    "failed": ({"started_at": "11T01:47", "failed_at": "11T01:50", "failures": 2}, Verdict.FAILED),
    "failed, then well": (
        {"started_at": "11T01:47", "succeeded_at": "11T01:50", "failed_at": "10T01:50"},
        Verdict.WELL,
    ),
    "never ended": ({"started_at": "11T01:47", "succeeded_at": "10T01:50"}, Verdict.CUT_OFF),
    "runs now": ({"started_at": "11T11:55", "succeeded_at": "10T01:50"}, Verdict.WELL),
}


@pytest.mark.parametrize("case", CASES)
def test_verdict(db, settings, case):
    line, verdict = CASES[case]
    times = {n: at(v) if isinstance(v, str) else v for n, v in line.items()}
    error = {"error": "OSError"} if "failed_at" in line else {}
    Job.objects.create(name="take_backup", **times, **error)
    settings.CELERY_BEAT_SCHEDULE = {
        "take-backup": {"task": "registry.tasks.take_backup", "schedule": NIGHTLY}
    }

    (state,) = jobs.states(NOW)

    assert (state.name, state.verdict) == ("take_backup", verdict)
    if verdict == Verdict.MISSED:
        assert state.since == state.due_at == at("10T01:47")


@pytest.mark.parametrize(("came", "verdict"), [("10T02:00", Verdict.NEW), ("09T01:00", "missed")])
def test_job_that_never_ran_is_expected_from_the_release_on(db, settings, came, verdict):
    MigrationRecorder.Migration.objects.filter(app="registry").update(applied=at(came))
    settings.CELERY_BEAT_SCHEDULE = {"x": {"task": "registry.tasks.remind", "schedule": NIGHTLY}}

    (state,) = jobs.states(NOW)

    assert (state.verdict, state.job) == (verdict, None)


def test_every_job_of_the_timetable_has_words(db, settings):
    found = jobs.states(NOW)

    assert {state.name for state in found} == set(jobs.WORDS)
    assert len(found) == len(settings.CELERY_BEAT_SCHEDULE)
