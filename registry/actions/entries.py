"""Writes entries: the public representation, search text and names of accepted records."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import words
from registry.actions import counters
from registry.models import Entry, EntryName, Word
from registry.queries import bodies, names
from registry.queries.bodies import Built

BATCH = 500
_CONTENT = ["title", "body", "title_stems", "text_stems", "terms"]
_WRITTEN = ["revision", *_CONTENT, "changed_at", "withdrawn_at"]


# While a load or a trial runs: the entries that wait to be written, as noun → key → revision.
_waiting: ContextVar[dict[str, dict[str, int]] | None] = ContextVar("waiting", default=None)


@contextmanager
def written_together() -> Iterator[None]:
    """Write the entries of all changes made inside at its end, each once: for loading many records.

    Needs a transaction around it, since until the end the entries are behind their records.
    """
    waiting: dict[str, dict[str, int]] = defaultdict(dict)
    before = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(before)
    for noun, revisions in waiting.items():
        _write(noun, revisions)


@contextmanager
def left_out() -> Iterator[None]:
    """Write no entries for the changes made inside: for those that are tried and taken back."""
    before = _waiting.set(defaultdict(dict))
    try:
        yield
    finally:
        _waiting.reset(before)


@transaction.atomic(savepoint=False)
def write(
    *, noun: str, keys: Iterable[str], revision: int, without: Collection[str] = frozenset()
) -> None:
    """Bring the entries of these records up to date.

    A withdrawn record's entry becomes a tombstone. Call it in the transaction of the change.
    `without` names relations of which the records are known to have no rows.
    """
    revisions = dict.fromkeys(keys, revision)
    if (waiting := _waiting.get()) is not None:
        waiting[noun] |= revisions
    else:
        _write(noun, revisions, without)


def _write(noun: str, revisions: Mapping[str, int], without: Collection[str] = frozenset()) -> int:
    """Write the entries of these keys where they differ; returns how many did."""
    batches = batched(sorted(revisions), BATCH)
    return sum(_write_batch(noun, batch, revisions, without) for batch in batches)


def _write_batch(
    noun: str, keys: tuple[str, ...], revisions: Mapping[str, int], without: Collection[str]
) -> int:
    stored = {entry.key: entry for entry in Entry.objects.filter(noun=noun, key__in=keys)}
    fresh = bodies.build(noun, keys, without=without)
    pairs = [(_entry(noun, built, revisions[built.key]), built) for built in fresh]
    changed = [(entry, built) for entry, built in pairs if not _same(stored.get(entry.key), entry)]
    Entry.objects.bulk_create(
        [entry for entry, _ in changed],
        update_conflicts=True,
        unique_fields=["noun", "key"],
        update_fields=_WRITTEN,
    )
    _learn(built for _, built in changed if not built.withdrawn_at)
    numbers = {each.key: each.pk for each in (*stored.values(), *(entry for entry, _ in changed))}
    called = {numbers[built.key]: names.of(built) for _, built in pairs}
    renamed = _name(called, among={entry.pk for entry in stored.values()})
    return len(renamed.union(entry.pk for entry, _ in changed))


def _entry(noun: str, built: Built, revision: int) -> Entry:
    now = timezone.now()
    if built.withdrawn_at:
        return Entry(
            noun=noun,
            key=built.key,
            revision=revision,
            changed_at=now,
            withdrawn_at=built.withdrawn_at,
        )
    return Entry(
        noun=noun,
        key=built.key,
        revision=revision,
        title=built.title,
        body=built.json,
        title_stems=words.stems(built.title),
        text_stems=words.stems(built.text),
        terms=built.stored_terms,
        changed_at=now,
    )


def _same(stored: Entry | None, fresh: Entry) -> bool:
    kept = [name for name in _WRITTEN if name not in ("revision", "changed_at")]
    return stored is not None and all(getattr(stored, n) == getattr(fresh, n) for n in kept)


def _learn(accepted: Iterable[Built]) -> None:
    """Remember the words of these records for spelling suggestions."""
    seen = {
        word
        for built in accepted
        for word in words.tokens(f"{built.title} {built.text}")
        if len(word) > 2 and word.isalpha()
    }
    known = set(Word.objects.filter(word__in=seen).values_list("word", flat=True))
    Word.objects.bulk_create(
        [Word(word=word) for word in sorted(seen - known)], ignore_conflicts=True
    )


type Names = dict[int, dict[str, bool]]


def _named(**only: Any) -> Names:
    """The stored names, by the number of the entry."""
    rows = EntryName.objects.filter(**only)
    stored: Names = defaultdict(dict)
    for number, name, is_title in rows.values_list("entry_id", "name", "is_title"):
        stored[number][name] = is_title
    return stored


def _name(fresh: Names, *, among: set[int]) -> set[int]:
    """Bring the names of these entries up to date; returns the numbers of those that had others.

    Only those `among` them that were stored before can have had some.
    """
    stored = _named(entry__in=among) if among else {}
    renamed = {number for number, called in fresh.items() if called != stored.get(number, {})}
    if stored:
        EntryName.objects.filter(entry__in=renamed).delete()
    if renamed:
        EntryName.objects.bulk_create(
            EntryName(entry_id=number, name=name, is_title=is_title)
            for number in sorted(renamed)
            for name, is_title in fresh[number].items()
        )
    return renamed


@transaction.atomic
def rebuild() -> int:
    """Write every entry afresh where it differs from its record; returns how many differed.

    Also the way in for the reference book, which is loaded below this floor.
    """
    revision = counters.advance(counters.REVISION)
    return sum(_rebuild_noun(noun, revision) for noun in bodies.NOUNS)


def _rebuild_noun(noun: str, revision: int) -> int:
    keys = bodies.keys(noun)
    now = timezone.now()
    # Rows of the reference book may be deleted; what the public read of them becomes a tombstone.
    content = dict.fromkeys(_CONTENT, "")
    left_over = Entry.objects.public().filter(noun=noun).exclude(key__in=keys)
    EntryName.objects.filter(entry__in=left_over).delete()
    buried = left_over.update(revision=revision, changed_at=now, withdrawn_at=now, **content)
    return buried + _write(noun, dict.fromkeys(keys, revision))


def differences() -> list[tuple[str, str]]:
    """Noun and key of every entry that is missing, left over, or unlike its record built afresh."""
    found = []
    for noun in bodies.NOUNS:
        keys = set(bodies.keys(noun))
        stored = {entry.key: entry for entry in Entry.objects.filter(noun=noun)}
        called = _named(entry__noun=noun)
        fresh = {built.key: built for built in bodies.build(noun, keys)}
        wrong = {
            key
            for key in keys
            if not _same(entry := stored.get(key), _entry(noun, fresh[key], 0))
            or called.get(entry.pk, {}) != names.of(fresh[key])
        }
        left_over = {key for key in stored.keys() - keys if not stored[key].withdrawn_at}
        found += [(noun, key) for key in sorted(wrong | left_over)]
    return found
