"""That somebody from outside has read what a partner has not handed in."""

from django.db import transaction
from django.utils import timezone

from registry.actions import audit
from registry.models import Event, Membership, Submission, User
from registry.models.submissions import WRITABLE
from registry.permissions import Verb, require


@transaction.atomic
def note_read(*, submission: Submission, by: User) -> Event | None:
    """Keep that the secretariat read what the partner still writes; once for a person and a day.

    Returns the event; None where there is nothing to keep: it is handed in, it is theirs, or it is
    kept already.
    """
    require(by, Verb.REVIEW_SUBMISSIONS, submission)
    if submission.status not in WRITABLE or _is_theirs(submission, by):
        return None
    mine = Event.objects.about("submission", submission.reference).filter(actor_id=by.pk)
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if mine.filter(verb="read", at__gte=today).exists():
        return None
    return audit.record(
        by=by,
        verb="read",
        noun="submission",
        key=submission.reference,
        version=submission.version,
    )


def _is_theirs(submission: Submission, user: User) -> bool:
    members = Membership.objects.filter(user=user, partner=submission.partner_id)
    return submission.author_id == user.pk or members.exists()
