"""Nobody is forgotten: whoever is waited for is told, and after longer others are."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from registry.actions import notices
from registry.models import Notice
from registry.permissions import Actor, Verb, require
from registry.queries import clocks
from registry.queries.clocks import Reminder


def remind(*, now: dt.datetime, by: Actor) -> int:
    """Write every reminder that is due by `now`; returns how many are due.

    It may run as often as it likes: each reminder names itself, and is written once.
    """
    require(by, Verb.DECIDE_SUBMISSIONS)
    due = clocks.due_reminders(now)
    for reminder in due:
        _tell(reminder, by)
    return len(due)


@transaction.atomic
def _tell(reminder: Reminder, by: Actor) -> None:
    notices.queue(
        kind=Notice.Kind(reminder.kind),
        to=reminder.to,
        about=("submission", reminder.submission.reference),
        words=_words(reminder),
        once=reminder.once,
        by=by,
    )


def _words(reminder: Reminder) -> dict[str, Any]:
    submission = reminder.submission
    page = "submission-detail" if reminder.kind == "partner_reminder" else "review-detail"
    return {
        "title": submission.title or submission.reference,
        "reference": submission.reference,
        "partner": str(submission.partner) if submission.partner else "",
        "since": reminder.since.date(),
        "link": settings.SITE_URL + reverse(page, args=[submission.reference]),
    }
