"""Links in the administration: which are broken, where they stand, what may replace them."""

from django.contrib import admin, messages
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.actions import links
from registry.admin.guarding import Guarded, may
from registry.admin.searching import Searching
from registry.models import Link
from registry.permissions import Verb
from registry.queries import links as questions


class HealthFilter(admin.SimpleListFilter):
    title = gettext_lazy("health")
    parameter_name = "health"

    def lookups(self, request, model_admin):
        return [
            ("broken", _("unavailable")),
            ("failing", _("failing")),
            ("never", _("never checked")),
        ]

    def queryset(self, request, queryset):
        narrowed = {
            "broken": queryset.broken,
            "failing": queryset.failing,
            "never": queryset.never_checked,
        }
        return narrowed[self.value()]() if self.value() in narrowed else queryset


@admin.register(Link)
class LinkAdmin(Searching, Guarded):
    verb = Verb.CHECK_LINKS
    list_display = (
        "address_shown",
        "outcome",
        "status",
        "failures",
        "unavailable_since",
        "last_checked_at",
        "carried_by",
    )
    list_filter = (HealthFilter, "outcome")
    search_fields = ("address",)
    # What is unavailable for longest comes first, then what fails.
    ordering = (
        F("unavailable_since").asc(nulls_last=True),
        F("failing_since").asc(nulls_last=True),
        "address",
    )
    actions = ("check_now",)
    fields = (
        "address_shown",
        "outcome",
        "status",
        "failures",
        "failing_since",
        "unavailable_since",
        "first_checked_at",
        "last_checked_at",
        "next_due",
        "carried_by",
        "may_be_replaced_by",
    )
    readonly_fields = fields

    def get_changelist_instance(self, request):
        page = super().get_changelist_instance(request)
        page.result_list = list(page.result_list)
        carried = questions.carriers(link.address for link in page.result_list)
        for link in page.result_list:
            link.carriers = carried.get(link.address, [])
        return page

    @admin.display(description=gettext_lazy("address"), ordering="address")
    def address_shown(self, link):
        # Not “address”: that name says where the trail knows it.
        return link.address

    @admin.display(description=gettext_lazy("records that carry it"))
    def carried_by(self, link):
        rows = [(_page(each.noun, each.slug), each.title) for each in _carriers(link)]
        return format_html_join("", '<div><a href="{}">{}</a></div>', rows) or _("none any more")

    @admin.display(description=gettext_lazy("documents with nearly the same title"))
    def may_be_replaced_by(self, link):
        rows = [
            (_page(each.noun, each.key), each.body["title"], each.body["url"])
            for each in questions.replacements(_carriers(link))
        ]
        return format_html_join("", '<div><a href="{}">{}</a>: {}</div>', rows) or _("none")

    def address(self, obj):
        return "link", str(obj.pk)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_check_permission(self, request):
        return may(request, Verb.CHECK_LINKS)

    @admin.action(description=gettext_lazy("Check now"), permissions=["check"])
    def check_now(self, request, queryset):
        asked = [links.ask(link=link, by=request.user) for link in queryset.order_by("pk")]
        said = ngettext(
            "%d link will be visited first, within a quarter of an hour.",
            "%d links will be visited first, within a quarter of an hour.",
            len(asked),
        )
        self.message_user(request, said % len(asked), messages.SUCCESS)


def _carriers(link):
    """The records that carry it; those of a whole list are looked up at once."""
    if not hasattr(link, "carriers"):
        link.carriers = questions.carriers([link.address]).get(link.address, [])
    return link.carriers


def _page(noun, slug):
    return reverse(f"{noun}-detail", args=[slug])
