"""What every page of the administration keeps to: permissions, no deleting, one audit trail."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from registry.admin.listing import CountedSoFar
from registry.admin.telling import told
from registry.models import Event
from registry.permissions import Verb, can

EVENTS_PER_PAGE = 50


def may(request, verb):
    """`can` for the person of this request, asked once for each verb."""
    answers = vars(request).setdefault("answers", {})
    if verb not in answers:
        answers[verb] = can(request.user, verb)
    return answers[verb]


class Guarded(admin.ModelAdmin):
    """Pages for whoever may do `verb`, by Django's own permissions as well as by ours."""

    verb: Verb
    actions = None
    list_per_page = 50
    show_full_result_count = False
    paginator = CountedSoFar
    object_history_template = "admin/history.html"

    def has_view_permission(self, request, obj=None):
        # Who edits records chooses, in their fields, from what has no pages for them.
        chooses = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        return super().has_view_permission(request, obj) and (chooses or may(request, self.verb))

    def has_add_permission(self, request):
        return super().has_add_permission(request) and may(request, self.verb)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may(request, self.verb)

    def has_delete_permission(self, request, obj=None):
        return False

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def address(self, obj):
        """Noun and key under which the audit trail knows it."""
        raise NotImplementedError

    def construct_change_message(self, request, form, formsets, add=False):
        return ""

    def log_addition(self, request, obj, message):
        """Nothing: the action recorded an event."""

    log_change = log_addition

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        events = Paginator(Event.objects.about(*self.address(record)), EVENTS_PER_PAGE)
        page = events.get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % record,
            "object": record,
            "opts": self.opts,
            "module_name": self.opts.verbose_name_plural,
            "page": page,
            "events": [told(event) for event in page],
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)
