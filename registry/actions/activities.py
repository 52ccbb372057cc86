"""What can be done to activities."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles.dates import PartialDate, refuse_backwards
from registry.actions import counters, records
from registry.actions.rows import Rows
from registry.actions.shapes import Shape
from registry.errors import Refused
from registry.models import (
    Activity,
    ActivityArea,
    ActivityArticle,
    ActivityCountry,
    ActivityLink,
    ActivityOutput,
    ActivityRegion,
    FundingLine,
    Participation,
    Partner,
)
from registry.permissions import SYSTEM, Actor, Verb, can
from registry.queries.freshness import freshness_on

# Entry into force of the Minamata Convention (Article 31): the phases of PAG-6 §11–16 meet here.
ENTRY_INTO_FORCE = dt.date(2017, 8, 16)
# The verb of the events that the calendar causes; everything else is somebody's doing.
TIME_PASSED = "time passed"
CONFIRM = "confirm"

SHAPE = Shape(
    Activity,
    fields=(
        "slug",
        "title",
        "summary",
        "kind",
        "level",
        "attribution",
        "reported_status",
        "start",
        "end",
        "gef_id",
        "url",
        "confirmed_on",
        "confirm_every",
        "source",
        "source_system",
        "external_id",
    ),
    rows=(
        Rows("participations", Participation, "activity", ("partner", "role")),
        Rows("areas", ActivityArea, "activity", ("area",)),
        Rows("articles", ActivityArticle, "activity", ("article", "basis")),
        Rows("countries", ActivityCountry, "activity", ("country",)),
        Rows("regions", ActivityRegion, "activity", ("region",)),
        Rows("funding_lines", FundingLine, "activity", ("funder", "amount", "currency")),
        Rows("links", ActivityLink, "activity", ("label", "url")),
        Rows("outputs", ActivityOutput, "activity", ("guidance",)),
    ),
)


@transaction.atomic
def refresh_statuses(*, today: dt.date, by: Actor = SYSTEM) -> int:
    """Move on what follows from the calendar, status and freshness; returns how many moved.

    Each move is an accepted change with its own version and event, like any other.
    """
    moved = 0
    for activity in Activity.objects.published().order_by("pk"):
        before = (activity.status, activity.freshness)
        _follow_calendar(activity, today)
        if before != (activity.status, activity.freshness):
            note = _what_moved(before, activity)
            NOUN.touch(record=activity, by=by, verb=TIME_PASSED, note=note)
            moved += 1
    return moved


def _follow_calendar(activity: Activity, today: dt.date) -> None:
    activity.status = status_on(activity, today)
    activity.freshness = freshness_on(activity, today)


def _what_moved(before: tuple[str, str], activity: Activity) -> str:
    status, freshness = before
    moves = (
        ("status", status or "not recorded", activity.status or "not recorded"),
        ("freshness", freshness or "needs none", activity.freshness or "needs none"),
    )
    return "; ".join(f"{name}: {was} → {now}" for name, was, now in moves if was != now)


@transaction.atomic
def confirm(*, activity: Activity, version: int, by: Actor, today: dt.date) -> Activity:
    """Say that an activity is still as its record says; `version` is the one that was read.

    Nobody reviews it, since it changes no fact but the day. Said twice on a day, it is one event.
    Raises PermissionDenied (see `may_confirm`), Stale where the record has moved on, Refused where
    it is withdrawn, or completed and needs no confirming.
    """
    if not may_confirm(activity=activity, by=by):
        said = _("Only those who speak for an organisation that takes part in it can confirm it.")
        raise PermissionDenied(said)
    counters.hold(counters.REVISION)  # of two clicks the second finds it confirmed
    activity = Activity.objects.get(pk=activity.pk)
    if activity.withdrawn_at is None and activity.confirmed_on and activity.confirmed_on >= today:
        return activity
    if activity.status == Activity.Status.COMPLETED:
        raise Refused(_("“%s” is completed; it needs no confirming.") % activity)
    values = {"confirmed_on": today.isoformat()}
    return NOUN.accept(record=activity, values=values, version=version, by=by, verb=CONFIRM)


def may_confirm(*, activity: Activity, by: object) -> bool:
    """Whether somebody speaks for an organisation that takes part in it, or for the secretariat."""
    if can(by, Verb.EDIT_RECORDS):
        return True
    taking_part = Partner.objects.published().filter(participations__activity=activity).distinct()
    return any(can(by, Verb.WRITE_SUBMISSIONS, partner) for partner in taking_part)


def status_on(activity: Activity, today: dt.date) -> str:
    """The status that the dates prove on `today`; where they prove none, the reported one.

    A date known only to the year or month proves something only when all of its days do.
    """
    start = PartialDate.parse(activity.start) if activity.start else None
    end = PartialDate.parse(activity.end) if activity.end else None
    if end and end.last_day < today:
        return Activity.Status.COMPLETED
    if start and start.first_day > today:
        return Activity.Status.PLANNED
    if start and end and start.last_day <= today <= end.first_day:
        return Activity.Status.ONGOING
    return activity.reported_status


def phase_of(activity: Activity) -> str:
    """The phase in which an activity began, where its dates prove it; blank where they do not."""
    start = PartialDate.parse(activity.start) if activity.start else None
    end = PartialDate.parse(activity.end) if activity.end else None
    if any(date and date.last_day < ENTRY_INTO_FORCE for date in (start, end)):
        return Activity.Phase.INTERIM
    if start and start.first_day >= ENTRY_INTO_FORCE:
        return Activity.Phase.AFTER
    return ""


def reference(number: int) -> str:
    """The reference of the activity with this number: “A-1042-5”.

    The last digit checks the others (Luhn), so that a slip on the telephone is noticed.
    """
    digits = [int(digit) for digit in reversed(str(number))]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[0::2]]
    check = -(sum(doubled) + sum(digits[1::2])) % 10
    return f"A-{number:04}-{check}"


def _number(new: Sequence[Activity]) -> None:
    last = counters.advance(counters.ACTIVITY, by=len(new))
    for number, activity in enumerate(new, last - len(new) + 1):
        activity.number, activity.reference = number, reference(number)


def _prepare(activity: Activity, today: dt.date) -> None:
    refuse_backwards(activity.start, activity.end)
    _follow_calendar(activity, today)
    activity.phase = phase_of(activity)


def _shown_by(changes: Sequence[records.Changed]) -> records.Shown:
    both = [values for each in changes for values in (each.before, each.after)]
    yield "guidance", {slug for values in both for slug in values.get("outputs", ())}


NOUN = records.Noun(shape=SHAPE, called=str, number=_number, prepare=_prepare, shown_by=_shown_by)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
