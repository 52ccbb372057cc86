"""Frozen states of the registry that can be cited: what is in each, and how it can be checked."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Snapshot(models.Model):
    """One frozen file. Its row is never changed: who cites it must find what was cited."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=300)
    taken_on = models.DateField(_("taken on"))
    taken_at = models.DateTimeField()
    revision = models.PositiveBigIntegerField(_("revision"))
    software = models.CharField(max_length=40)
    scope = models.JSONField(help_text=_("Period, areas and articles that it is about."))
    counts = models.JSONField(help_text=_("How many records there are in it, by noun."))
    left_out = models.JSONField(help_text=_("What is not in it, and how many."))
    bytes = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(
        "registry.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="snapshots",
        verbose_name=_("by"),
        help_text=_("Blank for the system."),
    )

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="snapshot_has_a_title"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="snapshot_has_a_checksum"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The permanent public address."""
        return reverse("data-snapshot", args=[self.key])
