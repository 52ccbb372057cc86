"""Articles, their provisions, and what the Partnership may contribute to them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.languages import Wording, worded

# Articles 3–14 say what countries must do about mercury; the registry maps its records to them.
SPINE = range(3, 15)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles that are …"""

    def spine(self) -> "ArticleQuerySet":
        """Articles 3–14, to which records are mapped."""
        return self.filter(number__in=SPINE)

    def others(self) -> "ArticleQuerySet":
        """The articles that are known here by number and title only."""
        return self.exclude(number__in=SPINE)


class Article(models.Model):
    """An article of the Convention. Articles 3–14 have a summary, provisions and contributions."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    slug = models.SlugField(max_length=100, unique=True)
    title_en = models.CharField(max_length=200)
    # Blank where the official wording is not certain.
    title_fr = models.CharField(max_length=200, blank=True)
    title_es = models.CharField(max_length=200, blank=True)
    title_ru = models.CharField(max_length=200, blank=True)
    title_zh = models.CharField(max_length=200, blank=True)
    title_ar = models.CharField(max_length=200, blank=True)
    title_seen_in = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Languages whose wording was read in a copy of the text."),
    )
    summary = models.TextField(blank=True)
    partnership_areas = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Codes of the Partnership areas that chiefly serve it."),
    )
    partnership_areas_basis = models.CharField(max_length=100, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=35), name="article_number_in_convention"
            ),
            models.CheckConstraint(
                condition=~Q(number__in=list(SPINE)) | ~Q(summary=""),
                name="article_of_the_spine_has_summary",
            ),
        ]

    def __str__(self) -> str:
        return f"Article {self.number}. {self.title_en}"

    def get_absolute_url(self) -> str:
        """The page of the article; a route named by string, since pages live above this floor."""
        return reverse("article-detail", args=[self.number])

    def title(self, language: str) -> Wording:
        """The official title in `language`, or in English where that wording is not certain."""
        return worded(self, "title", language)


class Provision(models.Model):
    """A numbered paragraph of an article, summed up in plain words (not the text of the treaty)."""

    class Kind(models.TextChoices):
        OBLIGATION = "obligation", _("obligation")
        DISCRETIONARY = "discretionary", _("discretionary")
        INSTITUTIONAL = "institutional", _("institutional")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="provisions")
    # Not unique: a provision that leaves the data files stays here with its position.
    position = models.PositiveSmallIntegerField()
    paragraph = models.CharField(max_length=10, unique=True, help_text=_("Such as 7.3(a)."))
    summary = models.TextField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    deadline = models.CharField(
        max_length=200, blank=True, help_text=_("In words, as the text has it.")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["obligation", "discretionary", "institutional"]),
                name="provision_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.paragraph


class ExpectedContribution(models.Model):
    """What the Partnership may contribute to an article, before or after entry into force.

    Source: paragraphs 11–16 of the note to the sixth meeting of the Partnership Advisory Group
    (PAG-6).
    """

    class Phase(models.TextChoices):
        INTERIM = "interim", _("before entry into force")
        AFTER = "after", _("after entry into force")

    class Mapping(models.TextChoices):
        NAMED = "named", _("the paragraph names the article")
        INFERRED = "inferred", _("chosen by subject")

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="expected_contributions"
    )
    phase = models.CharField(max_length=10, choices=Phase.choices)
    text = models.TextField()
    paragraphs = models.JSONField(help_text=_("Paragraphs of PAG-6 it rests on."))
    mapping = models.CharField(max_length=10, choices=Mapping.choices)
    mapping_note = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "phase"], name="contribution_once_per_phase"
            ),
            models.CheckConstraint(
                condition=Q(phase__in=["interim", "after"]), name="contribution_phase_known"
            ),
            models.CheckConstraint(
                condition=Q(mapping__in=["named", "inferred"]), name="contribution_mapping_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id}, {self.get_phase_display()}"
