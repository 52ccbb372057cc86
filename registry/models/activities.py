"""Activities of the Partnership and of its partners (PAG-6 §4)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, NullIf, Substr
from django.utils.translation import gettext_lazy as _

from articles.dates import PartialDateField
from registry.models.base import Record
from registry.models.roles import Basis, Region, Role


def _year_of(field: str) -> models.GeneratedField:
    # A column of its own, so that filters and charts by year use an index.
    return models.GeneratedField(
        expression=Cast(NullIf(Substr(F(field), 1, 4), models.Value("")), models.IntegerField()),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )


class Activity(Record):
    """A project, campaign, meeting, training or other effort. Unknown facts are blank."""

    noun = "activity"

    class Kind(models.TextChoices):
        BASELINE = Role.BASELINE.value, Role.BASELINE.label
        DIALOGUE = Role.DIALOGUE.value, Role.DIALOGUE.label
        AWARENESS = Role.AWARENESS.value, Role.AWARENESS.label
        GUIDANCE = Role.GUIDANCE.value, Role.GUIDANCE.label
        CAPACITY = Role.CAPACITY.value, Role.CAPACITY.label
        DEMONSTRATION = Role.DEMONSTRATION.value, Role.DEMONSTRATION.label
        INFORMATION = Role.INFORMATION.value, Role.INFORMATION.label
        MONITORING = "monitoring", _("monitoring")
        INVENTORY = "inventory", _("inventory")

    class Level(models.TextChoices):
        GLOBAL = "global", _("global")
        REGIONAL = "regional", _("regional")
        NATIONAL = "national", _("national")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        ONGOING = "ongoing", _("ongoing")
        COMPLETED = "completed", _("completed")

    class Attribution(models.TextChoices):
        UNEP = "unep", _("carried out by UNEP")
        PARTNER = "partner", _("by a partner within the Partnership")
        ASSOCIATED = "associated", _("associated with the Partnership")

    class Phase(models.TextChoices):
        INTERIM = "interim", _("before entry into force")
        AFTER = "after", _("after entry into force")

    class Freshness(models.TextChoices):
        FRESH = "fresh", _("confirmed")
        DUE = "due", _("due to be confirmed")
        OVERDUE = "overdue", _("confirmation overdue")
        SILENT = "silent", _("not confirmed")

    number = models.PositiveIntegerField(
        unique=True,
        editable=False,
        help_text=_("Given once, in order; the reference is made from it."),
    )
    reference = models.CharField(
        max_length=12,
        unique=True,
        editable=False,
        help_text=_("To say over the telephone: A-1042-7."),
    )
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    attribution = models.CharField(max_length=12, choices=Attribution.choices, blank=True)
    reported_status = models.CharField(
        max_length=10, choices=Status.choices, blank=True, help_text=_("As a source states it.")
    )
    status = models.CharField(
        max_length=10,
        choices=Status.choices,
        blank=True,
        editable=False,
        help_text=_("From the dates where they are known, otherwise as reported."),
    )
    start = PartialDateField(help_text=_("2014, 2014-03 or 2014-03-09, as far as it is known."))
    end = PartialDateField(help_text=_("2014, 2014-03 or 2014-03-09, as far as it is known."))
    start_year = _year_of("start")
    end_year = _year_of("end")
    phase = models.CharField(max_length=10, choices=Phase.choices, blank=True, editable=False)
    gef_id = models.CharField(
        _("GEF number"),
        max_length=10,
        blank=True,
        help_text=_("Project number of the Global Environment Facility."),
    )
    url = models.URLField(max_length=500, blank=True)
    confirmed_on = models.DateField(
        null=True, blank=True, help_text=_("When a partner last confirmed it.")
    )
    confirm_every = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Months between confirmations.")
    )
    freshness = models.CharField(
        max_length=8,
        choices=Freshness.choices,
        blank=True,
        editable=False,
        help_text=_("From the last confirmation; blank where it is completed."),
    )

    class Meta(Record.Meta):
        verbose_name_plural = "activities"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="activity_has_title"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[*Role.values, "monitoring", "inventory"],
                    level__in=["global", "regional", "national"],
                ),
                name="activity_kind_and_level_known",
            ),
            models.CheckConstraint(
                condition=Q(start="") | Q(end="") | Q(start_year__lte=F("end_year")),
                name="activity_starts_before_it_ends",
                violation_error_message=_("It ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(freshness__in=["", "fresh", "due", "overdue", "silent"]),
                name="activity_freshness_known",
            ),
            models.UniqueConstraint(
                fields=["gef_id"],
                condition=~Q(gef_id=""),
                name="activity_gef_number_once",
                violation_error_message=_("Another activity has this GEF number."),
                violation_error_code="unique",
            ),
        ]
        indexes = [
            models.Index(fields=["-start", "id"], name="activity_newest"),
            models.Index(fields=["kind"], name="activity_kind"),
            models.Index(fields=["updated_at"], name="activity_updated"),
            models.Index(fields=["source_system"], name="activity_source_system"),
            # Look-alikes are looked up by these.
            models.Index(fields=["url"], name="activity_url", condition=~Q(url="")),
            models.Index(
                fields=["external_id"], name="activity_external_id", condition=~Q(external_id="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participation(models.Model):
    """What an organisation does in an activity."""

    class Role(models.TextChoices):
        LEAD = "lead", _("leads")
        IMPLEMENTING = "implementing", _("implements")
        FUNDING = "funding", _("funds")
        CONTRIBUTING = "contributing", _("takes part")

    activity = models.ForeignKey("registry.Activity", models.CASCADE, related_name="participations")
    partner = models.ForeignKey("registry.Partner", models.PROTECT, related_name="participations")
    role = models.CharField(max_length=14, choices=Role.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "partner", "role"], name="participation_once_per_role"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["lead", "implementing", "funding", "contributing"]),
                name="participation_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.role} {self.activity_id}"


class ActivityArea(models.Model):
    """An area that the activity belongs to; none means cross-cutting."""

    activity = models.ForeignKey("registry.Activity", models.CASCADE, related_name="activity_areas")
    area = models.ForeignKey("registry.Area", models.PROTECT, related_name="area_activities")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "activity"], name="activity_area_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} in {self.area_id}"


class ActivityArticle(models.Model):
    """An article that the activity serves, and how that is known."""

    activity = models.ForeignKey(
        "registry.Activity", models.CASCADE, related_name="activity_articles"
    )
    article = models.ForeignKey(
        "articles.Article", models.PROTECT, related_name="article_activities"
    )
    basis = models.CharField(max_length=10, choices=Basis.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "activity"], name="activity_article_once"),
            models.CheckConstraint(
                condition=Q(article__gte=3, article__lte=14),
                name="activity_article_of_the_spine",
                violation_error_message=_("Records serve Articles 3 to 14."),
            ),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values), name="activity_article_basis_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} serves {self.article_id}"


class ActivityCountry(models.Model):
    """A country where the activity takes place or that takes part in it."""

    activity = models.ForeignKey(
        "registry.Activity", models.CASCADE, related_name="activity_countries"
    )
    country = models.ForeignKey(
        "articles.Country", models.PROTECT, related_name="country_activities"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "activity"], name="activity_country_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} in {self.country_id}"


class ActivityRegion(models.Model):
    """A UNEP region that the activity covers."""

    activity = models.ForeignKey(
        "registry.Activity", models.CASCADE, related_name="activity_regions"
    )
    region = models.CharField(max_length=20, choices=Region.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "activity"], name="activity_region_once"),
            models.CheckConstraint(
                condition=Q(region__in=Region.values),
                name="activity_region_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} in {self.region}"


class ActivityLink(models.Model):
    """A further page about the activity."""

    activity = models.ForeignKey("registry.Activity", models.CASCADE, related_name="links")
    label = models.CharField(max_length=100)
    url = models.URLField(max_length=500)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "url"], name="activity_link_once"),
        ]

    def __str__(self) -> str:
        return self.label
