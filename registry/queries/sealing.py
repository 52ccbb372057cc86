"""Secrets that must be read again, such as those of second factors: sealed with the site's key."""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

logger = logging.getLogger(__name__)


def seal(text: str) -> str:
    """The text as it is kept: of no use to whoever has a copy of the database alone."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again; also if it was sealed under a former key that is still named.

    What cannot be read becomes a secret that nobody knows, so that no code matches it.
    """
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        logger.error("A secret was sealed with a key that is neither SECRET_KEY nor a fallback")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(each)) for each in keys])


def _key(secret: str) -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=b"second factors").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
