"""What can be done to activities."""

import datetime as dt

from django.db import transaction

from articles.dates import PartialDate, refuse_backwards
from registry.actions import counters, records, slugs
from registry.actions.rows import Rows
from registry.actions.shapes import Shape
from registry.actions.values import Values
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
)
from registry.permissions import SYSTEM, Actor

# Entry into force of the Minamata Convention (Article 31): the phases of PAG-6 §11–16 meet here.
ENTRY_INTO_FORCE = dt.date(2017, 8, 16)
# The verb of the events that the calendar causes; everything else is somebody's doing.
TIME_PASSED = "time passed"

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
    """Move on the status of activities whose dates have passed; returns how many moved.

    Each move is an accepted change with its own version and event, like any other.
    """
    moved = 0
    for activity in Activity.objects.published().exclude(start="", end="").order_by("pk"):
        if (status := status_on(activity, today)) != activity.status:
            note = f"status: {activity.status or 'not recorded'} → {status or 'not recorded'}"
            NOUN.touch(record=activity, by=by, verb=TIME_PASSED, note=note)
            moved += 1
    return moved


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


def _prepare(activity: Activity, today: dt.date) -> None:
    slugs.give(activity, activity.title)
    refuse_backwards(activity.start, activity.end)
    if not activity.number:
        activity.number = counters.advance(counters.ACTIVITY)
        activity.reference = reference(activity.number)
    activity.clean_fields(exclude=["status", "phase"])  # dates must be dates before they are read
    activity.status = status_on(activity, today)
    activity.phase = phase_of(activity)


def _shown_by(activity: Activity, before: Values, after: Values) -> records.Shown:
    yield "guidance", {*before.get("outputs", ()), *after["outputs"]}


NOUN = records.Noun(shape=SHAPE, prepare=_prepare, shown_by=_shown_by)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
