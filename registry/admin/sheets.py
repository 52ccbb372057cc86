"""Lists in the administration as sheets: taken away for editing, and brought back."""

import hashlib

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import tasks
from registry.actions import imports
from registry.admin.answering import as_file
from registry.admin.guarding import may
from registry.errors import Refused
from registry.exchange import sheets
from registry.permissions import Verb

# So few rows are tried and applied while one waits.
AT_ONCE = 300


class UploadForm(forms.Form):
    """A sheet that was edited."""

    sheet = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A workbook (XLSX) or CSV, of 20 MB and 20,000 rows at most."),
        error_messages={
            "required": gettext_lazy("Choose the file that you have edited."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )


class Sheets(admin.ModelAdmin):
    """Adds to a list: its records as a sheet for editing, and the form that takes one back."""

    change_list_template = "admin/sheet_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("sheet.<slug:format>", view(self.sheet_view), name=self._called("sheet")),
            path("upload/", view(self.upload_view), name=self._called("upload")),
            *super().get_urls(),
        ]

    def _called(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def has_import_permission(self, request):
        return self.has_change_permission(request) and may(request, Verb.IMPORT_RECORDS)

    def changelist_view(self, request, extra_context=None):
        shown = {"may_import": self.has_import_permission(request)}
        return super().changelist_view(request, shown | (extra_context or {}))

    def sheet_view(self, request, format):
        """The records of the list, as it is narrowed, or none at all: as a sheet for editing."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if format not in sheets.FORMATS:
            raise Http404
        records = self._asked_for(request)
        try:
            file = sheets.write(self.model.noun, records, format)
        except ValueError:
            said = _("A sheet holds %d records at most. Narrow the list first.")
            self.message_user(request, said % sheets.MOST_ROWS, messages.ERROR)
            return HttpResponseRedirect(self._narrowed(request))
        name = f"{self.model.noun}-for-editing-{timezone.localdate()}.{format}"
        return as_file(file, name, format)

    def _asked_for(self, request):
        if "template" in request.GET:
            return self.model.objects.none()
        page = self.get_changelist_instance(request)
        # What is withdrawn is restored before it is changed.
        return self.model.objects.filter(pk__in=page.queryset.values("pk"), withdrawn_at=None)

    def _narrowed(self, request):
        address = reverse(f"admin:{self._called('changelist')}")
        return f"{address}?{request.GET.urlencode()}".rstrip("?")

    def upload_view(self, request):
        """The form for a sheet that was edited; what is wrong with the file stands beside it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
        if form.is_valid():
            try:
                run = self._begun(request, form.cleaned_data["sheet"])
            except Refused as why:
                form.add_error("sheet", str(why))
            else:
                return HttpResponseRedirect(
                    reverse("admin:registry_importrun_change", args=[run.pk])
                )
        title = _("Upload a sheet")
        context = {"title": title, "form": form, "opts": self.opts, "list": self._narrowed(request)}
        context |= self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/upload.html", context)

    def _begun(self, request, upload):
        if upload.size > sheets.LARGEST:
            raise Refused(_("The file is larger than 20 MB. Upload it in parts."))
        file = upload.read()
        sheet = sheets.read(self.model.noun, file, upload.name)
        run = imports.begin(
            noun=sheet.noun,
            name=upload.name,
            sha256=hashlib.sha256(file).hexdigest(),
            names=sheet.names,
            wanted=sheet.wanted,
            cells=sheet.cells,
            problems=sheet.problems,
            by=request.user,
        )
        go_on(run)
        return run


def go_on(run):
    """Have done what is next for an upload: a small one now, a large one by whoever works."""
    if run.count <= AT_ONCE:
        imports.work(run=run)
    elif not settings.CELERY_TASK_ALWAYS_EAGER:
        transaction.on_commit(tasks.work_on_imports.delay)
