"""Activities in the administration."""

from django import forms
from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from registry.actions import activities
from registry.admin.base import RecordAdmin, RecordForm
from registry.admin.joining import Joining
from registry.admin.lacking import LackingFilter
from registry.admin.listing import UsedFilter, ValuesFilter
from registry.admin.rows import ArticleRows, RowInline, choice_of_areas, choice_of_many
from registry.admin.sheets import Sheets
from registry.models import (
    Activity,
    ActivityArticle,
    ActivityCountry,
    ActivityLink,
    ActivityOutput,
    FundingLine,
    Participation,
    Region,
)


class ActivityForm(RecordForm):
    areas = choice_of_areas()
    countries = choice_of_many(ActivityCountry, "country", _("Countries"))
    regions = forms.MultipleChoiceField(
        label=_("UNEP regions"),
        choices=Region.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    outputs = choice_of_many(ActivityOutput, "guidance", _("Guidance it produced"))


class Participations(RowInline):
    name = "participations"
    model = Participation
    fields = ("partner", "role")
    autocomplete_fields = ("partner",)
    verbose_name = _("participation")
    verbose_name_plural = _("organisations that take part")


class Articles(ArticleRows):
    model = ActivityArticle


class FundingLines(RowInline):
    name = "funding_lines"
    model = FundingLine
    fields = ("funder", "amount", "currency")
    autocomplete_fields = ("funder",)
    verbose_name = _("funding line")
    verbose_name_plural = _("funding, as reported")


class Links(RowInline):
    name = "links"
    model = ActivityLink
    fields = ("label", "url")
    verbose_name = _("link")
    verbose_name_plural = _("further pages about it")


@admin.register(Activity)
class ActivityAdmin(Joining, Sheets, RecordAdmin):
    verbs = activities
    form = ActivityForm
    entry_noun = "activity"
    exact_fields = ("slug", "reference", "gef_id")
    article_field = "activity_articles__article"
    list_display = ("reference", "title", "state", "kind", "level", "status", "start", "leads")
    list_display_links = ("reference", "title")
    list_filter = (
        "kind",
        "level",
        "status",
        "attribution",
        "phase",
        "freshness",
        "activity_areas__area",
        "activity_regions__region",
        ("activity_articles__article", UsedFilter),
        ("source_system", ValuesFilter),
        LackingFilter,
    )
    search_fields = (
        "title",
        "reference",
        "slug",
        "gef_id",
        "activity_countries__country__name_en",
        "participations__partner__name",
        "participations__partner__acronym",
        "participations__partner__other_names__name",
    )
    bulk_fields = ("kind", "level", "attribution", "reported_status", "confirm_every")
    ordering = ("-number",)
    readonly_fields = ("reference", "status", "phase", "freshness")
    inlines = (Participations, Articles, FundingLines, Links)
    fieldsets = (
        (None, {"fields": ("version", "title", "slug", "reference", "summary", "url")}),
        (_("What it is"), {"fields": ("kind", "level", "attribution", "gef_id")}),
        (
            _("When"),
            {"fields": (("start", "end"), "reported_status", "status", "phase")},
        ),
        (_("Where and what for"), {"fields": ("countries", "regions", "areas", "outputs")}),
        (_("Confirmation"), {"fields": (("confirmed_on", "confirm_every"), "freshness")}),
        (_("Where it was seen"), {"fields": ("source", ("source_system", "external_id"))}),
    )

    def get_queryset(self, request):
        led = Participation.objects.filter(role=Participation.Role.LEAD).select_related("partner")
        leads = Prefetch("participations", led.order_by("position"), to_attr="led_by")
        return super().get_queryset(request).prefetch_related(leads)

    @admin.display(description=_("led by"))
    def leads(self, activity):
        return ", ".join(row.partner.acronym or row.partner.name for row in activity.led_by)
