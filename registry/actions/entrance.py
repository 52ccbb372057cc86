"""How people get an account, prove its address, and come in; and the trail of it."""

import datetime as dt
from enum import StrEnum

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit
from registry.errors import Refused
from registry.models import Cached, User
from registry.permissions import Actor
from registry.queries import accounts as known

# An account whose address nobody proved for so long is of nobody.
UNPROVED = dt.timedelta(days=3)


class Happening(StrEnum):
    """What befalls an account and changes no record of ours."""

    SIGN_IN = "sign in"
    REFUSE_SIGN_IN = "refuse sign-in"
    SIGN_OUT = "sign out"
    ADD_FACTOR = "add second factor"
    REMOVE_FACTOR = "remove second factor"
    MAKE_CODES = "make recovery codes"
    END_SESSIONS = "end sessions"


def note(*, what: Happening, user: User | None, by: Actor, how: str = "") -> None:
    """Put into the trail what befell an account, or an attempt on one that there is not.

    `how` names a kind of factor and the like; never anything that was typed.
    """
    key = str(user.pk) if user else "unknown"
    audit.record(by=by, verb=what, noun="user", key=key, note=how)


@transaction.atomic
def sign_up(*, email: str, name: str, password: str, by: Actor) -> User:
    """Make an account for whoever asks: nobody needs leave for it.

    It opens nothing before its address is proved. Raises ValidationError for a taken address.
    """
    if known.with_address(email):
        raise ValidationError({"email": _("There is an account for “%s” already.") % email})
    user = User(email=email.lower(), name=name)
    user.set_password(password)
    user.full_clean()
    user.save()
    user.emailaddress_set.create(email=user.email, primary=True)
    audit.record(by=by, verb="sign up", noun="user", key=str(user.pk))
    return user


@transaction.atomic
def prove_address(*, address: EmailAddress, by: Actor) -> str:
    """Take note that a person reads the mails of an address: from now on it is theirs.

    Returns the address that they had before, or nothing if it is the same. Raises Refused where
    another account has it.
    """
    user = User.objects.select_for_update().get(pk=address.user_id)
    if User.objects.exclude(pk=user.pk).filter(email__iexact=address.email).exists():
        raise Refused(_("Another account has the address %s.") % address.email)
    before = user.email
    _own(user, address.email)
    if before.lower() == address.email:
        audit.record(by=by, verb="prove address", noun="user", key=str(user.pk))
        return ""
    audit.record(
        by=by,
        verb="change address",
        noun="user",
        key=str(user.pk),
        before={"email": before},
        after={"email": user.email},
    )
    return before


@transaction.atomic
def reset_password(*, user: User, password: str, by: Actor) -> User:
    """Set the password of whoever got our mail: that also proves the address it went to."""
    user.set_password(password)
    user.save(update_fields=["password"])
    if not user.emailaddress_set.filter(email=user.email.lower(), verified=True).exists():
        _own(user, user.email)
    audit.record(by=by, verb="reset password", noun="user", key=str(user.pk))
    return user


def _own(user: User, email: str) -> None:
    """One address: proved, in use, and no other."""
    user.emailaddress_set.exclude(email=email.lower()).delete()
    proved = {"verified": True, "primary": True}
    user.emailaddress_set.update_or_create(email=email.lower(), defaults=proved)
    if user.email.lower() != email.lower():
        user.email = email
        user.save(update_fields=["email"])


@transaction.atomic
def vouch(*, user: User, by: Actor) -> None:
    """Say for a person that the address is theirs, as whoever makes their account does."""
    _own(user, user.email)


@transaction.atomic
def clear_up(*, by: Actor) -> int:
    """Forget sessions and counts that are over, and accounts whose address was never proved.

    Returns how many accounts.
    """
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    Cached.objects.filter(expires__lt=now).delete()
    waiting = User.objects.filter(joined_at__lt=now - UNPROVED, last_login=None, is_staff=False)
    unproved = waiting.filter(emailaddress__verified=False).exclude(emailaddress__verified=True)
    for user in unproved:
        audit.record(by=by, verb="forget", noun="user", key=str(user.pk))
        user.delete()
    return len(unproved)
