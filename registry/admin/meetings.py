"""Meetings in the administration."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.actions import meetings
from registry.admin.base import RecordAdmin
from registry.admin.listing import UsedFilter
from registry.models import Meeting


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    verbs = meetings
    entry_noun = "meeting"
    list_display = ("title", "state", "kind", "start", "end", "place", "country", "area")
    list_filter = ("kind", "area", ("country", UsedFilter))
    search_fields = ("title", "slug", "place", "country__name_en", "area__name")
    list_select_related = ("country", "area")
    autocomplete_fields = ("country",)
    ordering = ("-start", "title")
    fieldsets = (
        (None, {"fields": ("version", "title", "slug", "kind", "area")}),
        (_("When and where"), {"fields": (("start", "end"), "place", "country")}),
        (_("Where it was seen"), {"fields": ("source", ("source_system", "external_id"))}),
    )
