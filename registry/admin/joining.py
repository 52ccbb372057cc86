"""Look-alikes in the administration: pairs, two records side by side, joins and their undoing."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import following, joins
from registry.admin.guarding import may
from registry.errors import Refused
from registry.models import Join
from registry.permissions import Verb
from registry.queries import joins as alike
from registry.queries.stored import body_of

JOINS_PER_PAGE = 50


class Joining(admin.ModelAdmin):
    """Adds the pages about records of one noun that may be one and the same."""

    change_list_template = "admin/joinable_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("lookalikes/", view(self.pairs_view), name=self._named("lookalikes")),
            path(
                "lookalikes/<slug:kept>/<slug:gone>/",
                view(self.pair_view),
                name=self._named("pair"),
            ),
            path("joins/", view(self.joins_view), name=self._named("joins")),
            path("joins/<int:number>/", view(self.join_view), name=self._named("join")),
            *super().get_urls(),
        ]

    def _named(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _address(self, page, *parts):
        return reverse(f"admin:{self._named(page)}", args=parts)

    def has_join_permission(self, request):
        return self.has_change_permission(request) and may(request, Verb.JOIN_RECORDS)

    def _refuse_others(self, request):
        if not self.has_join_permission(request):
            raise PermissionDenied

    def changelist_view(self, request, extra_context=None):
        shown = {
            "may_join": self.has_join_permission(request),
            "lookalikes": self._address("lookalikes"),
            "joins": self._address("joins"),
        }
        return super().changelist_view(request, shown | (extra_context or {}))

    def pairs_view(self, request):
        """A page of pairs; or the two records that are named in the form, side by side."""
        self._refuse_others(request)
        two = [request.GET.get(name, "").strip() for name in ("kept", "gone")]
        problem = ""
        if any(two):
            if two[0] != two[1] and all(map(self._public, two)):
                return HttpResponseRedirect(self._address("pair", *two))
            problem = _("Give the last parts of the addresses of two public records.")
        before = request.GET.get("before", "")
        page = alike.pairs(self.model.noun, before=int(before[:18]) if before.isdecimal() else None)
        rows = [(pair, self._address("pair", *_slugs(pair))) for pair in page.pairs]
        title = _("Look-alikes")
        context = {"title": title, "page": page, "rows": rows, "two": two, "problem": problem}
        return self._page(request, "admin/lookalikes.html", context)

    def pair_view(self, request, kept, gone):
        """Two records side by side: what to take of which, and what follows from joining them."""
        self._refuse_others(request)
        one, other = self._public(kept), self._public(gone)
        if one is None or other is None or kept == gone:
            raise Http404
        problems = []
        if request.method == "POST":
            try:
                act = self._keep_apart if "apart" in request.POST else self._join
                return act(request, kept, gone)
            except ValidationError as wrong:
                problems = wrong.messages
            except (Refused, PermissionDenied) as why:
                problems = [str(why)]
            one.refresh_from_db()
            other.refresh_from_db()
        return self._page(
            request, "admin/pair.html", self._side_by_side(request, one, other, problems)
        )

    def _public(self, slug):
        return self.model.objects.published().filter(slug=slug).first()

    def _side_by_side(self, request, one, other, problems):
        values = [self.shape.read(record) for record in (one, other)]
        bodies = [body_of(record.noun, record.slug) for record in (one, other)]
        found = alike.pair_of(self.model.noun, *bodies)
        choices = [
            (each, request.POST.get(f"take-{each.name}", each.taken))
            for each in alike.choices(self.model.noun, *values)
        ]
        return {
            "title": _("Join two records"),
            "kept": one,
            "gone": other,
            "reasons": found.reasons if found else (),
            "choices": [each for each in choices if each[0].differs],
            "same": [each for each, _taken in choices if not each.differs and each.kept],
            "follows": following.consequences(other, beside=one),
            "is_apart": alike.is_apart(self.model.noun, one.slug, other.slug),
            "swapped": self._address("pair", other.slug, one.slug),
            "back": self._address("lookalikes"),
            "problems": problems,
            "why": request.POST.get("why", ""),
            "days": joins.UNDO_DAYS,
        }

    def _join(self, request, kept, gone):
        chosen = {
            name.removeprefix("take-"): value
            for name, value in request.POST.items()
            if name.startswith("take-")
        }
        versions = {kept: _number(request, "kept-version"), gone: _number(request, "gone-version")}
        given = {"noun": self.model.noun, "kept": kept, "gone": gone, "by": request.user}
        made = joins.join(**given, chosen=chosen, versions=versions)
        return HttpResponseRedirect(self._address("join", made.pk))

    def _keep_apart(self, request, kept, gone):
        why = request.POST.get("why", "")
        joins.keep_apart(noun=self.model.noun, one=kept, other=gone, why=why, by=request.user)
        said = _("Noted: the two are not the same. They are not proposed again.")
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self._address("lookalikes"))

    def joins_view(self, request):
        """What was joined, newest first."""
        self._refuse_others(request)
        found = Join.objects.filter(noun=self.model.noun).select_related("by", "undone_by")
        page = Paginator(found.order_by("-pk"), JOINS_PER_PAGE).get_page(request.GET.get("p"))
        rows = [self._row(each) for each in page]
        context = {"title": _("Joins"), "page": page, "rows": rows, "days": joins.UNDO_DAYS}
        return self._page(request, "admin/joins.html", context)

    def _row(self, join):
        can_undo = joins.is_undoable(join=join, now=timezone.now())
        return {"join": join, "path": self._address("join", join.pk), "can_undo": can_undo}

    def join_view(self, request, number):
        """What a join did, with the button that undoes it."""
        self._refuse_others(request)
        join = get_object_or_404(Join, pk=number, noun=self.model.noun)
        problem = ""
        if request.method == "POST":
            try:
                joins.undo(join=join, by=request.user)
            except (Refused, PermissionDenied) as why:
                problem = str(why)
            else:
                said = _("Undone: “%(gone)s” and “%(kept)s” are two records again.")
                said %= {"gone": join.gone, "kept": join.kept}
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(self._address("joins"))
        kept = get_object_or_404(self.model, slug=join.kept)
        context = {
            **self._row(join),
            "title": _("Joined: %s") % kept,
            "kept": kept,
            "followed": [each["slug"] for each in join.followed["records"]],
            "days": joins.UNDO_DAYS,
            "problem": problem,
        }
        return self._page(request, "admin/joined.html", context)

    def _page(self, request, template, context):
        shared = {"opts": self.opts, "lookalikes": self._address("lookalikes")}
        shared |= {"joins": self._address("joins")}
        return TemplateResponse(
            request, template, self.admin_site.each_context(request) | shared | context
        )


def _slugs(pair):
    # The older record keeps its address: it has been linked to for longer.
    return [each["slug"] for each in sorted((pair.one, pair.other), key=_age)]


def _age(body):
    return str(body.get("created_at", "")), body["slug"]


def _number(request, name):
    text = request.POST.get(name, "")
    return int(text[:9]) if text.isdecimal() else 0
