"""Nobody is forgotten: whoever is waited for is told, and after longer others are."""

import datetime as dt
from typing import Any

from django.db import transaction

from registry.actions import notices, telling
from registry.models import Notice
from registry.permissions import Actor, Verb, require
from registry.queries import clocks, confirmations, freshness
from registry.queries.clocks import Reminder
from registry.queries.freshness import Question


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
        "link": telling.link(page, submission.reference),
    }


def ask_to_confirm(*, by: Actor) -> int:
    """Ask partners whether their activities are still right; returns how many are in question.

    It may run as often as it likes: each person is asked once when an activity is due to be
    confirmed, and once more when that is overdue.
    """
    require(by, Verb.EDIT_RECORDS)
    asked = freshness.questions()
    for question in asked:
        _ask(question, by)
    return len(asked)


@transaction.atomic
def _ask(question: Question, by: Actor) -> None:
    activity = question.activity
    words = {
        "title": activity.title,
        "reference": activity.reference,
        "partner": question.partner,
        "since": activity.confirmed_on,
        "due": question.until,
    }
    for user in question.to:
        # Each has a link of their own, since it answers for them.
        link = telling.link("confirm", confirmations.token_for(activity, user))
        notices.queue(
            kind=Notice.Kind.CONFIRM_RECORD,
            to=[user],
            about=(activity.noun, activity.slug),
            words=words | {"link": link},
            once=question.once,
            by=by,
        )
