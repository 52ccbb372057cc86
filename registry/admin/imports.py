"""Uploaded sheets in the administration: what each would do, and the buttons that follow."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import batches, imports
from registry.admin.answering import as_file
from registry.admin.batches import undo_button
from registry.admin.guarding import Guarded
from registry.admin.sheets import go_on
from registry.admin.telling import MODELS, Difference, differences, label
from registry.errors import Refused
from registry.exchange import sheets
from registry.models import ImportRow, ImportRun
from registry.permissions import Verb

ROWS_PER_PAGE = 50
WHOLE = "__all__"
Outcome, Status = ImportRow.Outcome, ImportRun.Status
# What is looked at first.
ORDER = (Outcome.WRONG, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell: its column, what was typed, what is said of it, what to do."""

    column: str
    typed: str
    said: list[str]
    remedy: str


@dataclass(frozen=True)
class Line:
    """A row of the file: the record it is about, what would change, what is wrong."""

    row: ImportRow
    path: str
    differences: list[Difference]
    problems: list[Problem]


@admin.register(ImportRun)
class ImportRunAdmin(Guarded):
    verb = Verb.IMPORT_RECORDS
    list_display = ("name", "noun_shown", "status", "count", "by", "at")
    list_filter = ("status", "noun")
    list_select_related = ("by",)
    search_fields = ("name",)
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("records"), ordering="noun")
    def noun_shown(self, run):
        return MODELS[run.noun]._meta.verbose_name_plural

    def has_add_permission(self, request):
        # A sheet is uploaded from the list of what it holds.
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def address(self, obj):
        return obj.noun, str(obj.pk)

    def get_urls(self):
        view = self.admin_site.admin_view
        name = "registry_importrun_rejected"
        rejected = path("<int:number>/rejected.<slug:format>", view(self.rejected_view), name=name)
        return [rejected, *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """An upload: how far it is, what it would do or did, and what can be done about it."""
        if object_id is None or not self.has_view_permission(request):
            raise PermissionDenied
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        problem = ""
        if request.method == "POST":
            try:
                return self._done(request, run)
            except Refused as why:
                problem = str(why)
                run.refresh_from_db()
        context = self._shown(request, run) | {"problem": problem}
        context |= self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/import.html", context)

    def _done(self, request, run):
        if "discard" in request.POST:
            imports.discard(run=run, by=request.user)
            self.message_user(request, _("Discarded; nothing was changed."), messages.SUCCESS)
        elif "apply" in request.POST:
            run = imports.queue(run=run, by=request.user, is_sure="sure" in request.POST)
            go_on(run)
        return HttpResponseRedirect(reverse("admin:registry_importrun_change", args=[run.pk]))

    def _shown(self, request, run):
        counts = imports.counts_of(run)
        asked = request.GET.get("show", "")
        found = [each for each in ORDER if counts[each]]
        show = asked if asked in found else next(iter(found), "")
        rows = run.rows.filter(outcome=show).order_by("place")
        page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("p"))
        model = MODELS[run.noun]
        return {
            "title": run.name,
            "run": run,
            "opts": self.opts,
            "records": model._meta.verbose_name_plural,
            "is_in_work": run.status in ImportRun.IN_WORK,
            "done": imports.progress(run),
            "tabs": [(each, each.label, counts[each]) for each in found],
            "counts": {each.value: counts[each] for each in ORDER},
            "show": show,
            "page": page,
            "lines": [_line(model, run, row) for row in page],
            "emptied": [(label(model, name), n) for name, n in run.emptied.items()],
            "may_apply": run.status == Status.TRIED
            and not counts[Outcome.WRONG]
            and bool(counts[Outcome.NEW] or counts[Outcome.CHANGED]),
            "may_discard": run.status in (Status.WAITING, Status.TRIED, Status.FAILED),
            "undo": self._undo(request, run),
            "upload": reverse(f"admin:registry_{model._meta.model_name}_upload"),
        }

    def _undo(self, request, run):
        """The button that undoes it, as long as that can be done."""
        batch = run.batch
        if batch is None or not batches.is_undoable(batch=batch, now=timezone.now()):
            return ""
        return undo_button(request, batch)

    def rejected_view(self, request, number, format):
        """The rows that are wrong, alone, each with its reasons: to be corrected and uploaded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if format not in sheets.FORMATS:
            raise Http404
        run = get_object_or_404(ImportRun, pk=number)
        wrong = run.rows.filter(outcome=Outcome.WRONG).order_by("place")
        # One that was rejected before has its old reasons no more.
        kept = [at for at, name in enumerate(run.names) if name != sheets.REASONS]
        names = [run.names[at] for at in kept]
        rows = [[*(row.cells[at] for at in kept), _reasons(row)] for row in wrong]
        file = sheets.rejected(run.noun, names, rows, format)
        return as_file(file, f"{run.noun}-rejected-{run.pk}.{format}", format)


def _reasons(row):
    return " ".join(
        said if name == WHOLE else f"{name}: {said}"
        for name, messages_ in row.problems.items()
        for said in messages_
    )


def _line(model, run, row):
    at = {name: place for place, name in enumerate(run.names)}
    columns = sheets.columns_of(run.noun)
    problems = [
        Problem(
            "" if name == WHOLE else name,
            row.cells[at[name]] if name in at else "",
            said,
            sheets.remedy(columns, name),
        )
        for name, said in row.problems.items()
    ]
    is_stored = row.slug and row.outcome in (Outcome.CHANGED, Outcome.SAME)
    path_ = model(slug=row.slug).get_absolute_url() if is_stored else ""
    return Line(row, path_, differences(model, row.before, row.after), problems)
