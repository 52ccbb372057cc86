"""Guidance documents, tools and data (PAG-6 §8), their editions and relations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import Record
from registry.models.roles import Basis, Role


class Guidance(Record):
    """A publication, form, tool, course or data set that helps to carry out an article."""

    noun = "guidance"

    class Kind(models.TextChoices):
        ASSESSMENT = "assessment", _("assessment")
        TECHNICAL = "technical-guidance", _("technical guidance")
        GUIDELINE = "guideline", _("guideline")
        TOOLKIT = "toolkit", _("toolkit")
        BROCHURE = "brochure", _("brochure")
        REPORT = "report", _("report")
        CASE_STUDY = "case-study", _("case study")
        TRAINING = "training", _("training")
        POLICY_BRIEF = "policy-brief", _("policy brief")
        DATASET = "dataset", _("data set")

    title = models.CharField(max_length=300)
    subtitle = models.CharField(
        max_length=200, blank=True, help_text=_("Often an edition or a document number.")
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    role = models.CharField(max_length=16, choices=Role.choices)
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Of this edition."))
    abstract = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True, help_text=_("Landing page or file."))
    named_in_pag6 = models.CharField(
        max_length=10,
        blank=True,
        help_text=_(
            "Paragraph of the 2014 note that names it, or the kind of guidance it answers."
        ),
    )

    class Meta(Record.Meta):
        verbose_name_plural = "guidance"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="guidance_has_title"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "assessment",
                        "technical-guidance",
                        "guideline",
                        "toolkit",
                        "brochure",
                        "report",
                        "case-study",
                        "training",
                        "policy-brief",
                        "dataset",
                    ],
                    role__in=Role.values,
                ),
                name="guidance_kind_and_role_known",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__gte=1900, year__lte=2100),
                name="guidance_year_plausible",
                violation_error_message=_("A year lies between 1900 and 2100."),
            ),
        ]
        indexes = [
            models.Index(fields=["-year", "id"], name="guidance_newest"),
            models.Index(fields=["updated_at"], name="guidance_updated"),
            models.Index(fields=["source_system"], name="guidance_source_system"),
            # Look-alikes are looked up by these.
            models.Index(fields=["url"], name="guidance_url", condition=~Q(url="")),
            models.Index(
                fields=["external_id"], name="guidance_external_id", condition=~Q(external_id="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Publisher(models.Model):
    """An organisation that published the document."""

    guidance = models.ForeignKey("registry.Guidance", models.CASCADE, related_name="publishers")
    partner = models.ForeignKey("registry.Partner", models.PROTECT, related_name="publications")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guidance", "partner"], name="publisher_once"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} published {self.guidance_id}"


class Edition(models.Model):
    """The document in one language. Without an address of its own, the landing page leads to it."""

    guidance = models.ForeignKey("registry.Guidance", models.CASCADE, related_name="editions")
    language = models.CharField(max_length=2, help_text=_("ISO 639-1 code."))
    url = models.URLField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guidance", "language"], name="edition_once_per_language"
            ),
            models.CheckConstraint(condition=~Q(language=""), name="edition_has_language"),
        ]
        indexes = [models.Index(fields=["url"], name="edition_url", condition=~Q(url=""))]

    def __str__(self) -> str:
        return self.language


class GuidanceArea(models.Model):
    """An area that the document belongs to; none means cross-cutting."""

    guidance = models.ForeignKey("registry.Guidance", models.CASCADE, related_name="guidance_areas")
    area = models.ForeignKey("registry.Area", models.PROTECT, related_name="area_guidance")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "guidance"], name="guidance_area_once"),
        ]

    def __str__(self) -> str:
        return f"{self.guidance_id} in {self.area_id}"


class GuidanceArticle(models.Model):
    """An article that the document serves, and how that is known."""

    guidance = models.ForeignKey(
        "registry.Guidance", models.CASCADE, related_name="guidance_articles"
    )
    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="article_guidance")
    basis = models.CharField(max_length=10, choices=Basis.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "guidance"], name="guidance_article_once"),
            models.CheckConstraint(
                condition=Q(article__gte=3, article__lte=14),
                name="guidance_article_of_the_spine",
                violation_error_message=_("Records serve Articles 3 to 14."),
            ),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values), name="guidance_article_basis_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guidance_id} serves {self.article_id}"


class GuidanceRelation(models.Model):
    """How one document stands to another."""

    class Kind(models.TextChoices):
        REPLACES = "replaces", _("replaces")
        TRANSLATION_OF = "translation-of", _("is a translation of")

    guidance = models.ForeignKey("registry.Guidance", models.CASCADE, related_name="relations")
    other = models.ForeignKey("registry.Guidance", models.PROTECT, related_name="related_from")
    kind = models.CharField(max_length=16, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guidance", "other", "kind"], name="guidance_relation_once"
            ),
            models.CheckConstraint(
                condition=~Q(guidance=F("other")),
                name="guidance_relation_to_another",
                violation_error_message=_(
                    "A document stands in a relation to another one, not to itself."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guidance_id} {self.kind} {self.other_id}"


class ActivityOutput(models.Model):
    """A document that an activity produced."""

    activity = models.ForeignKey("registry.Activity", models.CASCADE, related_name="outputs")
    guidance = models.ForeignKey("registry.Guidance", models.PROTECT, related_name="produced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guidance", "activity"], name="activity_output_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} produced {self.guidance_id}"
