"""Partners, and the other organisations that records name (PAG-6 §3d)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.dates import PartialDateField
from registry.models.base import Record, RecordQuerySet


class PartnerQuerySet(RecordQuerySet):
    """Organisations that are …"""

    def partners(self) -> "PartnerQuerySet":
        """Partners themselves: the only organisations counted as partners."""
        return self.filter(standing=Partner.Standing.PARTNER)

    def others(self) -> "PartnerQuerySet":
        """Organisations that take part, fund or are named, without being partners."""
        return self.exclude(standing=Partner.Standing.PARTNER)


class Partner(Record):
    """An organisation. `standing` tells partners from all others, which never count as partners."""

    noun = "partner"

    class Standing(models.TextChoices):
        PARTNER = "partner", _("partner")
        REPRESENTED = "represented", _("represented by a partner association")
        CONTRIBUTOR = "contributor", _("contributor, not a partner")
        NAMED = "named", _("named in a record, not a partner")

    class Type(models.TextChoices):
        GOVERNMENT = "government", _("government")
        IGO = "igo", _("intergovernmental organisation")
        NGO = "ngo", _("non-governmental organisation")
        INDUSTRY = "industry", _("industry")
        ACADEMIA = "academia", _("academia")
        OTHER = "other", _("other")

    class Evidence(models.TextChoices):
        LISTED = "listed", _("on a partner list")
        LEAD = "lead", _("leads an area or co-chairs the advisory group")
        SELF_STATED = "self-stated", _("says so itself")
        DONOR = "donor", _("named as a donor")

    name = models.CharField(max_length=200, unique=True)
    acronym = models.CharField(max_length=20, blank=True)
    standing = models.CharField(max_length=12, choices=Standing.choices)
    type = models.CharField(max_length=12, choices=Type.choices, blank=True)
    country = models.ForeignKey(
        "articles.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
        help_text=_("Country of the seat."),
    )
    is_association = models.BooleanField(
        default=False, help_text=_("Represents other entities, which are counted apart.")
    )
    represented_by = models.ForeignKey(
        "registry.Partner", models.PROTECT, null=True, blank=True, related_name="represented"
    )
    represented_count = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("How many entities the association says it represents.")
    )
    website = models.URLField(max_length=300, blank=True)
    evidence = models.CharField(max_length=12, choices=Evidence.choices, blank=True)
    involvement = models.TextField(
        blank=True, help_text=_("What it did, where it is not a partner.")
    )
    source_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("The year that the source speaks of.")
    )
    areas_source = models.TextField(blank=True, help_text=_("Where its areas were seen."))
    joined = PartialDateField()
    left = PartialDateField()

    objects = PartnerQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(standing__in=["partner", "represented", "contributor", "named"]),
                name="partner_standing_known",
            ),
            models.CheckConstraint(
                condition=Q(type__in=["government", "igo", "ngo", "industry", "academia", "other"])
                | Q(type="") & ~Q(standing="partner"),
                name="partner_type_known",
                violation_error_message=_("A partner needs its type: one of those offered."),
            ),
            models.CheckConstraint(
                condition=Q(standing="represented", represented_by__isnull=False)
                | ~Q(standing="represented") & Q(represented_by__isnull=True),
                name="partner_represented_names_association",
                violation_error_message=_(
                    "Who is represented names the association that does it, and nobody else does."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_association=True) | Q(represented_count__isnull=True),
                name="partner_count_only_of_association",
                violation_error_message=_("Only an association says how many it represents."),
            ),
            models.CheckConstraint(
                condition=~Q(standing="partner") | ~Q(evidence=""),
                name="partner_has_evidence",
                violation_error_message=_(
                    "A partner needs evidence: where it is seen that it is one."
                ),
            ),
        ]
        indexes = [models.Index(fields=["source_system"], name="partner_source_system")]

    def __str__(self) -> str:
        return self.name


class PartnerName(models.Model):
    """Another name of the organisation: former, translated, or as a list spells it."""

    partner = models.ForeignKey("registry.Partner", models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "name"], name="partner_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerArea(models.Model):
    """An area in which the organisation works."""

    partner = models.ForeignKey("registry.Partner", models.CASCADE, related_name="partner_areas")
    area = models.ForeignKey("registry.Area", models.PROTECT, related_name="area_partners")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "area"], name="partner_area_once"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} in {self.area_id}"
