"""The words that stand in accepted records: what spelling is offered from, and searches cut to."""

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.stemming import stem
from registry.models import Word
from registry.queries import names
from registry.queries.revision import per_revision
from registry.words import Phrase, Query, parse

# Shorter words and numbers are not kept as words, so nothing is known of them.
SHORTEST = 3


@per_revision
def words() -> tuple[str, ...]:
    """All known words, in order."""
    return _words(Word.objects.count())


@lru_cache(maxsize=2)
def _words(count: int) -> tuple[str, ...]:
    # The count makes the cache notice new words: they are only ever added.
    return tuple(Word.objects.order_by("word").values_list("word", flat=True))


@per_revision
def stems() -> frozenset[str]:
    """The stems of all known words."""
    return _stems(words())


@lru_cache(maxsize=2)
def _stems(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(stem, known))


def near(word: str, most: int) -> list[str]:
    """The known words that one may be a misspelling of, the nearest first; at most so many."""
    allowed = 1 if len(word) < 6 else 2
    found = process.extract(word, words(), scorer=OSA.distance, score_cutoff=allowed, limit=most)
    return [known for known, *_ in found]


def cut(query: Query) -> Query:
    """The query without forms of other languages that stand in no record: they find nothing.

    A word keeps one form at least, so that it goes on to be asked for.
    """
    known = stems()

    def may_stand(phrase: Phrase) -> bool:
        return all(s in known or len(s) < SHORTEST or not s.isalpha() for s in phrase)

    groups = (frozenset(filter(may_stand, group)) or group for group in query.groups)
    return Query(query.text, tuple(groups), query.any)


def understood(text: str) -> Query:
    """What a person typed as a query: cut, and with the entries that it calls by name."""
    return names.with_called(cut(parse(text)))
