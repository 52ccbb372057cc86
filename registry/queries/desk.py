"""Questions of a partner's desk: whose it is, what waits there and for whom, what the partner has.

Nothing of this is public: doors ask only after they have made sure whose desk it is.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from articles.folding import fold
from registry.models import (
    Activity,
    Guidance,
    Invitation,
    JoinRequest,
    Membership,
    Partner,
    Record,
    Remark,
    Status,
    Submission,
    User,
)
from registry.models.submissions import WRITABLE

YEAR = dt.timedelta(days=365)
# What is long and stands on no list.
_LONG = ("values", "base", "not_the_same")


def desks_of(user: User) -> list[Membership]:
    """The partners a person speaks for, by name, each with how much waits there.

    On each membership stand `for_partner` and `for_secretariat`, submissions that wait for them,
    and `asking`, people who ask to join.
    """
    open_ones = Submission.objects.open()
    return list(
        user.memberships.select_related("partner")
        .annotate(
            for_partner=_count(open_ones.filter(status__in=WRITABLE)),
            for_secretariat=_count(open_ones.waiting()),
            asking=_count(JoinRequest.objects.filter(decided_at=None)),
        )
        .order_by("partner__name")
    )


def _count(rows: QuerySet) -> Coalesce:
    """How many rows a membership's partner has, as a part of one question."""
    counted = rows.filter(partner=OuterRef("partner")).order_by().values("partner")
    number = counted.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Work:
    """A partner's submissions by whom they wait for, and those that were decided."""

    for_partner: list[Submission]
    for_secretariat: list[Submission]
    decided: list[Submission]


def work_of(partner: Partner, now: dt.datetime) -> Work:
    """What is open, the longest untouched first; and what was decided in the last year."""
    known = Q(status__in=[*WRITABLE, Status.SUBMITTED]) | Q(decided_at__gte=now - YEAR)
    rows = list(
        partner.submissions.filter(known)
        .select_related("author")
        .defer(*_LONG)
        .order_by("since", "number")
    )
    decided = [row for row in rows if row.decided_at]
    return Work(
        for_partner=[row for row in rows if row.status in WRITABLE],
        for_secretariat=[row for row in rows if row.status == Status.SUBMITTED],
        decided=sorted(decided, key=lambda row: row.decided_at, reverse=True),
    )


def messages_of(partner: Partner, limit: int) -> list[Remark]:
    """What was said last about the partner's submissions, as far as the partner may read it."""
    said = Remark.objects.filter(kind__in=Remark.FOR_PARTNER, submission__partner=partner)
    return list(
        said.select_related("author", "submission")
        .defer(*(f"submission__{name}" for name in _LONG))
        .order_by("-at", "-pk")[:limit]
    )


def activities_of(partner: Partner) -> QuerySet[Activity]:
    """The activities in which it takes part; those that nobody confirmed for longest come first.

    Completed ones come last: they need no confirming.
    """
    found = Activity.objects.filter(
        pk__in=partner.participations.values("activity"), withdrawn_at=None
    )
    is_over = Case(When(freshness="", then=1), default=0)
    return found.order_by(is_over, F("confirmed_on").asc(nulls_first=True), "pk")


def guidance_of(partner: Partner) -> QuerySet[Guidance]:
    """The documents that it published, the newest first."""
    found = Guidance.objects.filter(
        pk__in=partner.publications.values("guidance"), withdrawn_at=None
    )
    return found.order_by(F("year").desc(nulls_last=True), "pk")


def open_changes(partner: Partner, records: list[Record]) -> dict[str, Submission]:
    """The partner's open changes of records of one noun, by the slug of the record."""
    if not records:
        return {}
    slugs = [record.slug for record in records]
    found = partner.submissions.open().filter(noun=records[0].noun, key__in=slugs)
    return {each.key: each for each in found.defer(*_LONG).order_by("-number")}


def holders_of(record: Record) -> set[int]:
    """The numbers of the organisations whose own record it is: who take part, who published it."""
    if isinstance(record, Activity):
        return set(record.participations.values_list("partner", flat=True))
    if isinstance(record, Guidance):
        return set(record.publishers.values_list("partner", flat=True))
    return {record.pk}


def members_of(partner: Partner) -> list[Membership]:
    """Who speaks for the partner: focal points first, then by name."""
    # “focal-point” stands behind “contributor”.
    return list(
        partner.memberships.select_related("user").order_by("-role", "user__name", "user__email")
    )


def invitations_of(partner: Partner, now: dt.datetime) -> list[Invitation]:
    """The invitations that can still be accepted, the newest first."""
    found = partner.invitations.filter(_still_open(now)).select_related("invited_by")
    return list(found.order_by("-created_at", "-pk"))


def invitations_for(user: User, now: dt.datetime) -> list[Invitation]:
    """The invitations that a person can still accept."""
    found = Invitation.objects.filter(_still_open(now), email__iexact=user.email)
    return list(found.select_related("partner", "invited_by").order_by("expires_at", "pk"))


def _still_open(now: dt.datetime) -> Q:
    return Q(accepted_at=None, revoked_at=None, expires_at__gt=now)


def requests_of(partner: Partner) -> list[JoinRequest]:
    """Who asks to speak for the partner, the longest waiting first."""
    found = partner.join_requests.filter(decided_at=None).select_related("user")
    return list(found.order_by("asked_at", "pk"))


def requests_unheard() -> list[JoinRequest]:
    """Who asks to speak for partners that have no focal point, the longest waiting first."""
    heard = Membership.objects.filter(role=Membership.Role.FOCAL_POINT, user__is_active=True)
    found = JoinRequest.objects.filter(decided_at=None).exclude(partner__in=heard.values("partner"))
    return list(found.select_related("user", "partner").order_by("asked_at", "pk"))


def requests_by(user: User, now: dt.datetime) -> list[JoinRequest]:
    """Where a person asks to join, and where they were refused in the last year."""
    known = Q(decided_at=None) | Q(is_accepted=False, decided_at__gte=now - YEAR)
    found = user.join_requests.filter(known).select_related("partner")
    return list(found.order_by("-asked_at", "-pk"))


def applications_of(user: User) -> list[Submission]:
    """A person's applications for organisations that are no partners yet, the newest first."""
    found = user.submissions.filter(partner=None).defer(*_LONG)
    return list(found.order_by("-number"))


def partner_names() -> list[str]:
    """The names of all partners, to be offered while somebody types."""
    found = Partner.objects.published().partners().order_by("name")
    return list(found.values_list("name", flat=True))


def partners_called(text: str, limit: int) -> list[Partner]:
    """Partners with words that begin so in a name or acronym; whose names begin so come first."""
    wanted = fold(text).split()
    if not wanted:
        return []
    found = [
        (not any(name.startswith(" ".join(wanted)) for name in names), fold(partner.name), partner)
        for partner, names in _names_of_partners()
        if all(any(f" {word}" in f" {name}" for name in names) for word in wanted)
    ]
    return [partner for *_rank, partner in sorted(found, key=lambda each: each[:2])[:limit]]


def _names_of_partners() -> list[tuple[Partner, list[str]]]:
    partners = Partner.objects.published().partners().prefetch_related("other_names")
    return [
        (
            each,
            [
                fold(name)
                for name in (each.name, each.acronym, *(o.name for o in each.other_names.all()))
                if name
            ],
        )
        for each in partners
    ]
