"""Actions on many records of a list: tried out on a page between, then done as one batch."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from registry.actions.constraints import NOWHERE
from registry.admin.batches import counts, page_of, undo_button
from registry.admin.bulk_changes import doings_of
from registry.admin.telling import differences, label
from registry.errors import Refused, Unfit

# More than this is narrowed first: what nobody can look through is no selection.
MOST = 5000
SHOWN = 10


@dataclass(frozen=True)
class Preview:
    """What would happen, as the page tells it."""

    will: int
    same: int
    cannot: int
    sample: list
    reasons: list


class Bulk(admin.ModelAdmin):
    """Adds actions to a list. `bulk_fields` may be set for many records at once."""

    bulk_fields = ()
    has_bulk = True

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        if self.has_bulk:
            self.doings = {doing.name: doing for doing in doings_of(self)}
            self.actions = [_action(doing) for doing in self.doings.values()]

    def get_urls(self):
        if not self.has_bulk:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_bulk"
        view = self.admin_site.admin_view(self.bulk_view)
        return [path("bulk/<slug:doing>/", view, name=name), *super().get_urls()]

    def begin_bulk(self, request, queryset, doing):
        """The page between, for what was selected in the list."""
        seen = list(queryset.order_by("pk").values_list("pk", "version")[: MOST + 1])
        if len(seen) > MOST:
            said = _("More than %d records are selected. Narrow the list by filters or a search.")
            self.message_user(request, said % MOST, messages.ERROR)
            return None
        form = doing.form_for(self, None)
        return self._ask_many(request, doing, form, seen, back=request.GET.urlencode())

    def bulk_view(self, request, doing):
        """The page between, filled in; done where that was asked."""
        doing = self.doings.get(doing)
        if doing is None:
            raise Http404
        if not getattr(self, f"has_{doing.permission}_permission")(request):
            raise PermissionDenied
        seen = _read(request.POST.get("seen", ""))
        if request.method != "POST" or not seen:
            return HttpResponseRedirect(self._list(""))
        form = doing.form_for(self, request.POST)
        back, problem = request.POST.get("back", ""), ""
        if form.is_valid() and "do" in request.POST:
            try:
                return self._do_many(request, doing, form, seen, back)
            except Refused as why:
                problem = str(why)
        return self._ask_many(request, doing, form, seen, back, problem)

    def _list(self, back):
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return f"{page}?{back}" if back else page

    def _records(self, seen):
        """Place, primary key, slug and the version that was seen, of each that is still there."""
        slugs = dict(self.model.objects.filter(pk__in=dict(seen)).values_list("pk", "slug"))
        found = [(pk, slugs[pk], version) for pk, version in seen if pk in slugs]
        return [(place, *each) for place, each in enumerate(found)]

    def _do_many(self, request, doing, form, seen, back):
        batch = self._done_many(request, doing, form.cleaned_data, self._records(seen))
        if batch is None:
            self.message_user(request, _("Nothing had to be changed."), messages.INFO)
        else:
            said = _("Done: %s.") % ", ".join(counts(batch))
            told = format_html(
                '<a href="{}">{}</a> {}', page_of(batch), said, undo_button(request, batch)
            )
            self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self._list(back))

    def _done_many(self, request, doing, cleaned, records):
        """Do it to all that it can be done to, as the page before said; the batch."""
        try:
            return doing.do(self, records, cleaned, request.user)
        except Unfit as why:
            fit = [each for each in records if each[0] not in why.problems]
            return doing.do(self, fit, cleaned, request.user) if fit else None

    def _ask_many(self, request, doing, form, seen, back, problem=""):
        records = self._records(seen)
        is_known = form.is_valid() or not doing.is_asked_first
        cleaned = getattr(form, "cleaned_data", {})
        trial = doing.try_out(self, records, cleaned, request.user) if is_known else None
        context = {
            **self.admin_site.each_context(request),
            "title": str(doing.label).rstrip("…"),
            "opts": self.opts,
            "doing": doing,
            "form": form,
            "count": len(records),
            "names": self._names(records) if trial is None else [],
            "preview": self._preview(records, trial) if trial else None,
            "seen": " ".join(f"{pk}:{version}" for pk, version in seen),
            "path": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_bulk", args=[doing.name]
            ),
            "back": back,
            "list": self._list(back),
            "problem": problem,
        }
        return TemplateResponse(request, "admin/bulk.html", context)

    def _names(self, records):
        keys = [pk for _place, pk, _slug, _version in records[:SHOWN]]
        return [str(record) for record in self.model.objects.filter(pk__in=keys).order_by("pk")]

    def _preview(self, records, trial):
        sample = [
            (each.title, differences(self.model, each.before, each.after))
            for each in trial.changed[:SHOWN]
        ]
        return Preview(
            will=len(trial.changed),
            same=len(trial.same),
            cannot=len(trial.problems),
            sample=sample,
            reasons=self._reasons(records, trial.problems),
        )

    def _reasons(self, records, problems):
        """The first of those that cannot be changed, and why."""
        slugs = {place: slug for place, _pk, slug, _version in records}
        return [
            (slugs[place], [_told(self.model, *each) for each in said.items()])
            for place, said in sorted(problems.items())[:SHOWN]
        ]


def _told(model, name, said):
    text = " ".join(said)
    return text if name == NOWHERE else f"{label(model, name)}: {text}"


def _read(text):
    """The primary keys and versions that the page carried; nothing where they are no such."""
    pairs = [each.partition(":") for each in text.split()[: MOST + 1]]
    if len(pairs) > MOST or not all(a.isdecimal() and b.isdecimal() for a, _is, b in pairs):
        return []
    return [(int(a[:18]), int(b[:9])) for a, _is, b in pairs]


def _action(doing):
    @admin.action(description=doing.label, permissions=[doing.permission])
    def act(pages, request, queryset):
        return pages.begin_bulk(request, queryset, doing)

    act.__name__ = doing.name
    return act
