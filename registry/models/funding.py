"""Money: funding lines of activities, contributions to the Partnership (PAG-6 §17–24)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import Record


class FundingLine(models.Model):
    """An amount that a source gives for an activity, as reported. Amounts are never converted."""

    activity = models.ForeignKey("registry.Activity", models.CASCADE, related_name="funding_lines")
    funder = models.ForeignKey(
        "registry.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_lines",
        help_text=_("Blank where the amount is the whole budget."),
    )
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    currency = models.CharField(max_length=3, help_text=_("ISO 4217 code."))
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funding_line_amount_positive",
                violation_error_message=_("An amount is more than nothing."),
            ),
            models.CheckConstraint(
                condition=~Q(currency=""),
                name="funding_line_has_currency",
                violation_error_message=_("An amount needs its currency."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}"


class Contribution(Record):
    """What a donor gives to the Partnership: money, staff or goods, as a source states it."""

    noun = "contribution"

    class Serves(models.TextChoices):
        ACTIVITIES = "activities", _("activities")
        SECRETARIAT = "secretariat", _("secretariat")

    class Kind(models.TextChoices):
        CASH = "cash", _("cash")
        STAFF = "staff", _("staff")
        IN_KIND = "in-kind", _("in kind")

    donor = models.ForeignKey("registry.Partner", models.PROTECT, related_name="contributions")
    purpose = models.CharField(max_length=300)
    serves = models.CharField(max_length=12, choices=Serves.choices, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)
    instrument = models.CharField(max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    year_end = models.PositiveSmallIntegerField(null=True, blank=True)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, help_text=_("ISO 4217 code."))
    area = models.ForeignKey(
        "registry.Area", models.PROTECT, null=True, blank=True, related_name="contributions"
    )

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="")
                | Q(amount__isnull=False) & ~Q(currency=""),
                name="contribution_amount_with_currency",
                violation_error_message=_(
                    "An amount and its currency are given together, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(year_end__isnull=True) | Q(year__lte=F("year_end")),
                name="contribution_starts_before_it_ends",
                violation_error_message=_("The last year lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose
