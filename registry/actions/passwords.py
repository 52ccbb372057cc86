"""What a password must be, in words that say how to mend it. Any letters, marks and spaces do."""

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

LONGEST = 256
TOO_LONG = gettext_lazy("The password must be %(limit_value)d characters or fewer.")
HINT = gettext_lazy(
    "At least 12 characters; 15 or more are better. Three or four words that do not belong "
    "together are easy to remember. Every character may be used, spaces too."
)


class LongEnough(rules.MinimumLengthValidator):
    """Not short, and not so long that to check it keeps the server busy."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError with what to do."""
        super().validate(password, user)
        if len(password) > LONGEST:
            raise ValidationError(TOO_LONG, code="too_long", params={"limit_value": LONGEST})

    def get_error_message(self) -> str:
        """What is said of a short one."""
        return (
            ngettext(
                "The password must be %d character or more.",
                "The password must be %d characters or more.",
                self.min_length,
            )
            % self.min_length
        )

    def get_help_text(self) -> str | Promise:
        """What is said before."""
        return HINT


class NotAboutOneself(rules.UserAttributeSimilarityValidator):
    """Neither the person's name nor the e-mail address."""

    DEFAULT_USER_ATTRIBUTES = ("name", "email")

    def __init__(self) -> None:
        super().__init__(user_attributes=self.DEFAULT_USER_ATTRIBUTES)

    def get_error_message(self) -> str:
        """What is said of one that is."""
        return _("The password must not be like your %(verbose_name)s.")


class NotCommon(rules.CommonPasswordValidator):
    """None of the twenty thousand that everybody tries first."""

    def get_error_message(self) -> str:
        """What is said of one that is."""
        return _("Many people use this password, so it is tried first. Choose another one.")
