"""Fields of the forms of accounts.

Limits are validators here, not `max_length`: that makes browsers cut off what is over it, and say
nothing.
"""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from registry.actions import passwords


def name_field():
    said = _("Your name must be %(limit_value)d characters or fewer.")
    return forms.CharField(
        label=_("Your name"),
        validators=[MaxLengthValidator(100, said)],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )


def address_field(label, autocomplete, hint=""):
    """An e-mail address; in signing in, browsers know it as the name of the user."""
    said = _("The e-mail address must be %(limit_value)d characters or fewer.")
    return forms.EmailField(
        label=label,
        help_text=hint,
        validators=[MaxLengthValidator(254, said)],
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address in the form name@example.org."),
        },
    )


def password_field(label):
    """A password as it is typed, spaces included."""
    return forms.CharField(
        label=label,
        strip=False,
        validators=[MaxLengthValidator(passwords.LONGEST, passwords.TOO_LONG)],
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password.")},
    )


def new_password_field(label):
    field = password_field(label)
    field.help_text = passwords.HINT
    field.widget.attrs["autocomplete"] = "new-password"
    field.error_messages["required"] = _("Enter a new password.")
    return field


def code_field(hint):
    """A code from an app, or a recovery code."""
    said = _("A code has 6 digits, a recovery code 8; this is more than %(limit_value)d.")
    return forms.CharField(
        label=_("Code"),
        help_text=hint,
        validators=[MaxLengthValidator(40, said)],
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "code",
            }
        ),
        error_messages={"required": _("Enter the code.")},
    )


def passkey_name_field():
    said = _("The name must be %(limit_value)d characters or fewer.")
    return forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it again, such as “Work laptop”."),
        validators=[MaxLengthValidator(60, said)],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a name for the passkey.")},
    )
