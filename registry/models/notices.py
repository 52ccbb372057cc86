"""Messages that wait to be sent (the outbox), and how often people want which of them."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from articles.languages import LANGUAGES


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices that are …"""

    def waiting(self) -> "NoticeQuerySet":
        """Not sent and not given up, due or not; those kept for a digest left out."""
        return self.filter(state__in=Notice.WAITING)

    def due(self, now: dt.datetime) -> "NoticeQuerySet":
        """To be sent now, the longest due first: also those whose sender died on them."""
        return self.waiting().filter(next_try_at__lte=now).order_by("next_try_at", "pk")

    def held(self) -> "NoticeQuerySet":
        """Kept for the weekly digest, in order."""
        return self.filter(state=Notice.State.HELD).order_by("pk")


class Notice(models.Model):
    """One message to one address, written in the transaction of what it tells.

    It is sent from here and nowhere else. What `words` holds for each kind stands in
    `registry.queries.notices`.
    """

    class Kind(models.TextChoices):
        SUBMISSION_RECEIVED = "submission_received", _("submission received")
        SUBMISSION_ARRIVED = "submission_arrived", _("submission arrived")
        CHANGES_ASKED = "changes_asked", _("changes asked")
        SUBMISSION_APPROVED = "submission_approved", _("submission approved")
        SUBMISSION_DECLINED = "submission_declined", _("submission declined")
        SUBMISSION_WITHDRAWN = "submission_withdrawn", _("submission withdrawn")
        COMMENT_ADDED = "comment_added", _("comment added")
        RECOMMENDED = "recommended", _("recommendation made")
        PARTNER_REMINDER = "partner_reminder", _("reminder to a partner")
        REVIEWER_REMINDER = "reviewer_reminder", _("reminder to reviewers")
        ESCALATION = "escalation", _("waits too long")
        INVITED = "invited", _("invitation")
        JOINED = "joined", _("somebody joined")
        JOIN_ASKED = "join_asked", _("somebody asks to join")
        ROLE_CHANGED = "role_changed", _("role changed")
        REMOVED = "removed", _("removed from a partner")
        CONFIRM_RECORD = "confirm_record", _("record to be confirmed")
        DIGEST = "digest", _("weekly digest")
        FEEDBACK = "feedback", _("feedback of a visitor")
        ACCOUNT = "account", _("about the account")

    class State(models.TextChoices):
        QUEUED = "queued", _("waits to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")
        HELD = "held", _("kept for the weekly digest")
        GATHERED = "gathered", _("told in a digest")

    # The states in which somebody will still send it.
    WAITING = (State.QUEUED, State.SENDING)

    kind = models.CharField(max_length=30, choices=Kind.choices)
    recipient = models.ForeignKey(
        "registry.User", models.PROTECT, null=True, blank=True, related_name="notices"
    )
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=2, choices=list(LANGUAGES.items()), default="en")
    about_noun = models.CharField(max_length=20, blank=True)
    about_key = models.CharField(max_length=100, blank=True)
    words = models.JSONField(default=dict, blank=True)
    once = models.CharField(
        max_length=200, help_text=_("One message under this key goes to an address, ever.")
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(
        default=0, help_text=_("How often its sender was never heard of again.")
    )
    first_try_at = models.DateTimeField(null=True, blank=True)
    # While it is being sent: when it is due again, should its sender die.
    next_try_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(
        max_length=255,
        unique=True,
        help_text=_("Given once, so that a second copy is known as one."),
    )
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint("once", Lower("address"), name="notice_once_per_address"),
            models.CheckConstraint(
                condition=~Q(address="") & ~Q(once="") & ~Q(message_id=""),
                name="notice_is_addressed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "failed", "held", "gathered"]),
                name="notice_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["queued", "sending"]) | Q(next_try_at__isnull=False),
                name="notice_waiting_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | (Q(claimed_at__isnull=False) & ~Q(claimed_by="")),
                name="notice_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notice_sent_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(state__in=["queued", "sending"]),
                name="notice_due",
            ),
            models.Index(fields=["recipient", "id"], condition=Q(state="held"), name="notice_held"),
            models.Index(fields=["created_at"], condition=Q(state="failed"), name="notice_failed"),
            models.Index(fields=["about_noun", "about_key"], name="notice_about"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.address}"


class NoticePreference(models.Model):
    """How often a person wants messages of a group. Where there is none: at once."""

    class Group(models.TextChoices):
        """What is not essential; everything else is always sent at once."""

        ARRIVALS = "arrivals", _("Submissions that arrive, are recommended or withdrawn")
        COMMENTS = "comments", _("Comments on submissions")
        REMINDERS = "reminders", _("Reminders")
        MEMBERS = "members", _("People who join a partner of mine")

    class Choice(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        WEEKLY = "weekly", _("once a week, in one message")
        NEVER = "never", _("never")

    user = models.ForeignKey("registry.User", models.CASCADE, related_name="notice_preferences")
    group = models.CharField(max_length=10, choices=Group.choices)
    choice = models.CharField(max_length=7, choices=Choice.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="notice_preference_once"),
            models.CheckConstraint(
                condition=Q(choice__in=["at_once", "weekly", "never"]),
                name="notice_preference_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.get_choice_display()}"
