"""Keys for programs in the administration: made, with the secret shown once, and revoked."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import tokens
from registry.admin.base import ProblemForm, SavedByAction
from registry.admin.guarding import may
from registry.models import ApiToken
from registry.permissions import Verb


class TokenForm(ProblemForm):
    class Meta:
        model = ApiToken
        fields = ("name", "scope", "expires_on")


@admin.register(ApiToken)
class ApiTokenAdmin(SavedByAction):
    verb = Verb.USE_TOKENS
    form = TokenForm
    list_display = ("name", "owner", "prefix", "scope", "expires_on", "last_used_at", "revoked_at")
    list_filter = ("scope",)
    list_select_related = ("owner",)
    search_fields = ("name", "prefix", "owner__email", "owner__name")
    ordering = ("-created_at",)

    def address(self, obj):
        return "token", obj.prefix

    def get_queryset(self, request):
        """All keys for an administrator, one's own for others."""
        found = super().get_queryset(request)
        return found if may(request, Verb.MANAGE_PEOPLE) else found.filter(owner=request.user)

    def get_fields(self, request, obj=None):
        told = ("owner", "prefix", "created_at", "last_used_at", "revoked_at")
        return ("name", "scope", "expires_on", *(told if obj else ()))

    def has_change_permission(self, request, obj=None):
        """A key is never changed, only revoked, from the list."""
        return False

    def act(self, request, form, formsets, change):
        token, secret = tokens.mint(**form.cleaned_data, owner=request.user, by=request.user)
        told = _("The key, which is not shown again: %s")
        self.message_user(request, told % secret, messages.WARNING)
        return token

    @admin.action(description=gettext_lazy("Revoke"))
    def revoke(self, request, chosen):
        for token in chosen.filter(revoked_at__isnull=True):
            tokens.revoke(token=token, by=request.user)

    actions = ("revoke",)
