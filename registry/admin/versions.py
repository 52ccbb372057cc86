"""Restoring an earlier version of a record: shown first as a difference, then saved as a change."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from registry.actions import batches
from registry.actions.batches import Wanted
from registry.admin.telling import differences, label
from registry.errors import Refused
from registry.models import Event, Record


class Versions(admin.ModelAdmin):
    """Adds to the history of a record a way back to what it said at a time."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_version"
        view = self.admin_site.admin_view(self.version_view)
        return [
            path("<int:object_id>/versions/<int:number>/", view, name=name),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        may_return = record is not None and self.has_change_permission(request, record)
        may_return = may_return and record.withdrawn_at is None
        shown = {"may_return": may_return, "version_now": record and record.version}
        return super().history_view(request, object_id, shown | (extra_context or {}))

    def version_view(self, request, object_id, number):
        """What would change, and the button that does it."""
        record = self.get_object(request, str(object_id))
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if record is None:
            raise Http404
        event = get_object_or_404(Event.objects.about(*self.address(record)), pk=number)
        if event.after is None:
            raise Http404
        values = self._values(event)
        problems = []
        if request.method == "POST":
            try:
                return self._return(request, record, event, values)
            except (ValidationError, Refused) as why:
                problems = getattr(why, "messages", None) or [str(why)]
            record.refresh_from_db()
        return self._show(request, record, event, values, problems)

    def _values(self, event):
        """What it said then, of the fields that there still are; its address never changes."""
        return {
            name: value
            for name, value in event.after.items()
            if name in self.shape.names and name != "slug"
        }

    def _return(self, request, record, event, values):
        version = request.POST.get("version", "")
        self.verbs.change(
            record=record,
            values=values,
            version=int(version[:9]) if version.isdecimal() else 0,
            by=request.user,
            verb=f"back to version {event.version or 0}"[:30],
        )
        said = _("“%(record)s” says again what it said on %(day)s.")
        said %= {"record": record, "day": event.at.date()}
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self._history(record))

    def _history(self, record):
        page = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return reverse(page, args=[record.pk])

    def _show(self, request, record, event, values, problems):
        wanted = [Wanted(0, record.slug, record.version, values)]
        trial = batches.try_out(noun=record.noun, wanted=wanted, by=request.user)
        changes = [(each.before, each.after) for each in trial.changed]
        found = trial.problems.get(0, {})
        context = {
            **self.admin_site.each_context(request),
            "title": _("Restore the version of %s") % event.at.strftime("%Y-%m-%d %H:%M UTC"),
            "opts": self.opts,
            "original": record,
            "event": event,
            "differences": [d for change in changes for d in differences(self.model, *change)],
            "problems": problems or list(self._told(found)),
            "withdrawn": self._withdrawn(changes),
            "back": self._history(record),
        }
        return TemplateResponse(request, "admin/version.html", context)

    def _told(self, problems):
        for name, said in problems.items():
            text = " ".join(said)
            yield text if name == "__all__" else f"{label(self.model, name)}: {text}"

    def _withdrawn(self, changes):
        """What it would name again, although it left the public meanwhile."""
        return [
            str(record)
            for _before, after in changes
            for model, codes in self.shape.named(after).items()
            if issubclass(model, Record)
            for record in model.objects.filter(slug__in=codes).exclude(withdrawn_at=None)
        ]
