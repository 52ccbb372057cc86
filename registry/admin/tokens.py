"""API tokens in the administration: made (the secret is shown once), listed, revoked."""

import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import tokens
from registry.admin.base import ProblemForm, SavedByAction
from registry.admin.guarding import may
from registry.admin.searching import Searching
from registry.errors import Refused
from registry.models import ApiToken, Partner
from registry.permissions import Verb

USUAL_DAYS = 90
LIST = "admin:registry_apitoken_changelist"


def usual_end():
    """The day on which a token ends unless another is chosen."""
    return timezone.localdate() + dt.timedelta(days=USUAL_DAYS)


class TokenForm(ProblemForm):
    partner = forms.ModelChoiceField(
        Partner.objects.published().order_by("name"),
        required=False,
        label=gettext_lazy("Acts for"),
    )
    expires_on = forms.DateField(
        initial=usual_end,
        label=gettext_lazy("Expires after"),
        help_text=gettext_lazy("At most a year from now."),
        widget=admin.widgets.AdminDateWidget,
    )

    class Meta:
        model = ApiToken
        fields = ("name", "partner", "scope", "expires_on")


@admin.register(ApiToken)
class TokenAdmin(Searching, SavedByAction):
    verb = Verb.HOLD_TOKENS
    form = TokenForm
    list_display = ("name", "prefix", "owner", "partner", "scope", "standing", "last_used_at")
    list_select_related = ("owner", "partner")
    list_filter = ("scope",)
    search_fields = ("name", "prefix", "owner__email", "owner__name", "partner__name")
    ordering = ("-created_at",)
    change_form_template = "admin/token_form.html"

    def address(self, obj):
        return "token", str(obj.pk)

    def get_queryset(self, request):
        every = super().get_queryset(request)
        return every if may(request, Verb.MANAGE_PEOPLE) else every.held_by(request.user)

    @admin.display(description=gettext_lazy("standing"), ordering="expires_on")
    def standing(self, token):
        if token.revoked_at:
            return _("revoked %s") % token.revoked_at.date()
        if token.has_expired(timezone.localdate()):
            return _("expired %s") % token.expires_on
        return _("until %s") % token.expires_on

    def get_fields(self, request, obj=None):
        given = self.form.Meta.fields
        told = ("owner", "prefix", "created_at", "last_used_at", "revoked_at")
        return (*given, *told) if obj else given

    def has_change_permission(self, request, obj=None):
        return False

    def act(self, request, form, formsets, change):
        token, secret = tokens.mint(owner=request.user, by=request.user, **form.cleaned_data)
        token.secret = secret
        return token

    def response_add(self, request, obj, post_url_continue=None):
        # On this one page and nowhere else: a message would leave the secret in a cookie.
        context = {"title": _("A new token: %s") % obj.name, "secret": obj.secret}
        return self._page(request, "admin/token_minted.html", obj, context)

    def get_urls(self):
        view = self.admin_site.admin_view(self.revoke_view)
        name = "registry_apitoken_revoke"
        return [path("<path:object_id>/revoke/", view, name=name), *super().get_urls()]

    def revoke_view(self, request, object_id):
        token = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, token):
            raise PermissionDenied
        if token is None:
            raise Http404
        problem = ""
        if request.method == "POST":
            try:
                tokens.revoke(token=token, by=request.user)
            except Refused as why:
                problem = str(why)
            else:
                self.message_user(request, _("“%s” is revoked.") % token, messages.SUCCESS)
                return HttpResponseRedirect(reverse(LIST))
        context = {"title": _("Revoke: %s") % token, "problem": problem}
        return self._page(request, "admin/token_revoke.html", token, context)

    def _page(self, request, template, token, context):
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": token,
        }
        return TemplateResponse(request, template, context)
