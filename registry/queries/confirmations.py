"""The signed links by which a person confirms a record without signing in."""

import datetime as dt
from dataclasses import dataclass

from django.core import signing
from django.db.models import OuterRef, Subquery

from registry.models import Activity, Entry, User
from registry.queries.representation import Body, read_body

# A month: whoever reads mails once a fortnight still finds it open, and who finds an old mailbox
# does not.
LASTS = dt.timedelta(days=30)
_SALT = "registry.confirm-activity"


@dataclass(frozen=True)
class Asked:
    """What a link asks of whom, and when the record had been confirmed as it was sent."""

    activity: Activity
    user: User
    confirmed_on: str

    @property
    def is_answered(self) -> bool:
        """Whether somebody has confirmed it since."""
        day = self.activity.confirmed_on
        return day is not None and day.isoformat() > self.confirmed_on


def token_for(activity: Activity, user: User) -> str:
    """What lets whoever holds the mail confirm this activity in the name of `user`, for a month."""
    day = activity.confirmed_on.isoformat() if activity.confirmed_on else ""
    return signing.dumps([activity.slug, user.pk, day], salt=_SALT, compress=False)


def asked_with(token: str) -> Asked | None:
    """What the token asks; None for one that is not ours or too old, and where it asks no more.

    That is where the account is closed, or the record withdrawn or completed since.
    """
    try:
        slug, pk, day = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    activity = Activity.objects.published().filter(slug=slug).exclude(freshness="").first()
    return Asked(activity, user, day) if user and activity else None


def recently_confirmed(limit: int) -> list[Body]:
    """The activities that a partner confirmed last, the latest first."""
    found = Activity.objects.published().exclude(confirmed_on=None)
    entry = Entry.objects.filter(noun="activity", key=OuterRef("slug"))
    latest = found.order_by("-confirmed_on", "pk")[:limit]
    return list(map(read_body, latest.values_list(Subquery(entry.values("body")[:1]), flat=True)))
