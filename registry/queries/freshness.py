"""How fresh an activity is: when a partner last said that it is still right, and what follows.

A registry is believed as long as somebody stands by what it says; so each activity says when
somebody last did, and partners are asked again in time.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from articles.dates import months_after
from registry.models import Activity, Membership, Participation, User

Freshness = Activity.Freshness

# Months. Activities run for years, and once a year is what every partner can be asked.
CADENCE = 12
# A quarter to answer: field work, holidays and a change of staff fit into it.
DUE_FOR = dt.timedelta(days=90)
# After a second cadence without a word nobody can be said to stand by it any more.
OVERDUE_FOR = dt.timedelta(days=365)


def due_on(activity: Activity) -> dt.date | None:
    """The day from which a partner is asked to confirm it again.

    None where none ever confirmed it, and where it is completed: that needs no confirming.
    """
    if activity.confirmed_on is None or activity.status == Activity.Status.COMPLETED:
        return None
    return months_after(activity.confirmed_on, activity.confirm_every or CADENCE)


def freshness_on(activity: Activity, today: dt.date) -> str:
    """How fresh it is on `today`, by its status of that day; blank where it is completed."""
    if activity.status == Activity.Status.COMPLETED:
        return ""
    day = due_on(activity)
    if day is None:
        return Freshness.SILENT
    if today < day:
        return Freshness.FRESH
    late = today - day
    if late < DUE_FOR:
        return Freshness.DUE
    return Freshness.OVERDUE if late < DUE_FOR + OVERDUE_FOR else Freshness.SILENT


@dataclass(frozen=True)
class Question:
    """Whom to ask whether an activity is still right, for which organisation; `once` names it."""

    activity: Activity
    partner: str
    to: tuple[User, ...]
    until: dt.date
    once: str


def questions() -> list[Question]:
    """What partners should have been asked by now, what they were asked already among it.

    Asked are the focal points of the organisations that lead the activity; where these have none,
    those of all that take part. Once when it is due, and once more when it is overdue.
    """
    asking = Activity.objects.published().filter(freshness__in=(Freshness.DUE, Freshness.OVERDUE))
    found = list(asking.order_by("number"))
    parts = _parts(found)
    people = _focal_points(parts)
    return [
        _question(activity, chosen)
        for activity in found
        if (chosen := _asked(parts.get(activity.pk, []), people))
    ]


def _parts(activities: list[Activity]) -> dict[int, list[Participation]]:
    rows: dict[int, list[Participation]] = {}
    taking_part = Participation.objects.filter(
        activity__in=activities, partner__withdrawn_at=None
    ).order_by("position")
    for row in taking_part:
        rows.setdefault(row.activity_id, []).append(row)
    return rows


def _focal_points(parts: dict[int, list[Participation]]) -> dict[int, list[Membership]]:
    partners = {row.partner_id for rows in parts.values() for row in rows}
    members: dict[int, list[Membership]] = {}
    focal = Membership.objects.filter(
        partner__in=partners, role=Membership.Role.FOCAL_POINT, user__is_active=True
    )
    for member in focal.select_related("user", "partner").order_by("pk"):
        members.setdefault(member.partner_id, []).append(member)
    return members


def _asked(parts: Iterable[Participation], people: dict[int, list[Membership]]) -> list[Membership]:
    lead = Participation.Role.LEAD
    leads = [m for row in parts if row.role == lead for m in people.get(row.partner_id, [])]
    return leads or [m for row in parts for m in people.get(row.partner_id, [])]


def _question(activity: Activity, asked: list[Membership]) -> Question:
    is_due = activity.freshness == Freshness.DUE
    until = due_on(activity) + DUE_FOR + (dt.timedelta(0) if is_due else OVERDUE_FOR)
    day = activity.confirmed_on.isoformat()
    return Question(
        activity,
        partner=asked[0].partner.name,
        to=tuple(dict.fromkeys(each.user for each in asked)),
        until=until,
        once=f"confirm:{activity.reference}:{day}:{activity.freshness}",
    )
