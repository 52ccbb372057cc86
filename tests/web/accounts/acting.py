"""What people do on the pages of accounts, and what they find in their mail."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core import mail
from django.test import Client

from registry.models import Event
from tests.factories import PASSWORD

SIGN_IN = "/account/sign-in/"
NEW_PASSWORD = "seven green buckets"


def sign_in(email, password=PASSWORD, client=None, onward="", **more):
    """Send the form of the sign-in; returns the answer, whose `client` did it."""
    client = client or Client()
    return client.post(SIGN_IN + onward, {"login": email, "password": password}, **more)


def signed_in(user, client=None):
    """A client that signed in, as far as the first step goes."""
    client = client or Client()
    sign_in(user.email, client=client)
    return client


def is_in(client):
    """Whether this client is signed in."""
    return client.get("/account/").status_code == 200


def code(secret, steps=0):
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def link(message=None):
    """The path of the first link in a mail, the last one unless given."""
    body = (message or mail.outbox[-1]).body
    found = re.search(re.escape(settings.SITE_URL) + r"(/account/\S+)", body)
    return found[1]


def open_reset(client, path):
    """Follow the link of a reset: the address of the form behind it."""
    return client.get(path).headers["Location"]


def verbs(user):
    """What the trail says of an account, oldest first, without how it was made."""
    events = Event.objects.about("user", str(user.pk)).order_by("pk")
    made = {"create", "sign up", "prove address"}
    return [event.verb for event in events if event.verb not in made]
