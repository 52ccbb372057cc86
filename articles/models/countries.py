"""Countries, where they stand towards the Convention, and their action plans."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.dates import PartialDateField
from articles.languages import worded


class CountryQuerySet(models.QuerySet["Country"]):
    """Countries that are …"""

    def parties(self) -> "CountryQuerySet":
        """Countries and organisations that are bound by the Convention."""
        return self.filter(party__status=Party.Status.PARTY)


class Country(models.Model):
    """A country or area of the UN list M49, or the European Union (which can be a Party)."""

    class UNStatus(models.TextChoices):
        MEMBER = "member", _("member of the United Nations")
        OBSERVER = "observer", _("observer")
        NON_MEMBER_STATE = "non-member-state", _("State that is not a member")
        TERRITORY = "territory", _("territory")
        REGIONAL_ORGANIZATION = "regional-organization", _("regional organization")

    code = models.CharField(max_length=2, primary_key=True, help_text=_("ISO 3166-1 alpha-2."))
    alpha3 = models.CharField(max_length=3, blank=True)
    m49 = models.CharField(max_length=3, blank=True)
    name_en = models.CharField(max_length=100, unique=True)
    name_fr = models.CharField(max_length=100)
    name_es = models.CharField(max_length=100)
    name_ru = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100)
    name_ar = models.CharField(max_length=100)
    m49_region = models.CharField(max_length=40, blank=True)
    m49_region_code = models.CharField(max_length=3, blank=True)
    m49_subregion = models.CharField(max_length=40, blank=True)
    m49_subregion_code = models.CharField(max_length=3, blank=True)
    m49_intermediate_region = models.CharField(max_length=40, blank=True)
    un_status = models.CharField(max_length=30, choices=UNStatus.choices)
    un_regional_group = models.CharField(max_length=60, blank=True)
    is_ldc = models.BooleanField(_("least developed country"))
    ldc_graduation_on = models.DateField(null=True, blank=True)
    is_lldc = models.BooleanField(_("landlocked developing country"))
    is_sids = models.BooleanField(_("small island developing State"))

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "countries"
        constraints = [
            models.UniqueConstraint(
                fields=["alpha3"], condition=~Q(alpha3=""), name="country_alpha3_unique"
            ),
            models.UniqueConstraint(
                fields=["m49"], condition=~Q(m49=""), name="country_m49_unique"
            ),
            models.CheckConstraint(
                condition=Q(
                    un_status__in=[
                        "member",
                        "observer",
                        "non-member-state",
                        "territory",
                        "regional-organization",
                    ]
                ),
                name="country_un_status_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en

    def get_absolute_url(self) -> str:
        """The page of the country."""
        return reverse("country-detail", args=[self.code.lower()])

    def name(self, language: str) -> str:
        """The UN name in `language`; M49 has all six."""
        return worded(self, "name", language).text


class Party(models.Model):
    """A country's standing towards the Convention: a Party, or a signatory that has not joined."""

    class Status(models.TextChoices):
        PARTY = "party", _("Party")
        SIGNATORY = "signatory", _("signatory")

    class Consent(models.TextChoices):
        RATIFICATION = "ratification", _("ratification")
        ACCESSION = "accession", _("accession")
        ACCEPTANCE = "acceptance", _("acceptance")
        APPROVAL = "approval", _("approval")

    country = models.OneToOneField(
        "articles.Country", models.PROTECT, primary_key=True, related_name="party"
    )
    status = models.CharField(max_length=10, choices=Status.choices)
    signed_on = models.DateField(null=True, blank=True)
    consent_on = models.DateField(
        null=True, blank=True, help_text=_("When the instrument was deposited.")
    )
    consent_kind = models.CharField(max_length=20, choices=Consent.choices, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    order_number = models.PositiveSmallIntegerField(
        null=True, blank=True, unique=True, help_text=_("Place in the order of joining.")
    )
    as_of = models.DateField()
    source = models.TextField()
    cross_check = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "Parties"
        constraints = [
            models.CheckConstraint(
                condition=Q(status="party", consent_on__isnull=False, in_force_on__isnull=False)
                & ~Q(consent_kind="")
                | Q(
                    status="signatory",
                    consent_on__isnull=True,
                    in_force_on__isnull=True,
                    consent_kind="",
                    signed_on__isnull=False,
                ),
                name="party_has_consent_signatory_has_not",
            ),
            # Who did not sign accedes; who signed ratifies, accepts or approves (Article 30).
            models.CheckConstraint(
                condition=Q(consent_kind="")
                | Q(consent_kind="accession", signed_on__isnull=True)
                | ~Q(consent_kind="accession") & Q(signed_on__isnull=False),
                name="party_accedes_without_signature",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id}: {self.get_status_display()}"


class NationalActionPlan(models.Model):
    """A country's plan on artisanal and small-scale gold mining (Article 7, paragraph 3)."""

    country = models.ForeignKey("articles.Country", models.PROTECT, related_name="action_plans")
    submission_year = models.PositiveSmallIntegerField(null=True, blank=True)
    published_by = PartialDateField(help_text=_("The day on which it was found to be published."))
    language = models.CharField(max_length=2, blank=True)
    source = models.TextField()
    official_page = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "language"], name="action_plan_once_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.country_id}"
