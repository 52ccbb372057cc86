"""Secrets of tokens: their form, their digest, the token behind one."""

import base64
import hashlib
import hmac
import re
import secrets
import zlib

from django.conf import settings

from registry.models import ApiToken

# Scanners of published code know a leaked secret by how it begins and by its checksum.
START = "gmp_"
FORM = re.compile(r"gmp_[A-Za-z0-9_-]{40}[0-9a-f]{8}(?![A-Za-z0-9_-])")
SHOWN = 12


def new_secret() -> str:
    """A secret nobody can guess: 240 random bits and a checksum."""
    body = START + secrets.token_urlsafe(30)
    return body + _checksum(body)


def secret_of(form: str) -> str:
    """The secret that a form makes, the same however often it is sent.

    Nobody guesses it without the site's key; `form` holds what only this form does.
    """
    body = START + base64.urlsafe_b64encode(keyed(form)[:30]).decode()
    return body + _checksum(body)


def keyed(text: str) -> bytes:
    """Bytes that follow from a text, and that nobody can know who has not the site's key."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).digest()


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"


def is_well_formed(secret: str) -> bool:
    """Whether it can be a secret of ours. Anything else is refused without asking the database."""
    return bool(FORM.fullmatch(secret)) and _checksum(secret[:-8]) == secret[-8:]


def digest_of(secret: str, key: str = "") -> str:
    """What is kept of a secret. Without the site's key nobody can try guesses on it."""
    key = key or settings.SECRET_KEY
    return hmac.new(key.encode(), secret.encode(), hashlib.sha256).hexdigest()


def token_with(secret: str) -> ApiToken | None:
    """The token of this secret, whatever became of it; also if made under a former key."""
    if not is_well_formed(secret):
        return None
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = [digest_of(secret, key) for key in keys]
    # The database compares digests, not secrets: how long it takes says nothing about a secret.
    found = ApiToken.objects.select_related("owner", "partner").filter(digest__in=digests)
    return found.first()
