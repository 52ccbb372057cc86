"""The Convention: the treaty, its conferences, their decisions."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Convention(models.Model):
    """The Convention itself: names and dates. One row."""

    name_en = models.CharField(max_length=100)
    name_fr = models.CharField(max_length=100)
    name_es = models.CharField(max_length=100)
    name_ru = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100)
    name_ar = models.CharField(max_length=100)
    text_agreed = models.DateField()
    adopted = models.DateField()
    place = models.CharField(max_length=100)
    signature_opened = models.DateField()
    signature_closed = models.DateField()
    signatories = models.PositiveSmallIntegerField()
    fiftieth_instrument = models.DateField()
    in_force = models.DateField()
    in_force_rule = models.TextField()
    depositary = models.CharField(max_length=100)
    un_registration = models.CharField(max_length=20)
    unts_volume = models.PositiveSmallIntegerField()
    authentic_languages = models.JSONField()
    financial_mechanism = models.JSONField()
    source = models.TextField()
    contribution_note = models.TextField(
        blank=True, help_text=_("How the expected contributions were mapped to articles.")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="convention_is_one_row"),
            models.CheckConstraint(
                condition=Q(adopted__lte=F("in_force")), name="convention_adopted_before_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.name_en


class ConferenceOfTheParties(models.Model):
    """A meeting of the Conference of the Parties (COP), which takes the decisions."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    start = models.DateField()
    end = models.DateField()
    place = models.CharField(max_length=100)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "conferences of the Parties"
        constraints = [
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="cop_starts_before_end")
        ]

    def __str__(self) -> str:
        return f"COP-{self.number}"


class Decision(models.Model):
    """A decision of the Conference of the Parties."""

    class Kind(models.TextChoices):
        GUIDANCE = "guidance adopted", _("guidance adopted")
        AMENDMENT = "amendment", _("amendment")
        INSTITUTIONAL = "institutional", _("institutional")
        PROCESS = "process", _("process")

    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=20, blank=True, help_text=_("Only where it is certain."))
    probable_code = models.CharField(
        max_length=20,
        blank=True,
        help_text=_("Recalled, not seen in a source: never shown in public."),
    )
    cop = models.ForeignKey(
        "articles.ConferenceOfTheParties", models.PROTECT, related_name="decisions"
    )
    year = models.PositiveSmallIntegerField()
    articles = models.ManyToManyField("articles.Article", related_name="decisions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.TextField()
    source = models.TextField()
    basis = models.CharField(max_length=100, help_text=_("What of it was seen."))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="decision_code_unique"
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(probable_code=""), name="decision_code_certain_or_probable"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["guidance adopted", "amendment", "institutional", "process"]),
                name="decision_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.slug

    def get_absolute_url(self) -> str:
        """The page of the decision."""
        return reverse("decision-detail", args=[self.slug])
