"""The ledger of background jobs: when each ran last, and how that went."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_ERROR = 200


class Job(models.Model):
    """A line for each job; what it says is of its last run, not of all."""

    name = models.CharField(max_length=60, unique=True, help_text=_("Of its task."))
    started_at = models.DateTimeField(help_text=_("When it was started last."))
    succeeded_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it last came to its end.")
    )
    failed_at = models.DateTimeField(null=True, blank=True, help_text=_("When it last failed."))
    seconds = models.FloatField(
        null=True, blank=True, help_text=_("How long the last run took that ended, well or not.")
    )
    error = models.CharField(
        max_length=LONGEST_ERROR,
        blank=True,
        help_text=_("What went wrong last and where, without anything of what was worked on."),
    )
    failures = models.PositiveIntegerField(
        default=0, help_text=_("Runs that failed since the last that did not.")
    )

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="job_has_name"),
            models.CheckConstraint(
                condition=Q(failed_at=None, failures=0, error="")
                | Q(failed_at__isnull=False) & ~Q(error=""),
                name="job_failed_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name
