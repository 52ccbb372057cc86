"""Withdrawing and restoring records: buttons, their pages, and what lists show of it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.admin.guarding import may
from registry.errors import Refused
from registry.permissions import Verb


class PublicFilter(admin.SimpleListFilter):
    """Public or withdrawn."""

    title = gettext_lazy("standing in public")
    parameter_name = "public"

    def lookups(self, request, model_admin):
        return [("yes", _("public")), ("no", _("withdrawn"))]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(withdrawn_at__isnull=self.value() == "yes")


class RestoreForm(forms.Form):
    """The version that was seen."""

    version = forms.IntegerField()


class WithdrawForm(RestoreForm):
    """Why a record is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Kept in the record's history; not shown to the public."),
        error_messages={"required": gettext_lazy("Say why it is withdrawn.")},
    )


class Withdrawing(admin.ModelAdmin):
    """Adds a page to withdraw and one to restore, each a question answered by POST."""

    @admin.display(description=gettext_lazy("public"), ordering="withdrawn_at")
    def state(self, record):
        """How lists mark a record."""
        return (
            _("withdrawn %s") % record.withdrawn_at.date() if record.withdrawn_at else _("public")
        )

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/withdraw/", view(self.withdraw_view), name=f"{name}_withdraw"),
            path("<path:object_id>/restore/", view(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def has_withdraw_permission(self, request, obj=None):
        return self.has_change_permission(request, obj) and may(request, Verb.WITHDRAW_RECORDS)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["has_withdraw_permission"] = self.has_withdraw_permission(request, obj)
        if obj and obj.withdrawn_at and request.method != "POST":
            names = ("show_save", "show_save_and_continue", "show_save_and_add_another")
            context |= dict.fromkeys(names, False)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def withdraw_view(self, request, object_id):
        return self._answer(request, object_id, WithdrawForm, self.verbs.withdraw, _("Withdraw"))

    def restore_view(self, request, object_id):
        return self._answer(request, object_id, RestoreForm, self.verbs.restore, _("Restore"))

    def _answer(self, request, object_id, form_class, act, name):
        record = self._asked_about(request, object_id)
        form = form_class(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                saved = act(record=record, by=request.user, **form.cleaned_data)
            except Refused as why:
                form.add_error(None, str(why))
            else:
                return self._done(request, saved)
        return self._ask(request, record, form, name)

    def _asked_about(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if not self.has_withdraw_permission(request, record):
            raise PermissionDenied
        if record is None:
            raise Http404
        return record

    def _done(self, request, record):
        said = _("“%s” is withdrawn.") if record.withdrawn_at else _("“%s” is public again.")
        self.message_user(request, said % record, messages.SUCCESS)
        return HttpResponseRedirect(self._change_page(record))

    def _change_page(self, record):
        return reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk]
        )

    def _ask(self, request, record, form, name):
        context = {
            **self.admin_site.each_context(request),
            "title": f"{name}: {record}",
            "button": name,
            "opts": self.opts,
            "original": record,
            "back": self._change_page(record),
            "form": form,
        }
        return TemplateResponse(request, "admin/withdraw.html", context)
