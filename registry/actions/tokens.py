"""Keys for programs: made, used, taken back."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit
from registry.errors import Refused
from registry.models import ApiToken, IdempotencyKey, Partner, User
from registry.models.tokens import SHOWN, digests, new_secret
from registry.permissions import Actor, Verb, require

LONGEST = dt.timedelta(days=366)
USED_EVERY = dt.timedelta(minutes=1)
KEYS_KEPT = dt.timedelta(hours=24)


@transaction.atomic
def mint(
    *,
    owner: User,
    name: str,
    expires_on: dt.date,
    by: Actor,
    scope: str = ApiToken.Scope.READ,
    partner: Partner | None = None,
) -> tuple[ApiToken, str]:
    """Make a key for a person's programs; returns it with its secret, which is kept nowhere.

    Everybody makes their own; an administrator may make one for others, and for a partner. Raises
    PermissionDenied, or ValidationError for a date that is past or more than a year ahead.
    """
    if owner != by or partner:
        require(by, Verb.MANAGE_PEOPLE)
    today = timezone.localdate()
    if not today <= expires_on <= today + LONGEST:
        said = _("Choose a day from today to %s.") % (today + LONGEST).isoformat()
        raise ValidationError({"expires_on": said})
    secret = new_secret()
    token = ApiToken(owner=owner, partner=partner, name=name, scope=scope, expires_on=expires_on)
    token.prefix, token.digest = secret[:SHOWN], digests(secret)[0]
    token.full_clean()
    token.save()
    _tell(token, "mint token", by)
    return token, secret


@transaction.atomic
def revoke(*, token: ApiToken, by: Actor) -> ApiToken:
    """End a key at once, for ever. Raises PermissionDenied, Refused if it was ended before."""
    if token.owner != by:
        require(by, Verb.MANAGE_PEOPLE)
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at:
        raise Refused(_("“%s” is revoked already.") % token)
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    _tell(token, "revoke token", by)
    return token


def _tell(token: ApiToken, verb: str, by: Actor) -> None:
    said = {"name": token.name, "scope": token.scope, "expires_on": token.expires_on.isoformat()}
    audit.record(
        by=by,
        verb=verb,
        noun="token",
        key=token.prefix,
        after=said | {"owner": token.owner_id, "partner": token.partner_id},
    )


def used(*, token: ApiToken, by: Actor) -> None:
    """Note that a key was used; at most once a minute, and no change that anybody need be told."""
    now = timezone.now()
    if not token.last_used_at or now - token.last_used_at >= USED_EVERY:
        before = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - USED_EVERY)
        ApiToken.objects.filter(before, pk=token.pk).update(last_used_at=now)


def forget_answers(*, by: Actor) -> int:
    """Remove answers to writes that are older than a day; returns how many."""
    require(by, Verb.MANAGE_PEOPLE)
    old = IdempotencyKey.objects.filter(claimed_at__lt=timezone.now() - KEYS_KEPT)
    return old.delete()[0]
