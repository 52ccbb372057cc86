"""People who sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.languages import LANGUAGES


class UserManager(BaseUserManager["User"]):
    """Looks people up by e-mail address, in any spelling of upper and lower case."""

    def get_by_natural_key(self, username: str) -> "User":
        """The person with this e-mail address."""
        return self.get(email__iexact=username)

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """For Django's own command; staff accounts are otherwise made by an action."""
        user = self.model(email=email, is_staff=True, is_superuser=True, **fields)
        user.set_password(password)
        user.save()
        # Whoever works on the server vouches for the address.
        user.emailaddress_set.create(email=user.email.lower(), verified=True, primary=True)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by an e-mail address.

    Addresses that are proved, or about to be, are rows of allauth's (`emailaddress_set`): the one
    in use is always `email`, and sign-in, resets and mails go by `email` alone.
    """

    class Language(models.TextChoices):
        """The six languages of the UN, by their own names."""

        ARABIC = "ar", LANGUAGES["ar"]
        CHINESE = "zh", LANGUAGES["zh"]
        ENGLISH = "en", LANGUAGES["en"]
        FRENCH = "fr", LANGUAGES["fr"]
        RUSSIAN = "ru", LANGUAGES["ru"]
        SPANISH = "es", LANGUAGES["es"]

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(max_length=100, blank=True)
    language = models.CharField(
        max_length=2,
        choices=Language.choices,
        default=Language.ENGLISH,
        help_text=_("Of the mails that this person gets."),
    )
    is_staff = models.BooleanField(
        _("secretariat staff"), default=False, help_text=_("May sign in to the administration.")
    )
    is_active = models.BooleanField(
        default=True, help_text=_("Untick this instead of deleting a person.")
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    # Nothing but a number is left of whoever was erased.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=Q(language__in=list(LANGUAGES)), name="user_language_is_known"
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("a former member")
        return self.name or self.email

    @cached_property
    def is_secretariat(self) -> bool:
        """Whether the person has a role in the secretariat: staff without one are nobody.

        Asked once for each request, which reads the person anew.
        """
        return self.is_staff and (self.is_superuser or self.groups.exists())
