"""Annexes: amendments, phase-out dates and categories of sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Annex(models.Model):
    """An annex to the Convention and the articles it belongs to."""

    code = models.CharField(max_length=1, primary_key=True)
    title = models.CharField(max_length=200)
    articles = models.ManyToManyField("articles.Article", related_name="annexes")
    sources = models.JSONField(
        default=list, blank=True, help_text=_("Annex D: the categories of point sources.")
    )

    class Meta:
        verbose_name_plural = "annexes"

    def __str__(self) -> str:
        return f"Annex {self.code}. {self.title}"


class AnnexAmendment(models.Model):
    """A change to an annex, adopted by a Conference of the Parties."""

    annex = models.ForeignKey("articles.Annex", models.CASCADE, related_name="amendments")
    meeting = models.CharField(max_length=10)
    decision = models.CharField(max_length=20, blank=True)
    adopted = models.DateField()
    in_force = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annex", "meeting"], name="amendment_once_per_meeting")
        ]

    def __str__(self) -> str:
        return f"Annex {self.annex_id}, {self.meeting}"


class PhaseOut(models.Model):
    """A product or process that an annex phases out, and the year."""

    annex = models.ForeignKey("articles.Annex", models.CASCADE, related_name="phase_outs")
    position = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    origin = models.CharField(
        max_length=100, help_text=_("“original”, or the decision that added it.")
    )

    class Meta:
        constraints = [
            # Not the position: items that leave the data files stay here with theirs.
            models.UniqueConstraint(fields=["annex", "item"], name="phase_out_item_once")
        ]

    def __str__(self) -> str:
        return self.item
