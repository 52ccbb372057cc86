"""Which key a secret belongs to."""

import datetime as dt

from registry.models import ApiToken
from registry.models.tokens import digests, is_well_formed


def usable(secret: str, today: dt.date) -> ApiToken | None:
    """The key of this secret, if it may be used today: not revoked, not expired, its owner active.

    It is looked up by a keyed digest, so how long that takes says nothing about any secret.
    """
    if not is_well_formed(secret):
        return None
    return (
        ApiToken.objects.select_related("owner")
        .filter(
            digest__in=digests(secret),
            revoked_at__isnull=True,
            expires_on__gte=today,
            owner__is_active=True,
        )
        .first()
    )
