"""The reference book in the administration."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import (
    Annex,
    AnnexAmendment,
    Article,
    ConferenceOfTheParties,
    Convention,
    Country,
    Decision,
    ExpectedContribution,
    NationalActionPlan,
    Party,
    PhaseOut,
    Provision,
    Term,
)
from registry.actions import reference
from registry.actions.values import plain
from registry.admin.base import Explaining, ProblemForm
from registry.admin.lacking import LackingFilter
from registry.admin.searching import Searching
from registry.permissions import Verb


class ReferenceForm(ProblemForm):
    """The fields of a page, and a mark of what was stored when they were read."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field, field_name):
        if field_name == "version":
            return reference.mark(reference.read(self.instance)) if self.instance.pk else ""
        return super().get_initial_for_field(field, field_name)

    def values(self):
        """The typed fields as values, for comparison."""
        fields = (
            self._meta.model._meta.get_field(name)
            for name in self.cleaned_data.keys() - {"version"}
        )
        return {field.name: _typed(field, self.cleaned_data[field.name]) for field in fields}


def _typed(field, value):
    if field.many_to_many:
        return sorted(each.pk for each in value)
    return plain(field, value.pk if isinstance(value, models.Model) else value)


class ReferenceAdmin(Searching, Explaining):
    """A page of the reference book: saved plainly, then told to the trail and to the entries."""

    verb = Verb.EDIT_REFERENCE
    form = ReferenceForm
    change_form_template = "admin/record_form.html"
    fixed = ()  # what names it, given once

    def address(self, obj):
        return reference.address(obj)

    def get_fields(self, request, obj=None):
        return (*self.fields, "version")

    def get_readonly_fields(self, request, obj=None):
        return self.fixed if obj else ()

    def save_model(self, request, obj, form, change):
        form.before = (
            reference.unchanged(obj, form.cleaned_data["version"], form.values())
            if change
            else None
        )
        obj.full_clean()
        obj.save()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        reference.changed(record=form.instance, before=form.before, by=request.user)


class Provisions(admin.StackedInline):
    model = Provision
    fields = (("position", "paragraph", "kind"), "summary", "deadline")
    ordering = ("position",)
    extra = 0


class ExpectedContributions(admin.StackedInline):
    model = ExpectedContribution
    fields = (("phase", "mapping"), "text", "paragraphs", "mapping_note")
    ordering = ("-phase",)
    extra = 0


@admin.register(Article)
class ArticleAdmin(ReferenceAdmin):
    fixed = ("number", "slug")
    article_field = "number"
    list_display = ("number", "title_en", "title_fr", "title_es")
    list_filter = (LackingFilter,)
    list_display_links = ("number", "title_en")
    search_fields = ("number", "slug", "title_en", "title_fr", "title_es", "summary")
    ordering = ("number",)
    inlines = (Provisions, ExpectedContributions)
    fields = (
        ("number", "slug"),
        *(f"title_{code}" for code in ("en", "fr", "es", "ru", "zh", "ar")),
        "title_seen_in",
        "summary",
        "partnership_areas",
        "partnership_areas_basis",
    )


class Amendments(admin.TabularInline):
    model = AnnexAmendment
    fields = ("meeting", "decision", "adopted", "in_force")
    ordering = ("adopted", "pk")
    extra = 0


class PhaseOuts(admin.TabularInline):
    model = PhaseOut
    fields = ("position", "item", "year", "origin")
    ordering = ("position", "pk")
    extra = 0


@admin.register(Annex)
class AnnexAdmin(ReferenceAdmin):
    fixed = ("code",)
    article_field = "articles"
    list_display = ("code", "title")
    search_fields = ("code", "title", "phase_outs__item")
    ordering = ("code",)
    autocomplete_fields = ("articles",)
    fields = ("code", "title", "articles", "sources")
    inlines = (Amendments, PhaseOuts)


@admin.register(Convention)
class ConventionAdmin(ReferenceAdmin):
    list_display = ("name_en", "adopted", "in_force")
    ordering = ("pk",)
    fields = (
        *(f"name_{code}" for code in ("en", "fr", "es", "ru", "zh", "ar")),
        "text_agreed",
        ("adopted", "place"),
        ("signature_opened", "signature_closed", "signatories"),
        ("fiftieth_instrument", "in_force"),
        "in_force_rule",
        ("depositary", "un_registration", "unts_volume"),
        "authentic_languages",
        "financial_mechanism",
        "contribution_note",
        "source",
    )

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Convention.objects.exists()


@admin.register(ConferenceOfTheParties)
class ConferenceAdmin(ReferenceAdmin):
    fixed = ("number",)
    list_display = ("number", "start", "end", "place")
    search_fields = ("number", "place", "note")
    ordering = ("number",)
    fields = ("number", ("start", "end"), "place", "note")


class Standing(admin.StackedInline):
    model = Party
    extra = 0
    verbose_name_plural = _("standing towards the Convention")
    fields = (
        ("status", "signed_on"),
        ("consent_kind", "consent_on", "in_force_on"),
        ("order_number", "as_of"),
        "source",
        "cross_check",
        "note",
    )


class ActionPlans(admin.StackedInline):
    model = NationalActionPlan
    extra = 0
    fields = (
        ("submission_year", "published_by", "language"),
        "source",
        "official_page",
        "note",
    )


@admin.register(Country)
class CountryAdmin(ReferenceAdmin):
    fixed = ("code",)
    entry_noun = "country"
    entry_key = "code"
    list_display = ("code", "name_en", "m49_region", "un_status", "standing", "is_ldc", "is_sids")
    list_display_links = ("code", "name_en")
    list_select_related = ("party",)
    list_filter = (
        *("m49_region", "party__status", "un_status", "is_ldc", "is_lldc", "is_sids"),
        LackingFilter,
    )
    search_fields = ("code", "alpha3", "name_en", "name_fr", "name_es")
    ordering = ("name_en",)
    inlines = (Standing, ActionPlans)
    fields = (
        ("code", "alpha3", "m49"),
        *(f"name_{code}" for code in ("en", "fr", "es", "ru", "zh", "ar")),
        ("m49_region", "m49_region_code"),
        ("m49_subregion", "m49_subregion_code"),
        "m49_intermediate_region",
        ("un_status", "un_regional_group"),
        ("is_ldc", "ldc_graduation_on"),
        ("is_lldc", "is_sids"),
    )

    @admin.display(description=_("Convention"))
    def standing(self, country):
        party = getattr(country, "party", None)
        return party and party.get_status_display()


@admin.register(Decision)
class DecisionAdmin(ReferenceAdmin):
    fixed = ("slug",)
    entry_noun = "decision"
    article_field = "articles"
    list_display = ("slug", "code", "probable_code", "cop", "kind", "subject")
    list_filter = ("cop", "kind", "year", ("articles", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("cop",)
    search_fields = ("slug", "code", "probable_code", "subject")
    ordering = ("cop", "slug")
    autocomplete_fields = ("articles",)
    fields = (
        "slug",
        ("code", "probable_code"),
        ("cop", "year", "kind"),
        "articles",
        "subject",
        "source",
        "basis",
    )


@admin.register(Term)
class TermAdmin(ReferenceAdmin):
    fixed = ("slug",)
    entry_noun = "term"
    article_field = "articles"
    list_display = ("term", "expansion", "kind")
    list_filter = ("kind", ("articles", admin.RelatedOnlyFieldListFilter))
    search_fields = ("slug", "term", "expansion", "meaning")
    ordering = ("term",)
    autocomplete_fields = ("articles",)
    fields = ("slug", "term", "expansion", "kind", "articles", "meaning")
