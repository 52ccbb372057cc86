"""What every record of the registry carries: a public address, a version, where it came from."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RecordQuerySet(models.QuerySet):
    """Records that are …"""

    def published(self):
        """Accepted and not withdrawn: what the public may see."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user):
        """What `user` may see: staff also see what was withdrawn."""
        return self.all() if getattr(user, "is_staff", False) else self.published()


class Record(models.Model):
    """An accepted record. It is written by actions only, and never deleted: it is withdrawn."""

    # The word for it in addresses, entries and the audit trail.
    noun: str

    slug = models.SlugField(
        max_length=100, unique=True, help_text=_("Public address; never changes, never re-used.")
    )
    version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text=_("Counts accepted changes; each change names the one it saw."),
    )
    source = models.TextField(
        blank=True, help_text=_("Where the facts were seen: an address or a citation.")
    )
    source_system = models.CharField(
        max_length=50, blank=True, help_text=_("The system it was taken from, if any.")
    )
    external_id = models.CharField(
        max_length=100, blank=True, help_text=_("Its identifier in that system.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="%(class)s_has_slug"),
            models.CheckConstraint(condition=Q(version__gte=1), name="%(class)s_version_counts"),
        ]

    def get_absolute_url(self) -> str:
        """The permanent public address."""
        return reverse(f"{self.noun}-detail", args=[self.slug])
