"""Tokens with which programs speak for a person, and the answers kept for writes sent twice."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens that are …"""

    def held_by(self, owner: object) -> "ApiTokenQuerySet":
        """Somebody's own."""
        return self.filter(owner=owner)


class ApiToken(models.Model):
    """A secret that speaks for its owner. Only a keyed digest of it is kept; it is shown once."""

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    owner = models.ForeignKey("registry.User", models.PROTECT, related_name="tokens")
    partner = models.ForeignKey(
        "registry.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tokens",
        help_text=_("The organisation that it acts for, if any."),
    )
    name = models.CharField(max_length=100, help_text=_("What it is for, such as “nightly copy”."))
    prefix = models.CharField(max_length=12, help_text=_("How the secret begins."))
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=5, choices=Scope.choices, default=Scope.READ)
    expires_on = models.DateField(help_text=_("The last day on which it is taken."))
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="token_has_name"),
            models.CheckConstraint(
                condition=Q(scope__in=["read", "write"]), name="token_scope_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def has_expired(self, today: dt.date) -> bool:
        """Whether its last day is over."""
        return self.expires_on < today


class IdempotencyKey(models.Model):
    """A write that a program may send again: claimed before it begins, answered when it is done."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="idempotency_keys")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text=_("Of the method, the address, the body."))
    # Also says whose claim it is: a claim that was taken over has another time.
    claimed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Blank while the write is running.")
    )
    headers = models.JSONField(default=dict, blank=True)
    body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once_per_token")
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_key_age")]

    def __str__(self) -> str:
        return self.key
