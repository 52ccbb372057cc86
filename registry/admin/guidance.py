"""Guidance in the administration."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from registry.actions import guidance
from registry.admin.base import RecordAdmin, RecordForm
from registry.admin.joining import Joining
from registry.admin.lacking import LackingFilter
from registry.admin.listing import UsedFilter, ValuesFilter, YearFilter
from registry.admin.rows import ArticleRows, RowInline, choice_of_areas
from registry.admin.sheets import Sheets
from registry.models import Edition, Guidance, GuidanceArticle, GuidanceRelation, Publisher


class GuidanceForm(RecordForm):
    areas = choice_of_areas()


class Publishers(RowInline):
    name = "publishers"
    model = Publisher
    fields = ("partner",)
    autocomplete_fields = ("partner",)
    verbose_name = _("publisher")
    verbose_name_plural = _("published by")


class Articles(ArticleRows):
    model = GuidanceArticle


class Editions(RowInline):
    name = "editions"
    model = Edition
    fields = ("language", "url")
    verbose_name = _("edition")
    verbose_name_plural = _("editions by language")


class Relations(RowInline):
    name = "relations"
    model = GuidanceRelation
    fk_name = "guidance"
    fields = ("other", "kind")
    autocomplete_fields = ("other",)
    verbose_name = _("relation")
    verbose_name_plural = _("how it stands to other documents")


@admin.register(Guidance)
class GuidanceAdmin(Joining, Sheets, RecordAdmin):
    verbs = guidance
    form = GuidanceForm
    entry_noun = "guidance"
    article_field = "guidance_articles__article"
    list_display = ("title", "state", "kind", "role", "year", "published_by")
    list_filter = (
        "kind",
        "role",
        ("year", YearFilter),
        "guidance_areas__area",
        ("guidance_articles__article", UsedFilter),
        ("named_in_pag6", admin.EmptyFieldListFilter),
        ("source_system", ValuesFilter),
        LackingFilter,
    )
    search_fields = (
        "title",
        "subtitle",
        "slug",
        "publishers__partner__name",
        "publishers__partner__acronym",
        "publishers__partner__other_names__name",
    )
    bulk_fields = ("kind", "role")
    ordering = ("-year", "title")
    inlines = (Publishers, Articles, Editions, Relations)
    fieldsets = (
        (None, {"fields": ("version", "title", "subtitle", "slug", "abstract", "url")}),
        (_("What it is"), {"fields": (("kind", "role"), ("year", "named_in_pag6"), "areas")}),
        (_("Where it was seen"), {"fields": ("source", ("source_system", "external_id"))}),
    )

    def get_queryset(self, request):
        publishers = Publisher.objects.select_related("partner").order_by("position")
        return super().get_queryset(request).prefetch_related(Prefetch("publishers", publishers))

    @admin.display(description=_("published by"))
    def published_by(self, guidance):
        partners = [row.partner for row in guidance.publishers.all()]
        return ", ".join(partner.acronym or partner.name for partner in partners)
