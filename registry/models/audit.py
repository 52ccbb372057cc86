"""The audit trail: who did what to what, when. Rows are added, never changed."""

from django.db import models
from django.db.models import Q


class EventQuerySet(models.QuerySet["Event"]):
    """Events that are …"""

    def about(self, noun: str, key: str) -> "EventQuerySet":
        """About one record, newest first."""
        return self.filter(noun=noun, key=key).order_by("-id")


class Event(models.Model):
    """One accepted change. No foreign keys: the trail outlives whatever it tells of."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True, blank=True, help_text="Blank for the system.")
    actor = models.CharField(max_length=200)
    verb = models.CharField(max_length=30)
    noun = models.CharField(max_length=12)
    key = models.CharField(max_length=100)
    version = models.PositiveIntegerField(null=True, blank=True)
    revision = models.PositiveBigIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    batch = models.BigIntegerField(
        null=True, blank=True, help_text="The number of the batch that it is part of."
    )
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb="") & ~Q(actor=""), name="event_says_who_and_what"
            )
        ]
        indexes = [
            models.Index(fields=["noun", "key"], name="event_about"),
            models.Index(fields=["at"], name="event_at"),
            models.Index(fields=["batch", "id"], name="event_batch", condition=~Q(batch=None)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.noun} {self.key}"
