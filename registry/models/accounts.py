"""People who sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by an e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(max_length=100, blank=True)
    is_staff = models.BooleanField(
        _("secretariat staff"), default=False, help_text=_("May sign in to the administration.")
    )
    is_active = models.BooleanField(
        default=True, help_text=_("Untick this instead of deleting a person.")
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email
