"""Batches of changes in the administration: what was done in one go, and how it is undone."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.actions import batches
from registry.admin.guarding import Guarded
from registry.admin.telling import MODELS, told
from registry.errors import Refused
from registry.models import Batch, Event
from registry.permissions import Verb

# So many of its records are shown.
SHOWN = 20


class UndoneFilter(admin.SimpleListFilter):
    title = gettext_lazy("undone")
    parameter_name = "undone"

    def lookups(self, request, model_admin):
        return [("no", _("not undone")), ("yes", _("undone"))]

    def queryset(self, request, queryset):
        if self.value() not in ("no", "yes"):
            return queryset
        return queryset.filter(undone_at__isnull=self.value() == "no")


@admin.register(Batch)
class BatchAdmin(Guarded):
    verb = Verb.IMPORT_RECORDS
    list_display = ("at", "label", "counts", "state", "by", "kind")
    list_display_links = ("at", "label")
    list_filter = ("kind", UndoneFilter)
    list_select_related = ("by",)
    search_fields = ("label",)
    ordering = ("-id",)

    @admin.display(description=gettext_lazy("records"))
    def counts(self, batch):
        of = capfirst(MODELS[batch.noun]._meta.verbose_name_plural)
        return f"{of}: {', '.join(counts(batch))}"

    @admin.display(description=gettext_lazy("undo"), ordering="undone_at")
    def state(self, batch):
        if batch.undone_at:
            return _("undone on %s") % batch.undone_at.date()
        if batches.is_undoable(batch=batch, now=timezone.now()):
            return format_html('<a href="{}">{}</a>', page_of(batch), _("Undo"))
        return _("longer than %d days ago") % batches.UNDO_DAYS

    def address(self, obj):
        return "batch", str(obj.pk)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What it did, and the button that undoes it."""
        batch = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, batch):
            raise PermissionDenied
        if batch is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        problem = ""
        if request.method == "POST":
            try:
                batches.undo(batch=batch, by=request.user)
            except (Refused, PermissionDenied) as why:
                problem = str(why)
            else:
                self.message_user(request, _("Undone: “%s”.") % batch.label, messages.SUCCESS)
                return HttpResponseRedirect(page_of(batch))
        return TemplateResponse(request, "admin/batch.html", self._shown(request, batch, problem))

    def _shown(self, request, batch, problem):
        events = Event.objects.filter(batch=batch.pk).order_by("id")
        events = list(events[:SHOWN])
        model = MODELS[batch.noun]
        keys = dict(
            model.objects.filter(slug__in=[e.key for e in events]).values_list("slug", "pk")
        )
        change = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        return {
            **self.admin_site.each_context(request),
            "title": batch.label,
            "opts": self.opts,
            "original": batch,
            "counts": counts(batch),
            "of": model._meta.verbose_name_plural,
            "records": [
                (_title(event), reverse(change, args=[keys[event.key]]), told(event))
                for event in events
            ],
            "left_out": max(0, batch.count - SHOWN),
            "can_undo": batches.is_undoable(batch=batch, now=timezone.now()),
            "days": batches.UNDO_DAYS,
            "problem": problem,
        }


def _title(event):
    """What the record was called when it was done."""
    values = event.after or event.before
    return values.get("title") or values.get("name") or values.get("purpose") or event.key


def page_of(batch):
    """The address of a batch's page."""
    return reverse("admin:registry_batch_change", args=[batch.pk])


def undo_button(request, batch):
    """What undoes a batch in one click, to stand in the message that it was done."""
    return format_html(
        '<form method="post" action="{}" class="undo">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><button>{}</button></form>',
        page_of(batch),
        get_token(request),
        _("Undo"),
    )


def counts(batch):
    """How many records became what, each in words; what did not happen is left out."""
    said = (
        (batch.created, ngettext("%d created", "%d created", batch.created)),
        (batch.changed, ngettext("%d changed", "%d changed", batch.changed)),
        (batch.withdrawn, ngettext("%d withdrawn", "%d withdrawn", batch.withdrawn)),
        (batch.restored, ngettext("%d restored", "%d restored", batch.restored)),
    )
    return [words % count for count, words in said if count]
