"""How allauth behaves here: whom it lets in, where it leads, what it says and mails."""

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from registry import clients
from registry.actions import accounts, entrance
from registry.actions.entrance import Happening
from registry.errors import Refused
from registry.models import User
from registry.permissions import SYSTEM
from registry.queries import accounts as known
from registry.queries import sealing
from registry.web.accounts import sessions, wording


class AccountAdapter(DefaultAccountAdapter):
    """Every change ends in an action of ours; every mail leaves through `send_mail`."""

    error_messages = DefaultAccountAdapter.error_messages | wording.PROBLEMS

    # Who, and from where

    def get_client_ip(self, request: HttpRequest) -> str:
        """As our own side saw it: whatever a client claims has no effect on limits."""
        return clients.address(request.META)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages are for people; programs have the API."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses on this host, and as plain as links of ours are."""
        plain = url.startswith("/") and url.isprintable() and "\\" not in url
        return plain and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    # Coming in and going out

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.begin(request)
        entrance.note(what=Happening.SIGN_IN, user=user, by=user, how=_how(request))

    def logout(self, request: HttpRequest) -> None:
        entrance.note(what=Happening.SIGN_OUT, user=request.user, by=request.user)
        logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        user = known.with_address(credentials.get("email", ""))
        entrance.note(what=Happening.REFUSE_SIGN_IN, user=user, by=SYSTEM, how="password")

    def is_reauthentication_required(self, *, app: str, **more: object) -> bool:
        """Not within minutes of signing in: that was asked just now."""
        age = time.time() - sessions.begun_at(self.request)
        return age > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        """By the second factor where there is one: the password may be what was stolen."""
        methods = super().get_reauthentication_methods(user)
        stronger = [each for each in methods if each["id"] != "reauthenticate"]
        return [each | {"description": wording.WAYS[each["id"]]} for each in stronger or methods]

    # Changes

    def set_password(self, user: User, password: str) -> None:
        accounts.set_password(user=user, password=password, by=user)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        user = email_address.user
        try:
            before = entrance.prove_address(address=email_address, by=user)
        except (Refused, IntegrityError):
            failed = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, failed)
            return False
        if before:
            # Whoever lost the address to somebody else must hear of it.
            changed = {"old": before, "new": email_address.email}
            self.send_notification_mail("account/email/email_changed", user, changed, before)
        self.add_message(request, messages.SUCCESS, "account/messages/email_confirmed.txt")
        return True

    # Where to

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account" if self.request.user.is_authenticated else "sign-in")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, secret = key.partition("-")
        return link("account_reset_password_from_key", uidb36=uid, key=secret)

    # Words

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or wording.MESSAGES.get(message_template)
        if said:
            messages.add_message(request, level, str(said), extra_tags)

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC, signup: bool
    ) -> None:
        """The link; or, to whoever has an account with this address already, that they have."""
        address = emailconfirmation.email_address
        holder = known.with_address(address.email)
        if holder and holder.pk != address.user_id:
            return self.send_account_already_exists_mail(address.email)
        template = "email_confirmation_signup" if signup else "email_confirmation"
        url = link("account_confirm_email", key=emailconfirmation.key)
        self.send_mail(
            f"account/email/{template}", address.email, {"user": address.user, "url": url}
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        self.send_mail("account/email/account_already_exists", email, {})

    def send_password_reset_mail(self, user: User, email: str, context: dict) -> None:
        """To the address of the account, whatever spelling of it was typed."""
        self.send_mail("account/email/password_reset_key", user.email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict | None = None,
        email: str | None = None,
    ) -> None:
        self.send_mail(template_prefix, email or user.email, {"user": user, **(context or {})})

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Text and HTML from one template, in the person's language."""
        template = f"account/email/{template_prefix.rpartition('/')[2]}.txt"
        given = context | {
            "site_name": settings.SITE_NAME,
            "site": settings.SITE_URL,
            "now": timezone.now(),
            "account_url": link("account"),
            "reset_url": link("account_reset_password"),
            "sign_up_url": link("account_signup"),
        }
        user = context.get("user")
        with translation.override(user.language if user else settings.LANGUAGE_CODE):
            subject, text, page = (
                render_to_string(template, given | {"layout": f"account/email/_{part}"}).strip()
                for part in ("subject.txt", "text.txt", "page.html")
            )
        message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [email])
        message.attach_alternative(page, "text/html")
        message.send()

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        entrance.note(what=Happening.REFUSE_SIGN_IN, user=user, by=SYSTEM, how="closed account")
        return super().respond_user_inactive(request, user)


def link(name: str, **arguments: str) -> str:
    """An address for mails: from the settings, never from the request, whose host is claimed."""
    return settings.SITE_URL + reverse(name, kwargs=arguments)


def _how(request: HttpRequest) -> str:
    records = request.session.get("account_authentication_methods", [])
    return ", ".join(each.get("type", each["method"]) for each in records)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: sealed in the database, under the name of the site in apps and browsers."""

    error_messages = DefaultMFAAdapter.error_messages | wording.PROBLEMS

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Such as “Passkey 2”."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %d") % (held + 1)
