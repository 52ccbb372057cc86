"""Handing a submission in, and taking it back; `drafts` writes it, `reviews` has the other side."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import proposals, telling
from registry.actions.moving import check_move, locked, move, record_of, refuse_stale
from registry.models import Status, Submission
from registry.permissions import Actor, Verb, require


@transaction.atomic
def submit(*, submission: Submission, version: int, by: Actor) -> Submission:
    """Hand it in for review. Handed in twice from the same version, it is handed in once.

    Raises ValidationError with everything that is missing or wrong, by field; Stale, Refused,
    PermissionDenied.
    """
    require(by, Verb.WRITE_SUBMISSIONS, submission)
    submission = locked(submission)
    is_again = submission.status == Status.SUBMITTED and submission.submitted_version == version
    if is_again:
        return submission
    refuse_stale(submission, version)
    check_move(submission, "submit")
    if submission.kind != Submission.Kind.CREATE and not submission.values:
        raise ValidationError(_("Nothing differs from the published record yet."))
    if found := proposals.problems(submission, record_of(submission)):
        raise ValidationError(found)
    submission.submitted_at = timezone.now()
    submission.submitted_version = version
    move(submission, "submit", by)
    telling.submitted(submission=submission, by=by)
    return submission


@transaction.atomic
def withdraw(*, submission: Submission, version: int, by: Actor) -> Submission:
    """Take it back before it is decided. Raises Stale, Refused, PermissionDenied."""
    require(by, Verb.WRITE_SUBMISSIONS, submission)
    submission = locked(submission)
    if submission.status == Status.WITHDRAWN:
        return submission
    refuse_stale(submission, version)
    move(submission, "withdraw", by)
    if submission.submitted_at:
        telling.withdrawn(submission=submission, by=by)
    return submission
