"""The ledger of background jobs in the administration: all that the timetable names, read only."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.admin.guarding import Guarded
from registry.models import Job
from registry.permissions import Verb
from registry.queries import jobs
from registry.queries.jobs import FAILING, Verdict


@admin.register(Job)
class JobAdmin(Guarded):
    verb = Verb.READ_JOBS
    fields = ("name", "started_at", "succeeded_at", "failed_at", "seconds", "error", "failures")
    readonly_fields = fields

    def changelist_view(self, request, extra_context=None):
        """All jobs of the timetable: those that never ran have no line in the table."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        states = jobs.states(timezone.now())
        groups = [
            ("failed", _("Failed"), [s for s in states if s.verdict in FAILING]),
            ("missed", _("Did not run"), [s for s in states if s.verdict == Verdict.MISSED]),
            ("well", _("As they should"), [s for s in states if s.verdict == Verdict.WELL]),
            ("new", _("Not yet due"), [s for s in states if s.verdict == Verdict.NEW]),
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Background jobs"),
            "opts": self.opts,
            "groups": [group for group in groups if group[2]],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/jobs.html", context)

    def address(self, obj):
        return "job", obj.name

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
