"""Keys with which programs act for a person, and what they have asked for already."""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# So that scanners for leaked secrets can tell one.
BEGINNING = "gmp_"
SHOWN = len(BEGINNING) + 8


def new_secret() -> str:
    """A new secret: 240 random bits, and six letters that check the others."""
    drawn = BEGINNING + secrets.token_urlsafe(30)
    return drawn + _check(drawn)


def is_well_formed(secret: str) -> bool:
    """Whether a text may be a secret at all: told without looking anything up."""
    drawn, check = secret[:-6], secret[-6:]
    return secret.isascii() and secret.startswith(BEGINNING) and _check(drawn) == check


def _check(drawn: str) -> str:
    return hashlib.blake2s(drawn.encode(), digest_size=3).hexdigest()


def digests(secret: str) -> list[str]:
    """What is kept of a secret: under the present key first, then under former ones."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hmac.new(key.encode(), secret.encode(), hashlib.sha256).hexdigest() for key in keys]


class ApiToken(models.Model):
    """A key for a program. Of its secret, shown once, only a digest is kept."""

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    owner = models.ForeignKey("registry.User", models.CASCADE, related_name="tokens")
    partner = models.ForeignKey(
        "registry.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tokens",
        help_text=_("The organisation for which it acts, if any."),
    )
    name = models.CharField(max_length=60, help_text=_("What it is for."))
    prefix = models.CharField(max_length=SHOWN, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(max_length=5, choices=Scope.choices, default=Scope.READ)
    expires_on = models.DateField(help_text=_("The last day on which it can be used."))
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="api_token_has_name"),
            models.CheckConstraint(
                condition=Q(scope__in=["read", "write"]), name="api_token_scope_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.name})"


class IdempotencyKey(models.Model):
    """A write that a program named beforehand, and what it was answered; kept for a day.

    While `status` is blank the write is being done.
    """

    token = models.ForeignKey("registry.ApiToken", models.CASCADE, related_name="idempotency_keys")
    key = models.CharField(max_length=100)
    request = models.CharField(max_length=64, help_text="Digest of method, address and body.")
    claimed_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once"),
        ]
        indexes = [models.Index(fields=["claimed_at"], name="idempotency_key_claimed")]

    def __str__(self) -> str:
        return self.key
