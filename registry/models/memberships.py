"""For whom people speak: memberships of partners, the ways into one, and reviewers of areas."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    """A person speaks for a partner. One person may speak for several."""

    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor", _("contributor")
        FOCAL_POINT = "focal-point", _("focal point")

    class ShownTo(models.TextChoices):
        """Who may see name and address of a member, as the contact of the partner."""

        NOBODY = "nobody", _("nobody")
        PARTNERS = "partners", _("people of all partners, signed in")
        EVERYONE = "everyone", _("everybody, on the page of the partner")

    user = models.ForeignKey("registry.User", models.PROTECT, related_name="memberships")
    partner = models.ForeignKey("registry.Partner", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)
    # To nobody, unless that person says so; and since when, under which words.
    shown_to = models.CharField(
        max_length=8, choices=ShownTo.choices, default=ShownTo.NOBODY, editable=False
    )
    shown_since = models.DateTimeField(null=True, blank=True, editable=False)
    shown_wording = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_to="nobody", shown_since=None, shown_wording=None)
                | Q(
                    shown_to__in=["partners", "everyone"],
                    shown_since__isnull=False,
                    shown_wording__isnull=False,
                ),
                name="membership_shown_with_consent",
            ),
            models.UniqueConstraint(fields=["user", "partner"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(role__in=["contributor", "focal-point"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class Invitation(models.Model):
    """A link by which one person may join one partner, once. Of its secret a digest is kept."""

    partner = models.ForeignKey("registry.Partner", models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Membership.Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        "registry.User", models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_ends_once"
            ),
            models.UniqueConstraint(
                Lower("email"),
                "partner",
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.partner_id}"


class JoinRequest(models.Model):
    """A person asks to speak for a partner; a focal point of it, or the secretariat, decides."""

    user = models.ForeignKey("registry.User", models.PROTECT, related_name="join_requests")
    partner = models.ForeignKey("registry.Partner", models.PROTECT, related_name="join_requests")
    message = models.TextField(max_length=1000, blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    is_accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "partner"],
                condition=Q(decided_at=None),
                name="join_request_open_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_accepted=None)
                | Q(decided_at__isnull=False, is_accepted__isnull=False),
                name="join_request_is_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.partner_id}"


class AreaReviewer(models.Model):
    """A person who reads and comments on submissions that touch an area, and recommends."""

    user = models.ForeignKey("registry.User", models.PROTECT, related_name="reviewed_areas")
    area = models.ForeignKey("registry.Area", models.PROTECT, related_name="reviewers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "area"], name="area_reviewer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} reviews {self.area_id}"
