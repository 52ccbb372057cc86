"""What is known of the web addresses that records lead to: whether they answer, since when not."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# Broken is only what failed so often.
ENOUGH_FAILURES = 3


class LinkQuerySet(models.QuerySet["Link"]):
    """Links that are …"""

    def due(self, at) -> "LinkQuerySet":
        """To be visited, and by nobody else at this moment."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.filter(free, next_due__lte=at)

    def broken(self) -> "LinkQuerySet":
        """Said to be unavailable."""
        return self.filter(unavailable_since__isnull=False)

    def failing(self) -> "LinkQuerySet":
        """Not answering when last asked, and not yet said to be unavailable."""
        return self.filter(failures__gt=0, unavailable_since=None)

    def never_checked(self) -> "LinkQuerySet":
        """Not visited so far."""
        return self.filter(last_checked_at=None)


class Link(models.Model):
    """An address that published records carry, however many do: it is visited once for all."""

    class Outcome(models.TextChoices):
        GOOD = "good", _("answers")
        # It failed.
        NAME = "name", _("its name is not known")
        CONNECTION = "connection", _("no connection")
        SLOW = "slow", _("no answer in time")
        CERTIFICATE = "certificate", _("its certificate does not hold")
        STATUS = "status", _("answers with an error")
        REDIRECTS = "redirects", _("leads on without end")
        GARBLED = "garbled", _("an answer that cannot be read")
        # Nothing is known of it.
        DENIED = "denied", _("does not answer programs")
        ROBOTS = "robots", _("its robots.txt asks us to stay away")
        BUSY = "busy", _("asks us to come later")
        UNFIT = "unfit", _("not an address of the public web")

    FAILED = (
        Outcome.NAME,
        Outcome.CONNECTION,
        Outcome.SLOW,
        Outcome.CERTIFICATE,
        Outcome.STATUS,
        Outcome.REDIRECTS,
        Outcome.GARBLED,
    )

    address = models.URLField(max_length=500, unique=True)
    host = models.CharField(max_length=255, blank=True)
    outcome = models.CharField(
        max_length=12, choices=Outcome.choices, blank=True, help_text=_("Of the last visit.")
    )
    status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("The number with which it answered last.")
    )
    first_checked_at = models.DateTimeField(null=True, blank=True)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(
        default=0, help_text=_("Visits without success since the last with.")
    )
    failing_since = models.DateTimeField(
        null=True, blank=True, help_text=_("The first of these visits.")
    )
    unavailable_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("As public pages say, after three failures over at least seven days."),
    )
    next_due = models.DateTimeField(help_text=_("When it is visited next."))
    claimed_until = models.DateTimeField(
        null=True, blank=True, help_text=_("Until when a run that visits it may take.")
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(condition=~Q(address=""), name="link_has_address"),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        "",
                        "good",
                        "name",
                        "connection",
                        "slow",
                        "certificate",
                        "status",
                        "redirects",
                        "garbled",
                        "denied",
                        "robots",
                        "busy",
                        "unfit",
                    ]
                ),
                name="link_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", first_checked_at=None, last_checked_at=None)
                | ~Q(outcome="")
                & Q(
                    first_checked_at__isnull=False,
                    last_checked_at__isnull=False,
                    first_checked_at__lte=F("last_checked_at"),
                ),
                name="link_checked_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None)
                | Q(failures__gt=0, failing_since__isnull=False),
                name="link_failing_has_a_first_failure",
            ),
            models.CheckConstraint(
                condition=Q(unavailable_since=None)
                | Q(unavailable_since=F("failing_since"), failures__gte=ENOUGH_FAILURES),
                name="link_unavailable_after_enough_failures",
            ),
        ]
        indexes = [
            models.Index(fields=["next_due", "id"], name="link_due"),
            models.Index(fields=["host"], name="link_host"),
            models.Index(
                fields=["unavailable_since"],
                condition=Q(unavailable_since__isnull=False),
                name="link_unavailable",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def has_failed(self) -> bool:
        """Whether the last visit was a failure."""
        return self.outcome in self.FAILED
