"""Who waits for whom, and since when: every open submission has a clock, and silence is told."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from registry.models import AreaReviewer, Membership, Status, Submission, SubmissionArea, User

# After a week somebody is reminded, after two it goes to others: what registries of this kind have
# found that people need to answer among their other work, and that partners bear to wait.
DUE = dt.timedelta(days=7)
OVERDUE = dt.timedelta(days=14)


class Side(StrEnum):
    """Whose turn it is."""

    PARTNER = "partner"
    REVIEWER = "reviewer"


class Stage(StrEnum):
    """How far a clock has run."""

    RUNNING = "running"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Clock:
    """Whose turn it is, since when, and how far the time has run."""

    side: Side
    since: dt.datetime
    stage: Stage

    @property
    def due_on(self) -> dt.date:
        """The day by which something is expected."""
        return (self.since + DUE).date()


def clock_of(submission: Submission, now: dt.datetime) -> Clock | None:
    """The clock of a submission; None where nobody waits any more.

    The partner's runs since changes were asked for, or since it wrote last: who writes is not
    asleep. The reviewers' runs since it was handed in, whoever has taken it on meanwhile.
    """
    if submission.status == Status.SUBMITTED:
        side, since = Side.REVIEWER, submission.since
    elif submission.status in (Status.DRAFT, Status.CHANGES_REQUESTED):
        side, since = Side.PARTNER, max(submission.since, submission.saved_at)
    else:
        return None
    waited = now - since
    stage = Stage.OVERDUE if waited >= OVERDUE else Stage.DUE if waited >= DUE else Stage.RUNNING
    return Clock(side, since, stage)


@dataclass(frozen=True)
class Reminder:
    """A message that is due: of which kind, about what, to whom; `once` names it for good."""

    kind: str
    submission: Submission
    to: tuple[User, ...]
    since: dt.datetime
    once: str


def due_reminders(now: dt.datetime) -> list[Reminder]:
    """Every reminder that should have been sent by now, those that were sent already among them.

    The partner's people are reminded after a week and after two; those who review after a week,
    and after two the whole secretariat. After a pause of the timetable only the later one is due.
    """
    late = Submission.objects.open().filter(since__lte=now - DUE)
    found = list(late.select_related("partner", "author", "claimed_by").order_by("number"))
    people = _People(found)
    reminders = []
    for submission in found:
        clock = clock_of(submission, now)
        if clock is None or clock.stage == Stage.RUNNING:
            continue
        if to := people.for_clock(submission, clock):
            reminders.append(_reminder(submission, clock, to))
    return reminders


def _reminder(submission: Submission, clock: Clock, to: Iterable[User]) -> Reminder:
    if clock.side == Side.PARTNER:
        kind = "partner_reminder"
    else:
        kind = "escalation" if clock.stage == Stage.OVERDUE else "reviewer_reminder"
    once = f"{kind}:{submission.reference}:{clock.since.date().isoformat()}:{clock.stage}"
    return Reminder(kind, submission, tuple(to), clock.since, once)


class _People:
    """Who is told about each of some submissions; all are looked up at once."""

    def __init__(self, submissions: list[Submission]) -> None:
        self.members = _by_key(
            Membership.objects.filter(
                partner__in={each.partner_id for each in submissions if each.partner_id}
            ).select_related("user"),
            "partner_id",
        )
        areas = _by_key(AreaReviewer.objects.select_related("user"), "area_id")
        self.reviewers: dict[int, list[User]] = {}
        for touched in SubmissionArea.objects.filter(submission__in=submissions):
            found = [each.user for each in areas.get(touched.area_id, [])]
            self.reviewers.setdefault(touched.submission_id, []).extend(found)
        self.staff = list(secretariat())

    def for_clock(self, submission: Submission, clock: Clock) -> list[User]:
        """Those whose turn it is; for what is long overdue, the secretariat."""
        if clock.side == Side.PARTNER:
            return self._of_partner(submission)
        if clock.stage == Stage.OVERDUE:
            return self._others(submission, self.staff)
        return self._reviewing(submission)

    def _of_partner(self, submission: Submission) -> list[User]:
        """Whoever wrote it, if still a member, and the focal points; or else who wrote it."""
        members = self.members.get(submission.partner_id, [])
        author, focal = submission.author, Membership.Role.FOCAL_POINT
        mine = [each.user for each in members if each.user == author]
        return _active([*mine, *(each.user for each in members if each.role == focal)] or [author])

    def _reviewing(self, submission: Submission) -> list[User]:
        """Who has taken it on; otherwise the reviewers of its areas; otherwise the secretariat."""
        taken = [submission.claimed_by] if submission.claimed_by else []
        touching = self.reviewers.get(submission.pk, [])
        groups = (self._others(submission, users) for users in (taken, touching, self.staff))
        return next((users for users in groups if users), [])

    def _others(self, submission: Submission, users: Iterable[User]) -> list[User]:
        """Those who may have a say: neither the author nor people of the partner."""
        own = {submission.author_id}
        own |= {each.user_id for each in self.members.get(submission.partner_id, [])}
        return [user for user in _active(users) if user.pk not in own]


def _by_key[Row](rows: Iterable[Row], key: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _active(users: Iterable[User]) -> list[User]:
    return [user for user in dict.fromkeys(users) if user.is_active]


def secretariat() -> QuerySet[User]:
    """The people of the secretariat who have a role in it."""
    has_role = Q(groups__isnull=False) | Q(is_superuser=True)
    people = User.objects.filter(has_role, is_staff=True, is_active=True)
    return people.distinct().order_by("pk")
