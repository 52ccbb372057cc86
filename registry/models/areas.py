"""Partnership areas (PAG-6 §3b): leads, articles served, priority actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.base import Record


class Area(Record):
    """One of the Partnership's areas of work. Its slug is its code, such as “asgm”."""

    noun = "area"

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    short_name = models.CharField(max_length=40, unique=True)
    description = models.TextField()
    objective = models.TextField()
    articles_basis = models.CharField(
        max_length=100, blank=True, help_text=_("Where the articles it serves were read.")
    )

    class Meta(Record.Meta):
        pass

    def __str__(self) -> str:
        return self.short_name


class AreaLead(models.Model):
    """An organisation that leads the area, or led it at some time."""

    area = models.ForeignKey("registry.Area", models.CASCADE, related_name="leads")
    partner = models.ForeignKey("registry.Partner", models.PROTECT, related_name="areas_led")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "partner"], name="area_lead_once"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} leads {self.area_id}"


class AreaArticle(models.Model):
    """An article that the area chiefly serves."""

    area = models.ForeignKey("registry.Area", models.CASCADE, related_name="area_articles")
    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="article_areas")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "article"], name="area_article_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} serves {self.article_id}"


class PriorityAction(models.Model):
    """An objective or priority action of the area's business plan."""

    area = models.ForeignKey("registry.Area", models.CASCADE, related_name="priority_actions")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    indicator = models.CharField(
        max_length=300, blank=True, help_text=_("Target, deadline or baseline, where one is given.")
    )
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "title"], name="priority_action_once"),
        ]

    def __str__(self) -> str:
        return self.title
