"""Files that bring records in: each upload, and what each of its rows wants and would do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# What may be brought in; areas and meetings are few.
NOUNS = ["activity", "contribution", "guidance", "partner"]


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Uploads that are …"""

    def in_work(self) -> "ImportRunQuerySet":
        """To be tried or applied, or being so."""
        return self.filter(status__in=ImportRun.IN_WORK)


class ImportRun(models.Model):
    """One uploaded sheet on its way: it is tried, somebody looks at it, it is applied."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits to be tried")
        TRYING = "trying", _("is being tried")
        TRIED = "tried", _("tried: waits for you")
        QUEUED = "queued", _("waits to be applied")
        APPLYING = "applying", _("is being applied")
        APPLIED = "applied", _("applied")
        DISCARDED = "discarded", _("discarded")
        FAILED = "failed", _("failed")

    IN_WORK = (Status.WAITING, Status.TRYING, Status.QUEUED, Status.APPLYING)

    noun = models.CharField(_("noun"), max_length=12)
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    names = models.JSONField(help_text=_("The headers of the file, in their order."))
    by = models.ForeignKey(
        "registry.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("by"),
        help_text=_("Blank for the system."),
    )
    at = models.DateTimeField(_("uploaded"))
    status = models.CharField(
        _("state"), max_length=10, choices=Status.choices, default=Status.WAITING
    )
    count = models.PositiveIntegerField(_("rows"), default=0)
    # Of a step that runs: when it last showed a sign of life, and how many rows it has done.
    beat_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    # Columns that the file would empty in many records, with how many.
    emptied = models.JSONField(default=dict, blank=True)
    problem = models.TextField(_("what went wrong"), blank=True)
    batch = models.OneToOneField(
        "registry.Batch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="run",
        verbose_name=_("changes"),
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded sheet")
        verbose_name_plural = _("uploaded sheets")
        indexes = [models.Index(fields=["status"], name="import_status")]
        constraints = [
            models.CheckConstraint(condition=Q(noun__in=NOUNS), name="import_noun_known"),
            models.CheckConstraint(
                condition=Q(batch=None) | Q(status="applied"), name="import_with_changes_is_applied"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """A row of an uploaded sheet: as typed, as understood, and what it would do."""

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("the same")
        WRONG = "wrong", _("wrong")

    run = models.ForeignKey("registry.ImportRun", models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField(help_text=_("The number of the row in the file."))
    slug = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)
    values = models.JSONField()
    cells = models.JSONField(help_text=_("As typed, in the order of the headers."))
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    title = models.TextField(blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    # Column (“__all__” for the row): messages.
    problems = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("row of an uploaded sheet")
        verbose_name_plural = _("rows of uploaded sheets")
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["run", "outcome", "place"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.place}"
