"""The people of a journey, made through the actions; and what reaches them by mail."""

import base64
import hashlib
import hmac
import re
import struct
import time

from registry.models import Notice
from tests import factories

PASSWORD = "a long walk along the river"


def editor():
    """Somebody of the secretariat, and the secret of the app that is the second factor."""
    user = factories.editor(password=PASSWORD)
    secret = base64.b32encode(f"{user.pk:020}".encode()).decode()
    return user, secret


def code(secret):
    """What the app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def partner_with_focal_point(name):
    """A partner, and a person who keeps its members."""
    partner = factories.partner(name=name)
    return partner, factories.focal_point(partner)


def invited(partner, by, email):
    """The address that an invitation leads to, as it waits in the outbox."""
    from registry.actions import memberships

    memberships.invite(partner=partner, email=email, role="contributor", by=by)
    return link_in_mail(email, "/invitations/")


def link_in_mail(email, path):
    """The path of the newest link to such a path that waits for this person."""
    for notice in Notice.objects.filter(address__iexact=email).order_by("-pk"):
        said = " ".join(str(word) for word in notice.words.values())
        if found := re.search(rf"https?://[^/\s]+({re.escape(path)}[^\s<>\"]+)", said):
            return found[1]
    raise AssertionError(f"No mail to {email} leads to {path}.")
