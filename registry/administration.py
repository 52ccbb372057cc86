"""The administration as a whole: who gets in, and by which door.

Beside the package of its pages, not in it: they register themselves with what is made here.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.languages import without_language
from registry.actions import entrance
from registry.queries import accounts


class Administration(AdminSite):
    """Opens to staff with a second factor only, and has no sign-in of its own."""

    # What stands above the list of its pages; they set it, as they register themselves.
    on_start = None

    def index(self, request, extra_context=None):
        """The start page of the secretariat."""
        work = self.on_start(request) if self.on_start else {}
        return super().index(request, work | (extra_context or {}))

    def has_permission(self, request):
        return super().has_permission(request) and self._has_second_factor(request)

    def _has_second_factor(self, request):
        # Asked several times for one page.
        held = vars(request)
        if "has_second_factor" not in held:
            held["has_second_factor"] = accounts.has_second_factor(request.user)
        return held["has_second_factor"]

    def login(self, request, extra_context=None):
        """Lead to the sign-in of the site, or to what is still missing."""
        onward = request.GET.get("next", "")
        if not without_language(onward).startswith("/admin/"):
            onward = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect(f"{reverse('sign-in')}?{urlencode({'next': onward})}")
        if not super().has_permission(request):
            raise PermissionDenied
        if self._has_second_factor(request):
            return redirect(onward)
        messages.warning(request, _("Set up a second factor first: the administration needs one."))
        return redirect("mfa_index")

    @method_decorator(require_POST)
    def logout(self, request, extra_context=None):
        """End the session, and lead to the sign-in."""
        what = entrance.Happening.SIGN_OUT
        entrance.note(what=what, user=request.user, by=request.user)
        logout(request)
        return redirect("sign-in")

    def password_change(self, request, extra_context=None):
        """One's own password is changed in one place."""
        return redirect("account_change_password")
