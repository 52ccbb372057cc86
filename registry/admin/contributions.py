"""Contributions in the administration."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.actions import contributions
from registry.admin.base import RecordAdmin
from registry.admin.listing import UsedFilter
from registry.admin.sheets import Sheets
from registry.models import Contribution


@admin.register(Contribution)
class ContributionAdmin(Sheets, RecordAdmin):
    verbs = contributions
    entry_noun = "contribution"
    list_display = ("purpose", "state", "donor", "serves", "kind", "year", "money", "area")
    list_filter = (
        "serves",
        "kind",
        "year",
        "currency",
        "area",
        ("donor", UsedFilter),
    )
    search_fields = (
        "purpose",
        "slug",
        "instrument",
        "donor__name",
        "donor__acronym",
        "donor__country__name_en",
        "area__name",
    )
    list_select_related = ("donor", "area")
    autocomplete_fields = ("donor",)
    ordering = ("-year", "purpose")
    fieldsets = (
        (None, {"fields": ("version", "donor", "purpose", "slug")}),
        (_("What it is"), {"fields": ("serves", "kind", "instrument", "area")}),
        (_("How much and when"), {"fields": (("amount", "currency"), ("year", "year_end"))}),
        (_("Where it was seen"), {"fields": ("source", ("source_system", "external_id"))}),
    )

    @admin.display(description=_("amount"), ordering="amount")
    def money(self, contribution):
        if contribution.amount is None:
            return None
        return f"{contribution.currency} {contribution.amount:,.2f}"
