"""Proposed changes to the registry, and what is said about them. Nothing here is public."""

from typing import NamedTuple

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a submission stands; `MOVES` says how it gets from one to the next."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("in review")
    CHANGES_REQUESTED = "changes-requested", _("changes asked for")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Move(NamedTuple):
    """From which statuses a verb leads, and to which."""

    before: frozenset[Status]
    after: Status


# Who opened or saved it has written it.
WRITING = ("start", "save")

WRITABLE = frozenset({Status.DRAFT, Status.CHANGES_REQUESTED})
_IN_REVIEW = frozenset({Status.SUBMITTED})
OPEN = WRITABLE | _IN_REVIEW

# Every way from one status to another. What is decided or withdrawn stays so.
MOVES = {
    "submit": Move(WRITABLE, Status.SUBMITTED),
    "ask changes": Move(_IN_REVIEW, Status.CHANGES_REQUESTED),
    "approve": Move(_IN_REVIEW, Status.APPROVED),
    "decline": Move(_IN_REVIEW, Status.DECLINED),
    "withdraw": Move(OPEN, Status.WITHDRAWN),
}


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions that are …"""

    def open(self) -> "SubmissionQuerySet":
        """Neither decided nor withdrawn."""
        return self.filter(status__in=OPEN)

    def waiting(self) -> "SubmissionQuerySet":
        """Waiting for a decision."""
        return self.filter(status=Status.SUBMITTED)

    def about(self, noun: str, key: str) -> "SubmissionQuerySet":
        """Changes to one published record, or what it came from."""
        return self.filter(noun=noun, key=key)

    def visible_to(self, user: object) -> "SubmissionQuerySet":
        """What `user` may see: their partners'; of their areas what is submitted; staff all.

        What goes back to a partner for changes is the partner's own until it comes again. The
        author of an application speaks for no partner yet, and sees what they wrote.
        """
        if not getattr(user, "is_active", False):
            return self.none()
        if user.is_secretariat:
            return self.all()
        theirs = Exists(user.memberships.filter(partner=OuterRef("partner")))
        alone = Q(author=user, partner=None)
        return self.filter(theirs | alone | Q(pk__in=self._reviewed_by(user)))

    def _reviewed_by(self, user: object) -> models.QuerySet:
        areas = user.reviewed_areas.values("area")
        touched = SubmissionArea.objects.filter(area__in=areas).values("submission")
        return Submission.objects.read_by_reviewers().filter(pk__in=touched).values("pk")

    def read_by_reviewers(self) -> "SubmissionQuerySet":
        """Handed in, and not given back: while the partner writes, it is the partner's own."""
        return self.filter(submitted_at__isnull=False).exclude(status__in=WRITABLE)


class Submission(models.Model):
    """A proposed change: to create a record of a noun, or to change a published one.

    `values` holds the fields that it sets, as typed (see `registry.actions.shapes`); while it is a
    draft they may be incomplete or wrong. `base` holds what the published record said in those
    fields when `base_version` of it was read.
    """

    Status = Status

    class Kind(models.TextChoices):
        CREATE = "create", _("new record")
        CHANGE = "change", _("change of a record")
        JOIN = "join", _("to take part in an activity")

    class Noun(models.TextChoices):
        ACTIVITY = "activity", _("activity")
        GUIDANCE = "guidance", _("guidance document")
        PARTNER = "partner", _("partner")

    number = models.PositiveIntegerField(unique=True, editable=False)
    reference = models.CharField(
        max_length=12, unique=True, editable=False, help_text=_("To say over the telephone.")
    )
    # Made by whoever opens an empty form: sent twice, it still opens one submission.
    ticket = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    noun = models.CharField(max_length=12, choices=Noun.choices)
    key = models.SlugField(
        max_length=100, blank=True, help_text=_("Of the record; blank until a new one is approved.")
    )
    partner = models.ForeignKey(
        "registry.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        help_text=_("For whom it is made; nobody, for an application to become a partner."),
    )
    author = models.ForeignKey("registry.User", models.PROTECT, related_name="submissions")
    status = models.CharField(max_length=18, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict)
    base = models.JSONField(default=dict, blank=True)
    base_version = models.PositiveIntegerField(null=True, blank=True)
    not_the_same = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("Look-alikes by key, and why this is another record."),
    )
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    since = models.DateTimeField(help_text=_("When it came to its status."))
    submitted_at = models.DateTimeField(null=True, blank=True, help_text=_("Last."))
    submitted_version = models.PositiveIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "registry.User", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    claimed_by = models.ForeignKey(
        "registry.User", models.PROTECT, null=True, blank=True, related_name="claims"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "ticket"], name="submission_once_per_ticket"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values)
                & Q(kind__in=["create", "change", "join"])
                & Q(noun__in=["activity", "guidance", "partner"]),
                name="submission_words_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="create") | ~Q(key="") & Q(base_version__isnull=False),
                name="submission_of_change_names_record",
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | Q(kind="create", noun="partner"),
                name="submission_has_partner_or_applies",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["approved", "declined"], decided_at__isnull=False)
                | ~Q(status__in=["approved", "declined"]) & Q(decided_at=None),
                name="submission_is_decided_with_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="submission_was_submitted",
            ),
            # The one rule that no door may bend: nobody decides on what they wrote.
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("author")),
                name="submission_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | ~Q(key=""), name="submission_approved_has_record"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "since"], name="submission_queue"),
            models.Index(fields=["noun", "key"], name="submission_about"),
            models.Index(fields=["partner", "status"], name="submission_of_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Where whoever may see it reads it."""
        return reverse("submission-detail", args=[self.reference])


class SubmissionArea(models.Model):
    """An area that the proposed values touch: whose reviewers may read it."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="touched_areas")
    area = models.ForeignKey("registry.Area", models.PROTECT, related_name="submissions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "area"], name="submission_area_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} in {self.area_id}"


class Remark(models.Model):
    """Something said about a submission. Only what is `for_partner` ever reaches the partner."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("message")
        NOTE = "note", _("internal note")
        RECOMMENDATION = "recommendation", _("recommendation")
        REASON = "reason", _("reason of a decision")

    # What ever reaches the partner.
    FOR_PARTNER = (Kind.COMMENT, Kind.REASON)

    class Advice(models.TextChoices):
        APPROVE = "approve", _("approve")
        ASK_CHANGES = "ask-changes", _("ask for changes")
        DECLINE = "decline", _("decline")

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="remarks")
    author = models.ForeignKey("registry.User", models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    advice = models.CharField(max_length=11, choices=Advice.choices, blank=True)
    field = models.CharField(max_length=40, blank=True, help_text=_("The field it points at."))
    text = models.TextField()
    version = models.PositiveIntegerField(help_text=_("Of the submission, when it was said."))
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["comment", "note", "recommendation", "reason"]),
                name="remark_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="recommendation") ^ Q(advice=""), name="remark_advises_or_not"
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(kind="recommendation"), name="remark_says_something"
            ),
        ]
        indexes = [models.Index(fields=["submission", "at"], name="remark_of_submission")]

    def __str__(self) -> str:
        return f"{self.author} on {self.submission_id}"

    @property
    def for_partner(self) -> bool:
        """Whether the partner may read it."""
        return self.kind in self.FOR_PARTNER
