"""Pages of accounts: what allauth's do differently here, and our own."""

import json
from typing import Any

from allauth.account import views as entrance_views
from allauth.account.models import EmailAddress, Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import auth, flows
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import accounts, entrance
from registry.actions.entrance import Happening
from registry.models import User
from registry.permissions import SYSTEM
from registry.queries import accounts as known
from registry.web.accounts.adapters import AccountAdapter
from registry.web.accounts.forms import DetailsForm
from registry.web.accounts.sessions import end_others

# Our own


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one's account is, and where each part of it is changed."""
    user = request.user
    shown = {
        "pending": EmailAddress.objects.get_new(user),
        "has_second_factor": known.has_second_factor(user),
        "sessions": len(UserSession.objects.purge_and_list(user)),
    }
    return render(request, "account/home.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """One's name, and the language of one's mails."""
    # Another object: a form writes what was typed into its own, right or wrong.
    user = User.objects.get(pk=request.user.pk)
    form = DetailsForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_valid():
        accounts.change_own(user=request.user, **form.cleaned_data, by=request.user)
        messages.success(request, _("Your details are saved."))
        return redirect("account")
    return render(request, "account/details.html", {"form": form})


# Addresses and passwords


class SignOut(entrance_views.LogoutView):
    """The way out: what a browser kept of unfinished texts goes with whoever wrote them."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response


class ConfirmAddress(entrance_views.ConfirmEmailView):
    """Opening the page changes nothing, neither the address nor who is signed in."""

    def logout_other_user(self, confirmation: Any) -> None:
        if self.request.method == "POST":
            super().logout_other_user(confirmation)


class ResetPassword(entrance_views.PasswordResetFromKeyView):
    """Opening the page does not sign anybody out."""

    def logout(self) -> None:
        if self.request.method == "POST":
            super().logout()


# Second factors


class Noted:
    """A change to second factors, and the trail of it, in one transaction."""

    what: Happening
    how = ""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            had_none = not known.has_second_factor(self.request.user)
            response = super().form_valid(form)
            user = self.request.user
            entrance.note(what=self.what, user=user, by=user, how=self.how)
            if had_none:
                # Those began with a password alone.
                end_others(self.request)
        return response


class AddApp(Noted, apps.ActivateTOTPView):
    what, how = Happening.ADD_FACTOR, "app"


class RemoveApp(Noted, apps.DeactivateTOTPView):
    what, how = Happening.REMOVE_FACTOR, "app"


class MakeCodes(Noted, recovery.GenerateRecoveryCodesView):
    what = Happening.MAKE_CODES


class AddPasskey(Noted, passkeys.AddWebAuthnView):
    what, how = Happening.ADD_FACTOR, "passkey"

    def get_context_data(self, **kwargs: Any) -> dict:
        shown = super().get_context_data(**kwargs)
        options = shown["js_data"]["creation_options"]
        # Kept on the device where it can be, so that it can stand for the password too.
        options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred"
        # What was wrong with the last attempt, which allauth leaves out.
        return shown | {"options": json.dumps(options), "form": kwargs.get("form", shown["form"])}


class RemovePasskey(Noted, passkeys.RemoveWebAuthnView):
    what, how = Happening.REMOVE_FACTOR, "passkey"


class SecondFactor(codes.AuthenticateView):
    """The second step of signing in."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        used = getattr(form, "authenticator", None)
        if used and used.type == Authenticator.Type.RECOVERY_CODES:
            AccountAdapter().send_notification_mail(
                "account/email/recovery_code_used", self.stage.login.user
            )
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        how = "passkey" if form is self.webauthn_form else "code"
        person = self.stage.login.user
        entrance.note(what=Happening.REFUSE_SIGN_IN, user=person, by=SYSTEM, how=how)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict:
        shown = super().get_context_data(**kwargs)
        held = Authenticator.objects.filter(user=self.stage.login.user)
        shown["has_passkey"] = held.filter(type=Authenticator.Type.WEBAUTHN).exists()
        shown["has_app"] = held.filter(type=Authenticator.Type.TOTP).exists()
        shown["options"] = json.dumps(shown["js_data"]["request_options"])
        return shown


class PasskeySignIn(passkeys.LoginWebAuthnView):
    """Signing in with a passkey alone, on a page of its own."""

    template_name = "account/passkey_sign_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def form_invalid(self, form: Any) -> HttpResponse:
        entrance.note(what=Happening.REFUSE_SIGN_IN, user=None, by=SYSTEM, how="passkey")
        return self.render_to_response(self.get_context_data(form=form))

    def form_valid(self, form: Any) -> HttpResponse:
        used = form.cleaned_data["credential"]
        login = Login(user=used.user, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, used, login)

    def get_context_data(self, **kwargs: Any) -> dict:
        shown = super().get_context_data(**kwargs)
        shown["next"] = get_next_redirect_url(self.request)
        return shown | {"options": json.dumps(auth.begin_authentication())}


class ConfirmByPasskey(passkeys.ReauthenticateWebAuthnView):
    """A passkey, once more; a wrong one is told on the same page."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data() | {"form": form})

    def get_context_data(self, **kwargs: Any) -> dict:
        shown = super().get_context_data(**kwargs)
        return shown | {"options": json.dumps(shown["js_data"]["request_options"])}
