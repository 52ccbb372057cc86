"""What reviewers and the secretariat do with a submission: talk, advise, ask, decide.

Nobody decides on what they wrote, nor on what a partner of theirs submitted; nobody advises on it
either.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit, counters, proposals, telling
from registry.actions.moving import check_move, leave, locked, move, record_of, refuse_stale
from registry.actions.values import Values
from registry.errors import Refused, Stale
from registry.models import (
    Event,
    Membership,
    Partner,
    Presence,
    Record,
    Remark,
    Submission,
    User,
)
from registry.models.submissions import WRITING
from registry.permissions import Actor, Verb, can, person, require

PRESENT = dt.timedelta(seconds=45)


def is_independent(submission: Submission, user: User) -> bool:
    """Whether a person has written none of it and belongs to no partner that submits it."""
    wrote = Event.objects.about("submission", submission.reference).filter(
        actor_id=user.pk, verb__in=WRITING
    )
    is_of_partner = Membership.objects.filter(user=user, partner=submission.partner_id)
    return submission.author_id != user.pk and not wrote.exists() and not is_of_partner.exists()


def _require_independent(submission: Submission, by: Actor) -> None:
    if isinstance(by, User) and not is_independent(submission, by):
        said = _("You wrote this or belong to the partner; somebody else has to decide on it.")
        raise PermissionDenied(said)


@transaction.atomic
def comment(*, submission: Submission, text: str, by: Actor, field: str = "") -> Remark:
    """Say something that the other side reads too: partner and reviewers alike.

    `field` points it at one of the values. Raises ValidationError, PermissionDenied.
    """
    submission = locked(submission)
    if not can(by, Verb.WRITE_SUBMISSIONS, submission):
        require(by, Verb.REVIEW_SUBMISSIONS, submission)
    remark = _remark(submission, Remark.Kind.COMMENT, text, by, field=field)
    telling.commented(remark=remark, by=by)
    return remark


@transaction.atomic
def note(*, submission: Submission, text: str, by: Actor, field: str = "") -> Remark:
    """Say something that only reviewers and the secretariat ever read."""
    submission = locked(submission)
    require(by, Verb.REVIEW_SUBMISSIONS, submission)
    if Membership.objects.filter(user=by, partner=submission.partner_id).exists():
        raise PermissionDenied(_("You belong to the partner; its submissions are for others."))
    return _remark(submission, Remark.Kind.NOTE, text, by, field=field)


@transaction.atomic
def recommend(*, submission: Submission, advice: str, text: str, by: Actor) -> Remark:
    """Advise the secretariat what to decide. Raises PermissionDenied, Refused, ValidationError."""
    submission = locked(submission)
    require(by, Verb.REVIEW_SUBMISSIONS, submission)
    _require_independent(submission, by)
    check_move(submission, "approve")
    if advice not in Remark.Advice.values:
        raise ValidationError({"advice": [_("Choose what you recommend.")]})
    remark = _remark(submission, Remark.Kind.RECOMMENDATION, text, by, advice=advice)
    telling.recommended(remark=remark, by=by)
    return remark


def _remark(
    submission: Submission, kind: str, text: str, by: User, *, field: str = "", advice: str = ""
) -> Remark:
    text = text.strip()
    if not text and kind != Remark.Kind.RECOMMENDATION:
        raise ValidationError({"text": [_("Write what you want to say.")]})
    if field and field not in proposals.of(submission).fields:
        raise ValidationError({"field": [_("There is no field “%s”.") % field]})
    remark = Remark(
        submission=submission,
        author=by,
        kind=kind,
        advice=advice,
        field=field,
        text=text,
        version=submission.version,
        at=timezone.now(),
    )
    # A recommendation may go without words; what may not was told above.
    remark.clean_fields(exclude=["text"])
    remark.validate_constraints()
    remark.save()
    # What was said stays where it was said; the trail keeps that it was.
    audit.record(by=by, verb=kind, noun="submission", key=submission.reference, note=advice)
    return remark


@transaction.atomic
def claim(*, submission: Submission, by: User) -> Submission:
    """Take it upon oneself, so that others leave it. Raises Refused where another has it.

    Whoever may not decide on it would only keep it from others: PermissionDenied.
    """
    submission = locked(submission)
    require(by, Verb.REVIEW_SUBMISSIONS, submission)
    check_move(submission, "approve")
    _require_independent(submission, by)
    if submission.claimed_by_id not in (None, by.pk):
        raise Refused(_("%s has taken this on; ask them to hand it over.") % submission.claimed_by)
    return _hand(submission, by, by)


@transaction.atomic
def hand_over(*, submission: Submission, to: User | None, by: User) -> Submission:
    """Give it to another, or back to everybody. Raises PermissionDenied, Refused."""
    submission = locked(submission)
    require(by, Verb.REVIEW_SUBMISSIONS, submission)
    if submission.claimed_by_id != by.pk:
        require(by, Verb.DECIDE_SUBMISSIONS, submission)
    if to and not (can(to, Verb.REVIEW_SUBMISSIONS, submission) and is_independent(submission, to)):
        raise Refused(_("%s may not review this one.") % to)
    return _hand(submission, to, by)


def _hand(submission: Submission, to: User | None, by: User) -> Submission:
    if submission.claimed_by == to:
        return submission
    before, submission.claimed_by = submission.claimed_by, to
    submission.claimed_at = timezone.now() if to else None
    submission.save(update_fields=["claimed_by", "claimed_at"])
    said = {"claimed_by": str(before) if before else None}, {"claimed_by": str(to) if to else None}
    leave(submission, "hand over", by, before=said[0], after=said[1])
    return submission


@transaction.atomic
def ask_changes(*, submission: Submission, text: str, version: int, by: Actor) -> Submission:
    """Give it back to the partner, saying what to change."""
    submission = _decidable(submission, version, by)
    submission = _answer(submission, "ask changes", text, by)
    telling.asked(submission=submission, text=text.strip(), by=by)
    return submission


@transaction.atomic
def decline(*, submission: Submission, text: str, version: int, by: Actor) -> Submission:
    """Decline it for good, saying why."""
    submission = _decidable(submission, version, by)
    check_move(submission, "decline")
    _decided(submission, by)
    submission = _answer(submission, "decline", text, by)
    telling.declined(submission=submission, text=text.strip(), by=by)
    return submission


def _answer(submission: Submission, verb: str, text: str, by: Actor) -> Submission:
    check_move(submission, verb)
    if not text.strip():
        raise ValidationError({"text": [_("Say why, so that the partner knows what to do.")]})
    _remark(submission, Remark.Kind.REASON, text, by)
    move(submission, verb, by)
    return submission


@transaction.atomic
def approve(*, submission: Submission, version: int, by: Actor, text: str = "") -> Record:
    """Publish what it proposes, exactly as it stands in `version`; returns the record.

    Raises Stale, with both texts, where the published record has moved on in the same fields;
    ValidationError where it can no longer be accepted; Refused, PermissionDenied.
    """
    submission = _decidable(submission, version, by)
    check_move(submission, "approve")
    if found := proposals.problems(submission, record_of(submission)):
        raise ValidationError(found)
    record = _published(submission, by)
    submission.key = record.slug
    _decided(submission, by)
    if text.strip():
        _remark(submission, Remark.Kind.COMMENT, text, by)
    if submission.partner is None:
        _join_as_first(submission, record, by)
    move(submission, "approve", by, note=f"{record.noun} {record.slug} version {record.version}")
    telling.approved(submission=submission, text=text.strip(), by=by)
    return record


def _decidable(submission: Submission, version: int, by: Actor) -> Submission:
    submission = locked(submission)
    require(by, Verb.DECIDE_SUBMISSIONS, submission)
    _require_independent(submission, by)
    refuse_stale(submission, version)
    return submission


def _decided(submission: Submission, by: Actor) -> None:
    submission.decided_at = timezone.now()
    submission.decided_by = person(by)


def _published(submission: Submission, by: Actor) -> Record:
    noun, values = proposals.of(submission).noun, proposals.accepted(submission)
    if submission.kind == Submission.Kind.CREATE:
        return noun.create(values=values, by=by, verb="accept")
    counters.hold(counters.REVISION)
    record = record_of(submission)
    _refuse_overtaken(submission, noun.shape.read(record), record)
    return noun.change(record=record, values=values, version=record.version, by=by, verb="accept")


def _refuse_overtaken(submission: Submission, stored: Values, record: Record) -> None:
    """A change goes through if, in its own fields, the record still says what it said then."""
    if record.version == submission.base_version:
        return
    moved = {name for name in submission.values if stored[name] != submission.base.get(name)}
    if not moved:
        return
    raise Stale(
        _("“%s” was changed since this was written. Compare both, then start from the new text.")
        % record,
        current={name: stored[name] for name in moved},
        proposed={name: submission.values[name] for name in moved},
        version=record.version,
    )


def _join_as_first(submission: Submission, partner: Partner, by: Actor) -> None:
    """Whoever applied for a partner becomes its first focal point."""
    submission.partner = partner
    role = Membership.Role.FOCAL_POINT
    Membership.objects.create(user=submission.author, partner=partner, role=role)
    after = {"user": str(submission.author), "role": role.value}
    audit.record(by=by, verb="join", noun="membership", key=partner.slug, after=after)


def be_present(*, submission: Submission, by: User) -> list[User]:
    """Say that one has it open; returns who else has. No event: it is over in a minute."""
    now = timezone.now()
    Presence.objects.filter(seen_at__lt=now - PRESENT).delete()
    Presence.objects.update_or_create(submission=submission, user=by, defaults={"seen_at": now})
    others = Presence.objects.filter(submission=submission)
    return [each.user for each in others.exclude(user=by).select_related("user").order_by("pk")]
