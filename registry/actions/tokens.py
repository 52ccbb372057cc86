"""What can be done to API tokens."""

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit
from registry.errors import Refused
from registry.models import ApiToken, Partner, User
from registry.permissions import Actor, Verb, can, require
from registry.queries import tokens

MOST_DAYS = 366
USE_IS_NOTED_EVERY = dt.timedelta(minutes=1)


@transaction.atomic
def mint(
    *,
    owner: User,
    name: str,
    scope: str,
    expires_on: dt.date,
    by: Actor,
    partner: Partner | None = None,
    ticket: uuid.UUID | None = None,
) -> tuple[ApiToken, str]:
    """Make a token; returns it with its secret, which nobody can ever see again.

    A person makes tokens for nobody else, since a token speaks for its owner; and for no partner
    but their own. The same form, told by its `ticket`, sent twice makes one token. Raises
    PermissionDenied, ValidationError, Refused where the form's token is revoked meanwhile.
    """
    require(by, Verb.HOLD_TOKENS)
    if isinstance(by, User) and by != owner:
        raise PermissionDenied(_("A token speaks for its owner; only they can make it."))
    _refuse_bad_end(expires_on)
    _refuse_bad_partner(owner, scope, partner)
    form = [owner.pk, partner and partner.pk, scope, expires_on, name.strip(), ticket]
    secret = tokens.secret_of(f"token {form}") if ticket else tokens.new_secret()
    if ticket and (made := _made_with(secret, owner)):
        return made, secret
    token = ApiToken(
        owner=owner,
        partner=partner,
        name=name.strip(),
        prefix=secret[: tokens.SHOWN],
        digest=tokens.digest_of(secret),
        scope=scope,
        expires_on=expires_on,
    )
    token.full_clean()
    token.save()
    audit.record(by=by, verb="mint", noun="token", key=str(token.pk), after=_read(token))
    return token, secret


def _refuse_bad_end(day: dt.date) -> None:
    today = timezone.localdate()
    last = today + dt.timedelta(days=MOST_DAYS)
    if not today <= day <= last:
        said = {"day": day, "first": today, "last": last}
        message = _("“%(day)s” is not a day from %(first)s to %(last)s.") % said
        raise ValidationError({"expires_on": message})


def _refuse_bad_partner(owner: User, scope: str, partner: Partner | None) -> None:
    if partner and not owner.memberships.filter(partner=partner).exists():
        said = _("You do not speak for “%s”, so a token of yours cannot either.") % partner
        raise ValidationError({"partner": said})
    if scope == ApiToken.Scope.WRITE and not partner and not can(owner, Verb.EDIT_RECORDS):
        raise ValidationError({"partner": _("Choose the partner for which it writes.")})


def _made_with(secret: str, owner: User) -> ApiToken | None:
    # One row of the owner's is held, so that of two equal requests the second finds the first's.
    User.objects.select_for_update().get(pk=owner.pk)
    made = ApiToken.objects.filter(digest=tokens.digest_of(secret)).first()
    if made and made.revoked_at:
        raise Refused(_("This form made a token that is revoked; open the form again."))
    return made


@transaction.atomic
def revoke(*, token: ApiToken, by: Actor) -> ApiToken:
    """End a token for ever: one's own, or as an administrator anybody's.

    Raises PermissionDenied, Refused where it is revoked already.
    """
    require(by, Verb.HOLD_TOKENS)
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.owner != by and not can(by, Verb.MANAGE_PEOPLE):
        raise PermissionDenied(_("This token is another person's."))
    if token.revoked_at:
        raise Refused(_("“%s” is revoked already.") % token)
    _end(token, by)
    return token


@transaction.atomic
def revoke_of_member(*, owner: User, partner: Partner, by: Actor) -> None:
    """End the tokens with which a person spoke for a partner, since they no longer do.

    Whoever ended the membership has been asked for leave already.
    """
    held = ApiToken.objects.select_for_update().filter(revoked_at=None)
    for token in held.filter(owner=owner, partner=partner).order_by("pk"):
        _end(token, by)


def _end(token: ApiToken, by: Actor) -> None:
    before = _read(token)
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    after = before | {"revoked_at": token.revoked_at.isoformat()}
    audit.record(by=by, verb="revoke", noun="token", key=str(token.pk), before=before, after=after)


def note_use(*, token: ApiToken, by: Actor) -> None:
    """Keep when it was last used, to the minute: no event, for nothing public changed."""
    now = timezone.now()
    before = now - USE_IS_NOTED_EVERY
    if token.last_used_at and token.last_used_at > before:
        return
    long_ago = Q(last_used_at=None) | Q(last_used_at__lte=before)
    ApiToken.objects.filter(long_ago, pk=token.pk, owner=by).update(last_used_at=now)
    token.last_used_at = now


def _read(token: ApiToken) -> dict:
    return {
        "owner": str(token.owner),
        "partner": token.partner.slug if token.partner else None,
        "name": token.name,
        "prefix": token.prefix,
        "scope": token.scope,
        "expires_on": token.expires_on.isoformat(),
    }
