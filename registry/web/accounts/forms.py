"""Forms of accounts. Each rule says in its own words how to keep it."""

import secrets

from allauth.account import forms as given
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.actions import accounts, entrance
from registry.models import User
from registry.permissions import SYSTEM
from registry.queries import accounts as known
from registry.web.accounts.fields import (
    address_field,
    name_field,
    new_password_field,
    password_field,
)


class SignUpForm(given.SignupForm):
    """Name, address, password."""

    field_order = ("name", "email", "password1")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hint = _("We send a mail there; follow its link to confirm that the address is yours.")
        self.fields = {
            "name": name_field(),
            "email": address_field(_("E-mail address"), "email", hint),
            "password1": new_password_field(_("Password")),
        }

    def validate_unique_email(self, value):
        # Not said here: whoever has the address gets a mail that says so.
        self.account_already_exists = known.with_address(value) is not None
        return value

    def clean(self):
        cleaned = self.cleaned_data
        if "password1" in cleaned:
            person = User(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                get_adapter().clean_password(cleaned["password1"], person)
            except ValidationError as why:
                self.add_error("password1", why)
        return cleaned

    def try_save(self, request: HttpRequest):
        if self.account_already_exists:
            self._pass_the_time()
            return super().try_save(request)
        try:
            return super().try_save(request)
        except (ValidationError, IntegrityError):
            # Somebody signed up with it at the same moment.
            self.account_already_exists = True
            return super().try_save(request)

    def save(self, request: HttpRequest):
        return self._sign_up(self.cleaned_data["email"])

    def _sign_up(self, email):
        typed = self.cleaned_data
        return entrance.sign_up(
            email=email, name=typed["name"], password=typed["password1"], by=SYSTEM
        )

    def _pass_the_time(self):
        """As long as it takes to make an account: make one of nobody, and take it back."""
        with transaction.atomic():
            self._sign_up(f"{secrets.token_hex(8)}@example.invalid")
            transaction.set_rollback(True)


class SignInForm(given.LoginForm):
    """Address and password; what is wrong with them is said at the first."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": address_field(_("E-mail address"), "username"),
            "password": password_field(_("Password")),
        }

    def clean(self):
        try:
            return super().clean()
        except ValidationError as why:
            self.add_error("login", why)
            return self.cleaned_data


class ConfirmForm(given.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"password": password_field(_("Password"))}


class AddressForm(given.AddEmailForm):
    """The address to which a person changes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hint = _("We send a mail there. Your address changes when you follow its link.")
        self.fields = {"email": address_field(_("New e-mail address"), "email", hint)}


class ResetForm(given.ResetPasswordForm):
    """The address of the account, known or not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"email": address_field(_("E-mail address"), "username")}

    def clean_email(self):
        # By the address in use alone: one to which somebody means to change is not theirs yet.
        user = known.with_address(self.cleaned_data["email"])
        self.users = [user] if user and user.is_active else []
        return self.cleaned_data["email"]


class NewPasswordForm(forms.Form):
    """A new password, typed once: it can be shown."""

    password1 = new_password_field(_("New password"))

    def __init__(self, *args, user=None, temp_key=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self):
        return get_adapter().clean_password(self.cleaned_data["password1"], self.user)

    def save(self):
        """Set it, for whoever came by the link in our mail."""
        password = self.cleaned_data["password1"]
        return entrance.reset_password(user=self.user, password=password, by=self.user)


class PasswordForm(NewPasswordForm):
    """The password so far, and a new one."""

    oldpassword = password_field(_("Password so far"))
    field_order = ("oldpassword", "password1")

    def clean_oldpassword(self):
        if not self.user.check_password(self.cleaned_data["oldpassword"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["oldpassword"]

    def save(self):
        """Set it."""
        password = self.cleaned_data["password1"]
        return accounts.set_password(user=self.user, password=password, by=self.user)


class DetailsForm(forms.ModelForm):
    """What a person says of themselves, and the language of their mails."""

    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"language": _("Language of the mails to you")}
        help_texts = {"language": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()
