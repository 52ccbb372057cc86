"""Partnership areas in the administration."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.actions import areas
from registry.admin.base import RecordAdmin, RecordForm
from registry.admin.rows import RowInline, choice_of_articles
from registry.models import Area, AreaLead, PriorityAction
from registry.permissions import Verb


class AreaForm(RecordForm):
    articles = choice_of_articles()


class Leads(RowInline):
    name = "leads"
    model = AreaLead
    fields = ("partner",)
    autocomplete_fields = ("partner",)
    verbose_name = _("lead")
    verbose_name_plural = _("led by")


class PriorityActions(RowInline):
    name = "priority_actions"
    model = PriorityAction
    fields = ("title", "indicator", "source")
    verbose_name = _("priority action")
    verbose_name_plural = _("priority actions of the business plan")


@admin.register(Area)
class AreaAdmin(RecordAdmin):
    verbs = areas
    verb = Verb.EDIT_AREAS
    form = AreaForm
    entry_noun = "area"
    article_field = "area_articles__article"
    list_display = ("number", "short_name", "state", "name")
    list_display_links = ("number", "short_name")
    search_fields = (
        "name",
        "short_name",
        "slug",
        "leads__partner__name",
        "leads__partner__acronym",
    )
    has_bulk = False  # there are eight
    ordering = ("number",)
    inlines = (Leads, PriorityActions)
    fieldsets = (
        (None, {"fields": ("version", "number", "name", "short_name", "slug")}),
        (_("What it is for"), {"fields": ("description", "objective")}),
        (_("The Convention"), {"fields": ("articles", "articles_basis")}),
        (_("Where it was seen"), {"fields": ("source", ("source_system", "external_id"))}),
    )
