"""Drafts of new records and of changes: opened, written, told apart from others, thrown away."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import activities, counters, proposals
from registry.actions.contents import added_rows, first_values, settle, take_base, touch_areas
from registry.actions.moving import leave, locked, record_of, refuse_stale
from registry.actions.values import Values
from registry.errors import Refused
from registry.models import (
    Activity,
    Guidance,
    Partner,
    Record,
    Status,
    Submission,
    User,
)
from registry.models.submissions import WRITABLE
from registry.permissions import Actor, Verb, can, require


@transaction.atomic
def start(
    *,
    noun: str,
    partner: Partner | None,
    ticket: uuid.UUID,
    by: User,
    values: Values | None = None,
) -> Submission:
    """Open a draft of a new record; the same `ticket` again gives the same draft.

    Without a partner it is an application to become one. Raises PermissionDenied, ValidationError.
    """
    if partner is None and noun != Submission.Noun.PARTNER:
        raise PermissionDenied(_("Records are submitted for a partner."))
    if partner is not None:
        require(by, Verb.WRITE_SUBMISSIONS, partner)
        if noun == Submission.Noun.PARTNER:
            raise Refused(_("“%s” is registered already; propose a change of it.") % partner)
    if found := _opened_with(ticket, by):
        return found
    given = first_values(noun, partner) | (values or {})
    return _open(Submission.Kind.CREATE, noun, partner, ticket, by, given)


@transaction.atomic
def revise(
    *, record: Record, partner: Partner, ticket: uuid.UUID, by: User, values: Values | None = None
) -> Submission:
    """Open a draft that changes a published record of the partner's own.

    Where one is open already, that one is given. Raises PermissionDenied, Refused, ValidationError.
    """
    verb = Verb.PROPOSE_PROFILE if record.noun == "partner" else Verb.WRITE_SUBMISSIONS
    require(by, verb, partner)
    if not belongs(record, partner) and not can(by, Verb.DECIDE_SUBMISSIONS):
        raise PermissionDenied(_("Only those who take part in it can propose changes of it."))
    return _open_change(Submission.Kind.CHANGE, record, partner, ticket, by, values or {})


@transaction.atomic
def join(
    *, record: Activity, partner: Partner, role: str, ticket: uuid.UUID, by: User
) -> Submission:
    """Open a draft by which a partner takes part in another's activity.

    Raises Refused where it does already, PermissionDenied, ValidationError.
    """
    require(by, Verb.WRITE_SUBMISSIONS, partner)
    stored = activities.SHAPE.read(record)["participations"]
    row = {"partner": partner.slug, "role": role}
    if row in stored:
        raise Refused(_("“%s” is recorded in that role already.") % partner)
    values = {"participations": [*stored, row]}
    return _open_change(Submission.Kind.JOIN, record, partner, ticket, by, values)


def belongs(record: Record, partner: Partner) -> bool:
    """Whether a published record is one of the partner's own."""
    if isinstance(record, Activity):
        return record.participations.filter(partner=partner).exists()
    if isinstance(record, Guidance):
        return record.publishers.filter(partner=partner).exists()
    return record == partner


def _opened_with(ticket: uuid.UUID, by: User) -> Submission | None:
    # One row of the author's is held, so that of two equal requests the second finds the first's.
    User.objects.select_for_update().get(pk=by.pk)
    return Submission.objects.filter(author=by, ticket=ticket).first()


def _open_change(
    kind: str, record: Record, partner: Partner, ticket: uuid.UUID, by: User, values: Values
) -> Submission:
    record = type(record).objects.select_for_update().get(pk=record.pk)
    if record.withdrawn_at:
        raise Refused(_("“%s” is withdrawn.") % record)
    if found := _opened_with(ticket, by):
        return found
    mine = Submission.objects.open().about(record.noun, record.slug)
    if found := mine.filter(partner=partner, kind=kind).order_by("number").first():
        return found
    return _open(kind, record.noun, partner, ticket, by, values, record)


def _open(
    kind: str,
    noun: str,
    partner: Partner | None,
    ticket: uuid.UUID,
    by: User,
    values: Values,
    record: Record | None = None,
) -> Submission:
    now = timezone.now()
    number = counters.advance("submission")
    submission = Submission(
        number=number,
        reference="S" + activities.reference(number)[1:],
        ticket=ticket,
        kind=kind,
        noun=noun,
        key=record.slug if record else "",
        partner=partner,
        author=by,
        created_at=now,
        saved_at=now,
        since=now,
    )
    if record:
        take_base(submission, record)
    submission.values = proposals.typed(submission, values)
    settle(submission)
    submission.save()
    touch_areas(submission)
    leave(submission, "start", by, after=submission.values)
    return submission


@transaction.atomic
def save(*, submission: Submission, values: Values, version: int, by: Actor) -> Submission:
    """Keep what was typed, incomplete or wrong as it may be; `values` holds the fields to change.

    Values that say what is kept already change nothing. Raises Stale where somebody saved since
    `version`, Refused where it can no longer be written, PermissionDenied, ValidationError.
    """
    require(by, Verb.WRITE_SUBMISSIONS, submission)
    submission = locked(submission)
    kept = proposals.typed(submission, values)
    refuse_stale(submission, version, kept)
    _refuse_unwritable(submission, by, kept)
    before = submission.values
    submission.values = before | kept
    settle(submission)
    if submission.values == before:
        return submission
    submission.version += 1
    submission.saved_at = timezone.now()
    submission.save()
    touch_areas(submission)
    changed = {name for name in before | submission.values if _differs(name, before, submission)}
    leave(
        submission,
        "save",
        by,
        before={name: before[name] for name in changed & before.keys()},
        after={name: submission.values[name] for name in changed & submission.values.keys()},
    )
    return submission


def _differs(name: str, before: Values, submission: Submission) -> bool:
    return before.get(name) != submission.values.get(name)


def _refuse_unwritable(submission: Submission, by: Actor, kept: Values) -> None:
    if submission.kind == Submission.Kind.JOIN and kept.keys() - {"participations"}:
        raise Refused(_("Here you propose to take part; propose other changes on their own."))
    if submission.status in WRITABLE:
        return
    if submission.status == Status.SUBMITTED and can(by, Verb.DECIDE_SUBMISSIONS):
        return
    if submission.status == Status.SUBMITTED:
        said = _("%s is in review and cannot be changed now; withdraw it, or wait for the review.")
    else:
        said = _("%s is closed and cannot be changed.")
    raise Refused(said % submission.reference)


@transaction.atomic
def tell_apart(
    *, submission: Submission, key: str, because: str, version: int, by: Actor
) -> Submission:
    """Keep, for the reviewer, why a look-alike with this key is another record."""
    require(by, Verb.WRITE_SUBMISSIONS, submission)
    submission = locked(submission)
    refuse_stale(submission, version)
    _refuse_unwritable(submission, by, {})
    if not because.strip():
        raise ValidationError({"because": [_("Say what makes it another one.")]})
    submission.not_the_same |= {key[:100]: because.strip()[:1000]}
    submission.version += 1
    submission.saved_at = timezone.now()
    submission.save()
    leave(submission, "tell apart", by, after={key[:100]: because.strip()[:1000]})
    return submission


@transaction.atomic
def rebase(*, submission: Submission, version: int, by: Actor) -> Submission:
    """Start a change from the record as it stands now; what was proposed stays proposed."""
    require(by, Verb.WRITE_SUBMISSIONS, submission)
    submission = locked(submission)
    refuse_stale(submission, version)
    _refuse_unwritable(submission, by, {})
    if not (record := record_of(submission)) or submission.kind == Submission.Kind.CREATE:
        raise Refused(_("%s is about a new record.") % submission.reference)
    before, added = _held(submission), added_rows(submission)
    take_base(submission, record)
    if submission.kind == Submission.Kind.JOIN:
        # Who came or went meanwhile is no part of this proposal.
        stored = submission.base["participations"]
        submission.values["participations"] = stored + [row for row in added if row not in stored]
    settle(submission)
    submission.version += 1
    submission.saved_at = timezone.now()
    submission.save()
    touch_areas(submission)
    leave(submission, "rebase", by, before=before, after=_held(submission))
    return submission


def _held(submission: Submission) -> Values:
    return {"base": dict(submission.base), "values": dict(submission.values)}


@transaction.atomic
def discard(*, submission: Submission, version: int, by: Actor) -> None:
    """Delete a draft that was never submitted; the trail keeps that it was there.

    Raises Refused for anything that was submitted once, Stale, PermissionDenied.
    """
    require(by, Verb.WRITE_SUBMISSIONS, submission)
    submission = locked(submission)
    refuse_stale(submission, version)
    if submission.submitted_at:
        raise Refused(_("%s was submitted; withdraw it instead.") % submission.reference)
    leave(submission, "discard", by)
    submission.delete()
