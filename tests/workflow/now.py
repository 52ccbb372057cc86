"""What there is after a step, read once for all invariants."""

import re
from collections.abc import Iterable
from functools import cached_property

from django.db import connection
from django.db.models import Count

from registry.models import (
    Attachment,
    Counter,
    Entry,
    EntryName,
    Event,
    Membership,
    Notice,
    Remark,
    Submission,
    SubmissionArea,
    Word,
)
from registry.queries.representation import Body
from tests.workflow.model import Published, Registry
from tests.workflow.nouns import Values
from tests.workflow.scene import Scene

CANARY = re.compile(r"qx[a-z]+qx")
_TRAIL = ("id", "actor", "verb", "noun", "key", "version", "revision", "before", "after")


class Seen:
    """What the invariants remember from one step to the next."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.trace: tuple = ()
        self.trail: list[tuple] = []
        self.revision = scene.start.revision
        self.entries: dict[tuple[str, str], Entry] = {}
        self.published: set[str] = set()
        # Entries are never taken away: what was there once need not be looked for again.
        self.there: set[tuple[str, str]] = set()


_TRACES = """
    SELECT (SELECT max(id) FROM registry_event), (SELECT max(id) FROM registry_notice),
        (SELECT max(id) FROM registry_remark), (SELECT count(*) FROM registry_membership),
        (SELECT count(*) FROM registry_entry), (SELECT value FROM registry_counter WHERE name = %s),
        (SELECT count(*) FROM registry_attachment WHERE removed_at IS NULL),
        (SELECT count(*) FROM registry_submissionarea), count(*), sum(version)
    FROM registry_submission
"""


def trace_of(model: Registry) -> tuple:
    """What no step leaves as it was, here or in the model, in one question."""
    with connection.cursor() as cursor:
        cursor.execute(_TRACES, ["revision"])
        return (*cursor.fetchone(), len(model.trail), len(model.mails))


class Now:
    """The database as it is, as far as the run can have changed it.

    Of the trail and of what is public the new is read, and at the end of a run once more all.
    """

    def __init__(self, model: Registry, seen: Seen, *, is_end: bool) -> None:
        self.model, self.seen, self.start = model, seen, seen.scene.start
        self.names = {user.pk: name for name, user in seen.scene.users.items()}
        known = [] if is_end else seen.trail
        last = known[-1][0] if known else self.start.event
        events = Event.objects.filter(pk__gt=last).order_by("pk")
        self.trail = known + list(events.values_list(*_TRAIL))
        self.revision = Counter.objects.get(name="revision").value
        begun = self.start.revision if is_end else seen.revision
        self.fresh = list(Entry.objects.filter(revision__gt=begun))
        known_entries = {} if is_end else seen.entries
        self.by_key = known_entries | {(entry.noun, entry.key): entry for entry in self.fresh}
        self.entries = list(self.by_key.values())

    @cached_property
    def submissions(self) -> dict[str, Submission]:
        """All submissions of the run, by reference."""
        found = Submission.objects.filter(number__gt=self.start.number).order_by("number")
        return {each.reference: each for each in found.select_related("partner")}

    @cached_property
    def remarks(self) -> list[tuple]:
        """What was said, about which of them, by whom."""
        found = Remark.objects.filter(submission__number__gt=self.start.number).order_by("pk")
        return list(found.values_list("submission__reference", "kind", "author_id", "version"))

    @cached_property
    def files(self) -> dict[str, int]:
        """How many files are attached to each."""
        kept = Attachment.objects.filter(submission__number__gt=self.start.number, removed_at=None)
        counted = kept.values_list("submission__reference").annotate(n=Count("pk"))
        return dict(counted)

    @cached_property
    def touched(self) -> set[tuple[str, str]]:
        """Which of them touches which area."""
        found = SubmissionArea.objects.filter(submission__number__gt=self.start.number)
        return set(found.values_list("submission__reference", "area__slug"))

    @cached_property
    def roles(self) -> dict[str, dict[str, str]]:
        """Who speaks for each partner."""
        slugs = [partner.slug for partner in self.model.partners]
        found = Membership.objects.filter(partner__slug__in=slugs)
        roles: dict[str, dict[str, str]] = {slug: {} for slug in slugs}
        for slug, user, role in found.values_list("partner__slug", "user_id", "role"):
            roles[slug][self.names[user]] = role
        return roles

    @cached_property
    def notices(self) -> list[Notice]:
        """The messages that were written."""
        return list(Notice.objects.filter(pk__gt=self.start.notice).order_by("pk"))

    @cached_property
    def words(self) -> set[str]:
        """The words of the run that the public can find, in any way."""
        texts = [
            f"{e.title} {e.body} {e.title_stems} {e.text_stems} {e.terms}" for e in self.entries
        ]
        texts += Word.objects.filter(word__startswith="qx").values_list("word", flat=True)
        if self.fresh:
            names = EntryName.objects.filter(entry__in=self.fresh)
            texts += names.values_list("name", flat=True)
        return set(CANARY.findall(" ".join(texts).lower()))

    def entry(self, record: Published) -> Entry | None:
        """The entry of a record, if it changed."""
        return self.by_key.get((record.noun, record.key))


def words_in(values: Iterable[Values]) -> set[str]:
    """The words of the run in these values."""
    return set(CANARY.findall(str(list(values))))


def said_publicly(noun: str, body: Body) -> Values:
    """Those values of a public body that the runs change."""
    said = {name: body[name] for name in TEXTS[noun]}
    said["areas"] = [area["slug"] for area in body["areas"]]
    if noun == "activity":
        rows = body["partners"]
        said["participations"] = [{"partner": r["slug"], "role": r["role"]} for r in rows]
    if noun == "guidance":
        said["publishers"] = [each["slug"] for each in body["publishers"]]
    return said


TEXTS = {
    "activity": ("title", "summary", "start"),
    "guidance": ("title", "abstract", "year"),
    "partner": ("name", "involvement"),
}
