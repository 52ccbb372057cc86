"""Entries: what the public reads, one row for each accepted record, whatever its noun."""

from django.db import models
from django.db.models import Q


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries that are …"""

    def public(self) -> "EntryQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Entry(models.Model):
    """The public representation of an accepted record, written with it in the same transaction.

    Lists, search, feeds and dumps hand out `body` as it stands, without reading the record's own
    tables. A withdrawn record keeps its row as a tombstone, without content.
    """

    noun = models.CharField(max_length=12)
    key = models.CharField(max_length=100)
    revision = models.PositiveBigIntegerField(help_text="The public revision that last changed it.")
    title = models.CharField(max_length=400, blank=True)
    # JSON as text, not as a JSON column: the stored bytes are what goes out.
    body = models.TextField(blank=True)
    # Word stems, folded, for the search index (registry.words).
    title_stems = models.TextField(blank=True)
    text_stems = models.TextField(blank=True)
    # What lists are made of: the record's number, its values by filter, what it is sorted by.
    terms = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["noun", "key"], name="entry_once_per_record"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(title="", body="", title_stems="", text_stems="", terms=""),
                name="entry_withdrawn_has_no_content",
            ),
        ]
        indexes = [
            models.Index(fields=["revision"], name="entry_revision"),
            # Of a rare noun, what changed last or since is not looked for among all others.
            models.Index(fields=["noun", "revision"], name="entry_noun_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.key}"


class EntryName(models.Model):
    """What a public record is called, as names are compared (registry.words.name).

    Who looks for one of these finds the record first.
    """

    pk = models.CompositePrimaryKey("name", "entry_id")
    entry = models.ForeignKey("registry.Entry", models.CASCADE, related_name="names")
    name = models.CharField(max_length=400)
    is_title = models.BooleanField()

    def __str__(self) -> str:
        return self.name


class Word(models.Model):
    """A word that stands in an accepted record; what spelling suggestions choose from."""

    word = models.CharField(max_length=60, primary_key=True)

    def __str__(self) -> str:
        return self.word


class Counter(models.Model):
    """A number that only goes up: the public revision, the last activity number."""

    name = models.CharField(max_length=30, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
