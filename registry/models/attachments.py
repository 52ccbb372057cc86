"""What goes with a submission: its files, and who has it open."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """A file that belongs to a submission; kept outside of what the web server hands out."""

    submission = models.ForeignKey(
        "registry.Submission", models.CASCADE, related_name="attachments"
    )
    number = models.UUIDField(unique=True, help_text=_("Its address, and its name on the disk."))
    name = models.CharField(max_length=150, help_text=_("As the person called it, made safe."))
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("registry.User", models.PROTECT, related_name="attachments")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "sha256"],
                condition=Q(removed_at=None),
                name="attachment_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """A person has a submission open: so that two see each other in time."""

    submission = models.ForeignKey("registry.Submission", models.CASCADE, related_name="presences")
    user = models.ForeignKey("registry.User", models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "user"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.submission_id}"
