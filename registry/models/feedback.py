"""What visitors say about a page: an error, a question, praise."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.languages import LANGUAGES

LONGEST_ABOUT, LONGEST_TEXT = 300, 5000


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Feedback that is …"""

    def open(self) -> "FeedbackQuerySet":
        """New: nobody has dealt with it yet."""
        return self.filter(status=Feedback.Status.NEW)


class Feedback(models.Model):
    """A message of somebody who need not have an account. Nobody's network address is kept."""

    class Status(models.TextChoices):
        NEW = "new", _("new")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    # From each status to those that may follow.
    MOVES = {
        Status.NEW: (Status.ANSWERED, Status.CLOSED),
        Status.ANSWERED: (Status.CLOSED,),
        Status.CLOSED: (Status.NEW,),
    }

    # Made by whoever opens the empty form: sent twice, it is still one message.
    ticket = models.UUIDField(unique=True, editable=False)
    about = models.CharField(
        max_length=LONGEST_ABOUT,
        blank=True,
        help_text=_("The page or record, as it was named."),
    )
    text = models.TextField(validators=[MaxLengthValidator(LONGEST_TEXT)])
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("To answer to; erased after twelve months.")
    )
    language = models.CharField(
        max_length=2,
        choices=list(LANGUAGES.items()),
        default="en",
        help_text=_("In which the form was read."),
    )
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.NEW)
    created_at = models.DateTimeField()
    since = models.DateTimeField(help_text=_("When it came to its status."))
    erased_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its e-mail address was erased.")
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something"),
            models.CheckConstraint(
                condition=Q(status__in=["new", "answered", "closed"]),
                name="feedback_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(language__in=list(LANGUAGES)), name="feedback_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(email=""), name="feedback_erased_has_no_address"
            ),
        ]
        indexes = [
            # Whose address is to be erased.
            models.Index(
                fields=["created_at"], condition=~Q(email=""), name="feedback_with_address"
            ),
            models.Index(fields=["created_at"], condition=Q(status="new"), name="feedback_new"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """By which people name it, such as “F-17”."""
        return f"F-{self.pk}"
