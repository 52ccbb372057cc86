"""Records that were one and the same: which was joined with which, and which pairs are not."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

# Joined with another of their kind: what partners propose, too.
NOUNS = ["activity", "guidance", "partner"]


class JoinQuerySet(models.QuerySet["Join"]):
    """Joins that are …"""

    def standing(self) -> "JoinQuerySet":
        """Not undone: the address of the one leads to the other."""
        return self.filter(undone_at=None)


class Join(models.Model):
    """One record went into another: its address leads there for ever, unless it is undone."""

    noun = models.CharField(max_length=12)
    kept = models.SlugField(max_length=100)
    gone = models.SlugField(max_length=100)
    by = models.ForeignKey(
        "registry.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joins",
        help_text=_("Blank for the system."),
    )
    at = models.DateTimeField()
    kept_before = models.JSONField(help_text=_("The values of the kept record."))
    gone_before = models.JSONField(help_text=_("The values of the other one."))
    followed = models.JSONField(help_text=_("What changed with it, as it was and as it became."))
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "registry.User", models.PROTECT, null=True, blank=True, related_name="joins_undone"
    )

    objects = JoinQuerySet.as_manager()

    class Meta:
        verbose_name = _("join")
        verbose_name_plural = _("joins")
        constraints = [
            models.UniqueConstraint(
                fields=["noun", "gone"], condition=Q(undone_at=None), name="join_gone_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="join_of_two"),
            models.CheckConstraint(condition=Q(noun__in=NOUNS), name="join_noun_known"),
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False),
                name="join_undone_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["noun", "kept"], name="join_kept")]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class Apart(models.Model):
    """Two records that look alike and are not the same."""

    noun = models.CharField(max_length=12)
    one = models.SlugField(max_length=100)
    other = models.SlugField(max_length=100)
    why = models.TextField(blank=True)
    by = models.ForeignKey(
        "registry.User", models.PROTECT, null=True, blank=True, related_name="kept_apart"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("pair kept apart")
        verbose_name_plural = _("pairs kept apart")
        constraints = [
            # Whichever stands first: databases do not agree on the order of letters and hyphens.
            models.UniqueConstraint(
                "noun", Least("one", "other"), Greatest("one", "other"), name="apart_once"
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="apart_of_two"),
            models.CheckConstraint(condition=Q(noun__in=NOUNS), name="apart_noun_known"),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"
