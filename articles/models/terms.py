"""The field's words."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A term or abbreviation of the field, and what it means."""

    class Kind(models.TextChoices):
        TERM = "term", _("term")
        ABBREVIATION = "abbreviation", _("abbreviation")
        BODY = "body", _("body")
        INSTRUMENT = "instrument", _("instrument")

    slug = models.SlugField(max_length=60, unique=True)
    term = models.CharField(max_length=60, unique=True)
    expansion = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    articles = models.ManyToManyField("articles.Article", related_name="terms", blank=True)
    meaning = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["term", "abbreviation", "body", "instrument"]),
                name="term_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        """The term's place in the glossary."""
        return f"{reverse('term-list')}#{self.slug}"
