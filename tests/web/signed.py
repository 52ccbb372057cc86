"""People at their desks, and what the registry holds of them."""

import hashlib

from django.test import Client

from registry.models import (
    ApiToken,
    Entry,
    Event,
    Invitation,
    JoinRequest,
    Membership,
    Remark,
    Submission,
    User,
)

KEPT = (ApiToken, Event, Invitation, JoinRequest, Membership, Remark, Submission)


def signed_in(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def kept() -> str:
    """A digest of all that a desk can change."""
    rows = [list(model.objects.order_by("pk").values_list()) for model in KEPT]
    entries = list(Entry.objects.order_by("pk").values_list("pk", "revision"))
    return hashlib.sha256(repr([rows, entries]).encode()).hexdigest()


def told(response) -> tuple[int, bytes, dict[str, str]]:
    """All that an answer tells: status, body, headers but for the cookies."""
    return response.status_code, response.content, dict(response.headers)
