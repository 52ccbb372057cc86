"""The secrets of invitations, and the invitation behind one."""

import base64
import datetime as dt
import secrets

from registry.models import Invitation
from registry.queries.tokens import digest_of, keyed

LASTS = dt.timedelta(hours=24)


def new_secret() -> str:
    """A secret nobody can guess, for an address that is sent to one person."""
    return secrets.token_urlsafe(32)


def secret_of(form: str) -> str:
    """The secret of the invitation that a form makes, the same however often it is sent."""
    return base64.urlsafe_b64encode(keyed(form)).decode().rstrip("=")


def digest(secret: str) -> str:
    """What is kept of it."""
    return digest_of(f"invitation {secret}")


def open_with(secret: str, now: dt.datetime) -> Invitation | None:
    """The invitation that this secret still opens: neither used, taken back, nor over."""
    return (
        Invitation.objects.filter(digest=digest(secret), expires_at__gt=now)
        .filter(accepted_at=None, revoked_at=None)
        .select_related("partner", "invited_by")
        .first()
    )
