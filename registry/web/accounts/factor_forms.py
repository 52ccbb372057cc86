"""Forms of second factors: codes, each taken once, and passkeys."""

from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.web.accounts import wording
from registry.web.accounts.fields import code_field, passkey_name_field

# The half minute of a code, and those before and after in which it is taken too.
_ALIVE = 30 * (1 + 2 * settings.MFA_TOTP_TOLERANCE)

# What allauth and its parsers raise where something else than a credential was sent.
_MALFORMED = (ValidationError, TypeError, ValueError, LookupError, AttributeError)


class TakenOnce:
    """Takes each code once, and few wrong ones in a day."""

    hint = _("6 digits from the app. Without it: one of your recovery codes, 8 digits.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(self.hint)

    def clean_code(self):
        person = str(self.user.pk)
        limit = {"action": "second_factor", "key": f"second-factor-{person}"}
        if not ratelimit.consume(context.request, **limit):
            raise ValidationError(wording.TOO_MANY_CODES)
        code = super().clean_code()
        if not cache.add(f"code:{person}:{normalize_user_code(code)}", True, timeout=_ALIVE):
            raise get_adapter().validation_error("incorrect_code")
        ratelimit.clear(context.request, **limit)
        return code


class CodeForm(TakenOnce, codes.AuthenticateForm):
    """A code, to sign in."""


class ConfirmCodeForm(TakenOnce, codes.ReauthenticateForm):
    """A code, once more."""


class AppForm(TakenOnce, ActivateTOTPForm):
    """The first code from an app."""

    hint = _("6 digits, which the app shows once it knows the square above.")


class Ceremony:
    """What the browser says of a passkey. Whatever is wrong with it, the remedy is the same."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        said = dict.fromkeys(("required", "invalid"), wording.NO_PASSKEY)
        self.fields["credential"].error_messages.update(said)


class SignsIn(Ceremony):
    """A passkey is used."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except _MALFORMED as why:
            raise ValidationError(wording.NO_PASSKEY) from why


class PasskeyForm(SignsIn, passkeys.AuthenticateWebAuthnForm):
    """A passkey as second factor."""


class PasskeySignInForm(SignsIn, passkeys.LoginWebAuthnForm):
    """A passkey instead of a password."""


class ConfirmPasskeyForm(SignsIn, passkeys.ReauthenticateWebAuthnForm):
    """A passkey, once more."""


class NewPasskeyForm(Ceremony, passkeys.AddWebAuthnForm):
    """A new passkey, under a name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = passkey_name_field()
        # Where the device can, it may be used without a password: nobody need choose.
        del self.fields["passwordless"]

    def clean(self):
        try:
            return super().clean()
        except _MALFORMED as why:
            raise ValidationError(wording.NO_PASSKEY) from why


class PasskeyNameForm(passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = passkey_name_field()
