"""Meetings: the advisory group, the areas, the negotiations, the COP."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.dates import PartialDateField
from registry.models.base import Record


class Meeting(Record):
    """A meeting, held or planned."""

    noun = "meeting"

    class Kind(models.TextChoices):
        PAG = "PAG", _("Partnership Advisory Group")
        AREA = "area meeting", _("area meeting")
        CONSULTATION = "consultation", _("consultation")
        WEBINAR = "webinar", _("webinar")
        FORUM = "forum", _("forum")
        INC = "INC", _("intergovernmental negotiating committee")
        COP = "COP", _("Conference of the Parties")
        CONFERENCE = "conference", _("conference")
        SIDE_EVENT = "side event", _("side event")
        OTHER = "other", _("other")

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    start = PartialDateField(blank=False)
    end = PartialDateField()
    place = models.CharField(max_length=100, blank=True, help_text=_("City, or “Online”."))
    country = models.ForeignKey(
        "articles.Country", models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    area = models.ForeignKey(
        "registry.Area", models.PROTECT, null=True, blank=True, related_name="meetings"
    )

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="meeting_has_title"),
            models.CheckConstraint(condition=~Q(start=""), name="meeting_has_start"),
        ]
        indexes = [models.Index(fields=["-start", "id"], name="meeting_newest")]

    def __str__(self) -> str:
        return self.title
