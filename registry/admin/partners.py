"""Partners and other organisations in the administration."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.actions import partners
from registry.admin.base import RecordAdmin, RecordForm
from registry.admin.joining import Joining
from registry.admin.lacking import LackingFilter
from registry.admin.listing import UsedFilter, ValuesFilter
from registry.admin.rows import RowInline, choice_of_areas
from registry.admin.sheets import Sheets
from registry.models import Partner, PartnerName


class PartnerForm(RecordForm):
    areas = choice_of_areas()


class OtherNames(RowInline):
    name = "other_names"
    model = PartnerName
    fields = ("name",)
    verbose_name = _("other name")
    verbose_name_plural = _("other names: former, translated, or as a list spells it")


@admin.register(Partner)
class PartnerAdmin(Joining, Sheets, RecordAdmin):
    verbs = partners
    form = PartnerForm
    entry_noun = "partner"
    list_display = ("name", "acronym", "state", "standing", "type", "country", "evidence")
    list_filter = (
        "standing",
        "type",
        "is_association",
        "evidence",
        "partner_areas__area",
        ("country", UsedFilter),
        ("source_system", ValuesFilter),
        LackingFilter,
    )
    search_fields = ("name", "acronym", "slug", "other_names__name", "country__name_en")
    list_select_related = ("country",)
    autocomplete_fields = ("country", "represented_by")
    bulk_fields = ("type",)
    ordering = ("name",)
    inlines = (OtherNames,)
    fieldsets = (
        (None, {"fields": ("version", "name", "acronym", "slug", "website")}),
        (_("What it is"), {"fields": ("standing", "type", "country", "evidence")}),
        (
            _("Associations"),
            {"fields": ("is_association", "represented_count", "represented_by")},
        ),
        (_("Its part"), {"fields": ("areas", "areas_source", "involvement", ("joined", "left"))}),
        (
            _("Where it was seen"),
            {"fields": ("source", "source_year", ("source_system", "external_id"))},
        ),
    )
