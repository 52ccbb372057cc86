"""Changes of many records at once: what was done, by whom, and whether it was undone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NOUNS = ["activity", "area", "contribution", "guidance", "meeting", "partner"]


class Batch(models.Model):
    """Many records of one noun, changed all or none. The events of its changes bear its number."""

    class Kind(models.TextChoices):
        IMPORT = "import", _("import of a file")
        BULK = "bulk", _("change in the administration")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    noun = models.CharField(_("noun"), max_length=12)
    label = models.CharField(_("what was done"), max_length=300)
    by = models.ForeignKey(
        "registry.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="batches",
        verbose_name=_("by"),
        help_text=_("Blank for the system."),
    )
    at = models.DateTimeField(_("when"))
    created = models.PositiveIntegerField(_("created"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    withdrawn = models.PositiveIntegerField(_("withdrawn"), default=0)
    restored = models.PositiveIntegerField(_("restored"), default=0)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        "registry.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="batches_undone",
        verbose_name=_("undone by"),
    )

    class Meta:
        verbose_name = _("batch of changes")
        verbose_name_plural = _("batches of changes")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["import", "bulk"]), name="batch_kind_known"
            ),
            models.CheckConstraint(condition=Q(noun__in=NOUNS), name="batch_noun_known"),
            models.CheckConstraint(condition=~Q(label=""), name="batch_says_what_was_done"),
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False),
                name="batch_undone_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def count(self) -> int:
        """How many records it touched."""
        return self.created + self.changed + self.withdrawn + self.restored
