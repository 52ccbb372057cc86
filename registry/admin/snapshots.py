"""Reports and snapshots in the administration: what each is about is chosen on one page."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.languages import spoken
from articles.models import Article
from registry.admin.answering import as_file
from registry.admin.guarding import Guarded
from registry.errors import Refused
from registry.exchange import reports
from registry.exchange.snapshots.taking import refuse_unknown, take
from registry.models import Area, Snapshot
from registry.permissions import Verb
from registry.queries import quotable, revision

FIRST_YEAR, LAST_YEAR = 1990, 2100


def _areas():
    return Area.objects.published().order_by("number")


class ScopeForm(forms.Form):
    """What a report or a snapshot is about."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )
    first = forms.IntegerField(
        label=gettext_lazy("First year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=gettext_lazy("Blank for all years."),
    )
    last = forms.IntegerField(
        label=gettext_lazy("Last year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    areas = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Areas"),
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all."),
    )
    articles = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Articles"),
        queryset=Article.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all."),
    )

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.fields["areas"].queryset = _areas()
        self.fields["articles"].queryset = Article.objects.spine().order_by("number")

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                refuse_unknown(self.scope())
            except Refused as why:
                self.add_error("last", str(why))
        return cleaned

    def scope(self):
        """What was chosen."""
        given = self.cleaned_data
        return quotable.Scope(
            given["first"],
            given["last"],
            tuple(area.slug for area in given["areas"]),
            tuple(article.number for article in given["articles"]),
        )


class ReportForm(ScopeForm):
    """What stands above a report, too."""

    symbol = forms.CharField(label=gettext_lazy("Symbol"), max_length=60, required=False)
    meeting = forms.CharField(label=gettext_lazy("Meeting"), max_length=200, required=False)
    item = forms.CharField(label=gettext_lazy("Item of the agenda"), max_length=200, required=False)
    date = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Blank for today."),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("As"),
        choices=[
            ("docx", gettext_lazy("Word document")),
            ("pdf", gettext_lazy("accessible PDF")),
            ("xlsx", gettext_lazy("tables alone, as a workbook")),
        ],
        initial="docx",
        widget=forms.RadioSelect,
    )
    field_order = ("title", "symbol", "meeting", "item", "date", "first", "last")


@admin.register(Snapshot)
class SnapshotAdmin(Guarded):
    verb = Verb.WRITE_REPORTS
    change_list_template = "admin/snapshot_list.html"
    list_display = ("key", "title", "taken_on", "revision", "by")
    list_select_related = ("by",)
    search_fields = ("key", "title")
    ordering = ("-taken_on", "-pk")
    fields = ("key", "title", "taken_on", "revision", "software", "scope", "counts", "sha256", "by")
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def address(self, obj):
        return "snapshot", obj.key

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("report/", view(self.report_view), name="registry_snapshot_report"),
            path("take/", view(self.take_view), name="registry_snapshot_take"),
            *super().get_urls(),
        ]

    def report_view(self, request):
        """The form for a report; sent, the report."""
        self._refuse_others(request)
        form = ReportForm(request.GET if request.GET else None)
        if form.is_valid():
            return _report(request, form)
        title = _("Write a report")
        return self._page(request, "admin/report.html", {"title": title, "form": form})

    def take_view(self, request):
        """The form for a snapshot; sent, it is published."""
        self._refuse_others(request)
        form = ScopeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                made = self._taken(request, form)
            except Refused as why:
                form.add_error(None, str(why))
            else:
                said = _("Snapshot %s is public.") % made.key
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:registry_snapshot_changelist"))
        title = _("Take a snapshot")
        return self._page(request, "admin/take_snapshot.html", {"title": title, "form": form})

    def _taken(self, request, form):
        return take(
            title=form.cleaned_data["title"],
            scope=form.scope(),
            day=timezone.localdate(),
            software=settings.VERSION,
            site=request.build_absolute_uri("/"),
            by=request.user,
        )

    def _refuse_others(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request, template, context):
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, shared | context)


def _report(request, form):
    given, day = form.cleaned_data, timezone.localdate()
    head = reports.Head(
        given["title"], given["symbol"], given["meeting"], given["item"], given["date"]
    )
    report = reports.of(
        quotable.live(),
        form.scope(),
        head,
        revision=revision.latest(),
        language=spoken(),
        address=request.build_absolute_uri("/").rstrip("/"),
    )
    format = given["format"]
    content = reports.FORMATS[format](report, day=day)
    name = f"{slugify(given['symbol'] or given['title'])[:60] or 'report'}-{day}.{format}"
    return as_file(content, name, format)
