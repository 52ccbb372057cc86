"""What can be done to feedback: written by anybody, dealt with by editors, its addresses erased."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit, notices, telling
from registry.errors import Refused
from registry.models import Feedback, Notice
from registry.permissions import Actor, System, Verb, require

# Whoever writes without an account. What they are called in the trail says nothing about them.
VISITOR = System("a visitor")
# So long somebody may be answered; after that, nobody needs the address.
ADDRESS_KEPT = dt.timedelta(days=365)


@transaction.atomic
def say(
    *, about: str, text: str, email: str, language: str, ticket: uuid.UUID, by: Actor
) -> Feedback:
    """Keep what a visitor writes, and tell the editors; the same form sent twice says it once.

    Nobody needs leave for it. Raises ValidationError for what cannot be kept.
    """
    now = timezone.now()
    said = {"about": about.strip(), "text": text.strip(), "email": email.strip()}
    given = said | {"language": language, "created_at": now, "since": now}
    Feedback(ticket=ticket, **given).full_clean(exclude={"ticket"})
    # Of two that come at once, the second finds the first.
    feedback, is_new = Feedback.objects.get_or_create(ticket=ticket, defaults=given)
    if not is_new:
        return feedback
    # Neither text nor address: the trail is kept for good.
    after = {"about": feedback.about, "status": feedback.status}
    audit.record(by=by, verb="say", noun="feedback", key=feedback.reference, after=after)
    _tell(feedback, by)
    return feedback


def _tell(feedback: Feedback, by: Actor) -> None:
    # Without the address: messages are kept longer than it.
    words = {
        "title": feedback.about,
        "reference": feedback.reference,
        "message": feedback.text,
        "link": telling.link("admin:registry_feedback_change", str(feedback.pk)),
    }
    notices.queue(
        kind=Notice.Kind.FEEDBACK,
        to=telling.deciders(),
        about=("feedback", feedback.reference),
        words=words,
        once=f"feedback:{feedback.reference}",
        by=by,
    )


@transaction.atomic
def mark(*, feedback: Feedback, status: Feedback.Status, by: Actor) -> Feedback:
    """Take note that it is answered, closed, or open again. Raises Refused where it is not that."""
    require(by, Verb.ANSWER_FEEDBACK)
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    before = Feedback.Status(feedback.status)
    if status not in Feedback.MOVES[before]:
        said = _("%(reference)s is %(status)s; this cannot be done to it.")
        raise Refused(said % {"reference": feedback.reference, "status": before.label})
    feedback.status, feedback.since = status, timezone.now()
    feedback.save(update_fields=["status", "since"])
    audit.record(
        by=by,
        verb="mark",
        noun="feedback",
        key=feedback.reference,
        before={"status": str(before)},
        after={"status": str(status)},
    )
    return feedback


@transaction.atomic
def erase_addresses(*, by: Actor) -> int:
    """Erase the e-mail addresses that are older than twelve months; returns how many."""
    require(by, Verb.ANSWER_FEEDBACK)
    now = timezone.now()
    old = Feedback.objects.exclude(email="").filter(created_at__lt=now - ADDRESS_KEPT)
    erased = list(old.select_for_update().order_by("pk"))
    old.filter(pk__in=[each.pk for each in erased]).update(email="", erased_at=now)
    for each in erased:
        audit.record(by=by, verb="erase address", noun="feedback", key=each.reference)
    return len(erased)
