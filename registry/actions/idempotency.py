"""Writes sent twice are done once: a key is claimed before a write, answered with it."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.errors import OtherRequest, Running
from registry.models import ApiToken, IdempotencyKey
from registry.permissions import Actor, Verb, require

KEPT = dt.timedelta(hours=24)
# A write that takes longer has been cut off: whoever sends it again does it.
RUNNING = dt.timedelta(seconds=60)


@transaction.atomic
def claim(*, token: ApiToken, key: str, digest: str, by: Actor) -> IdempotencyKey:
    """Take a key for a write, or find the answer (`status` is set then) of the write it was for.

    Call it outside of the write's own transaction: others must see the claim while that runs.
    Raises Running, OtherRequest, PermissionDenied for another's token.
    """
    if token.owner != by:
        raise PermissionDenied(_("This token is another person's."))
    now = timezone.now()
    IdempotencyKey.objects.filter(token=token, key=key, created_at__lt=now - KEPT).delete()
    claimed, is_new = IdempotencyKey.objects.select_for_update().get_or_create(
        token=token, key=key, defaults={"digest": digest, "claimed_at": now, "created_at": now}
    )
    if claimed.digest != digest:
        raise OtherRequest(_("Idempotency-Key “%s” was sent with another request.") % key)
    if not is_new and claimed.status is None:
        _take_over(claimed, now)
    return claimed


def _take_over(claimed: IdempotencyKey, now: dt.datetime) -> None:
    left = claimed.claimed_at + RUNNING - now
    if left > dt.timedelta():
        raise _running(wait=int(left.total_seconds()) + 1)
    claimed.claimed_at = now
    claimed.save(update_fields=["claimed_at"])


def _running(*, wait: int) -> Running:
    return Running(_("This request is being done; ask again in a moment."), wait=wait)


def complete(*, claim: IdempotencyKey, status: int, headers: dict, body: str, by: Actor) -> None:
    """Keep the answer. Call it in the transaction of the write: both are kept, or neither.

    Raises Running where the claim took so long that somebody else has it, which undoes the write.
    """
    mine = IdempotencyKey.objects.filter(
        pk=claim.pk, claimed_at=claim.claimed_at, status=None, token__owner=by
    )
    if not mine.update(status=status, headers=headers, body=body):
        raise _running(wait=1)


def release(*, claim: IdempotencyKey, by: Actor) -> None:
    """Give up a claim, because the write was refused and nothing was done."""
    mine = IdempotencyKey.objects.filter(pk=claim.pk, claimed_at=claim.claimed_at, status=None)
    mine.filter(token__owner=by).delete()


def clear(*, by: Actor) -> int:
    """Forget the answers that are older than a day; returns how many."""
    require(by, Verb.MANAGE_PEOPLE)
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
