"""Who is told what of a submission or a membership: one message for each move, to each person.

Each writes into the outbox, in the transaction of what it tells (see `notices.queue`).
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from articles.languages import without_language
from registry.actions import notices
from registry.models import (
    Invitation,
    JoinRequest,
    Membership,
    Notice,
    Partner,
    Remark,
    Submission,
    User,
)
from registry.models.submissions import WRITABLE
from registry.permissions import STAFF_ROLES, Actor, System, Verb

Kind = Notice.Kind
# What partners are promised on the pages: an answer within a week.
ANSWERED_WITHIN = dt.timedelta(days=7)


def link(name: str, *args: str) -> str:
    """The whole address of a page of this site; its mail names the language of who reads it."""
    return settings.SITE_URL + without_language(reverse(name, args=args))


def authors(submission: Submission) -> list[User]:
    """Those to whom an answer goes: who wrote it, if it is still theirs to read, and focal points.

    Whoever has left the partner is told no more of it than anybody else.
    """
    focal = Q(
        memberships__partner=submission.partner_id,
        memberships__role=Membership.Role.FOCAL_POINT,
    )
    people = User.objects.filter(focal) if submission.partner_id else User.objects.none()
    mine = [submission.author] if _may_read(submission.author, submission) else []
    return list(dict.fromkeys([*mine, *people.filter(is_active=True).order_by("pk")]))


def _may_read(user: User, submission: Submission) -> bool:
    return Submission.objects.visible_to(user).filter(pk=submission.pk).exists()


def reviewers(submission: Submission) -> list[User]:
    """Those who can do something about it: who decides; unless the partner has it, who reviews."""
    concerned = Q(pk__in=deciders().values("pk"))
    if submission.submitted_at and submission.status not in WRITABLE:
        areas = submission.touched_areas.values("area")
        concerned |= Q(reviewed_areas__area__in=areas)
    people = User.objects.filter(concerned, is_active=True)
    own = Membership.objects.filter(partner=submission.partner_id).values("user")
    return list(people.exclude(pk__in=own).exclude(pk=submission.author_id).distinct())


def deciders() -> QuerySet[User]:
    """The secretariat's people who decide, and read what visitors write."""
    decide = [role.name for role in STAFF_ROLES if Verb.DECIDE_SUBMISSIONS in role.verbs]
    found = User.objects.filter(is_staff=True, is_active=True, groups__name__in=decide)
    return found.distinct().order_by("pk")


def submitted(*, submission: Submission, by: Actor) -> None:
    """It was handed in: the author has a receipt, or who does it instead; reviewers have work."""
    due = (submission.submitted_at + ANSWERED_WITHIN).date()
    author = submission.author
    to = [author] if isinstance(by, System) or _may_read(author, submission) else [by]
    _tell(Kind.SUBMISSION_RECEIVED, submission, to, by, due=due)
    said = _about(submission) | {"due": due, "link": link("review-detail", submission.reference)}
    said["partner"] = said.get("partner") or submission.title
    if submission.base:
        said["changes"] = sorted(submission.values)
    _queue(Kind.SUBMISSION_ARRIVED, submission, reviewers(submission), said, by)


def asked(*, submission: Submission, text: str, by: Actor) -> None:
    """Changes are asked for."""
    _tell(Kind.CHANGES_ASKED, submission, authors(submission), by, message=text)


def declined(*, submission: Submission, text: str, by: Actor) -> None:
    """It was declined."""
    _tell(Kind.SUBMISSION_DECLINED, submission, authors(submission), by, message=text)


def approved(*, submission: Submission, text: str, by: Actor) -> None:
    """It is public."""
    said = _about(submission) | {"link": link(f"{submission.noun}-detail", submission.key)}
    if text:
        said["message"] = text
    _queue(Kind.SUBMISSION_APPROVED, submission, authors(submission), said, by)


def withdrawn(*, submission: Submission, by: Actor) -> None:
    """What was in review was taken back."""
    said = _about(submission) | {"link": link("review-detail", submission.reference)}
    _queue(Kind.SUBMISSION_WITHDRAWN, submission, reviewers(submission), said, by)


def commented(*, remark: Remark, by: Actor) -> None:
    """Somebody wrote to the other side."""
    submission = remark.submission
    is_from_partner = remark.author in authors(submission) or _is_member(remark.author, submission)
    to = reviewers(submission) if is_from_partner else authors(submission)
    page = "review-detail" if is_from_partner else "submission-detail"
    said = _about(submission) | {
        "person": str(remark.author),
        "message": remark.text,
        "link": link(page, submission.reference),
    }
    _queue(Kind.COMMENT_ADDED, submission, to, said, by, once=f"remark:{remark.pk}")


def recommended(*, remark: Remark, by: Actor) -> None:
    """A reviewer gave advice; only those who decide learn of it."""
    submission = remark.submission
    said = _about(submission) | {
        "person": str(remark.author),
        "link": link("review-detail", submission.reference),
    }
    if remark.text:
        said["message"] = remark.text
    to = [user for user in reviewers(submission) if user.is_staff and user != remark.author]
    _queue(Kind.RECOMMENDED, submission, to, said, by, once=f"remark:{remark.pk}")


def _is_member(user: User, submission: Submission) -> bool:
    return Membership.objects.filter(user=user, partner=submission.partner_id).exists()


def _about(submission: Submission) -> dict:
    said = {"title": submission.title or submission.reference, "reference": submission.reference}
    return said | ({"partner": submission.partner.name} if submission.partner else {})


def _tell(
    kind: Notice.Kind, submission: Submission, to: Iterable[User], by: Actor, **words: object
) -> None:
    said = _about(submission) | words
    said["link"] = link("submission-detail", submission.reference)
    _queue(kind, submission, to, said, by)


def _queue(
    kind: Notice.Kind,
    submission: Submission,
    to: Iterable[User],
    words: dict,
    by: Actor,
    *,
    once: str = "",
) -> None:
    notices.queue(
        kind=kind,
        to=to,
        about=("submission", submission.reference),
        words=words,
        once=f"{kind}:{once or f'{submission.reference}:{submission.version}'}",
        by=by,
    )


def invited(*, invitation: Invitation, secret: str, by: Actor) -> None:
    """A person is invited: the link, to that address."""
    words = {"partner": invitation.partner.name, "link": link("invitation", secret)}
    words["role"] = str(invitation.get_role_display())
    if isinstance(by, User):
        words["person"] = str(by)
    notices.queue_to_address(
        kind=Kind.INVITED,
        address=invitation.email,
        language=getattr(by, "language", "en"),
        about=("partner", invitation.partner.slug),
        words=words,
        once=f"invited:{invitation.pk}",
        by=by,
    )


def joined(*, membership: Membership, by: Actor) -> None:
    """Somebody speaks for the partner from now on: all focal points learn of it."""
    words = {
        "person": str(membership.user),
        "partner": membership.partner.name,
        "role": str(membership.get_role_display()),
        "link": link("desk-members", membership.partner.slug),
    }
    to = [user for user in _focal_points(membership.partner) if user != membership.user]
    _of_partner(Kind.JOINED, membership.partner, to, words, by, f"joined:{membership.pk}")


def join_asked(*, asked: JoinRequest, by: Actor) -> None:
    """Somebody asks to speak for the partner: its focal points decide, or else the secretariat."""
    words = {
        "person": str(asked.user),
        "partner": asked.partner.name,
        "link": link("desk-members", asked.partner.slug),
    }
    if asked.message:
        words["message"] = asked.message
    to = _focal_points(asked.partner) or list(deciders())
    _of_partner(Kind.JOIN_ASKED, asked.partner, to, words, by, f"join-asked:{asked.pk}")


def role_changed(*, membership: Membership, by: Actor, event: int) -> None:
    """A role changed: the person and the focal points learn of it."""
    words = {
        "partner": membership.partner.name,
        "role": str(membership.get_role_display()),
        "person": str(membership.user),
        "link": link("desk-partner", membership.partner.slug),
    }
    to = [membership.user, *_focal_points(membership.partner)]
    _of_partner(Kind.ROLE_CHANGED, membership.partner, to, words, by, f"role:{event}")


def removed(*, user: User, partner: Partner, by: Actor, event: int) -> None:
    """Somebody no longer speaks for the partner: the person and the focal points learn of it."""
    words = {"partner": partner.name, "person": str(user), "link": link("desk")}
    to = [user, *_focal_points(partner)]
    _of_partner(Kind.REMOVED, partner, to, words, by, f"removed:{event}")


def _focal_points(partner: Partner) -> list[User]:
    focal = partner.memberships.filter(role=Membership.Role.FOCAL_POINT)
    people = User.objects.filter(pk__in=focal.values("user"), is_active=True)
    return list(people.order_by("pk"))


def _of_partner(
    kind: Notice.Kind, partner: Partner, to: list[User], words: dict, by: Actor, once: str
) -> None:
    notices.queue(kind=kind, to=to, about=("partner", partner.slug), words=words, once=once, by=by)
