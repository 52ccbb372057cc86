"""Search over every public noun and the articles: ranked, marked, better spelling offered."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from django.db.models import Count
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from articles import crosswalk
from registry import words
from registry.errors import Misunderstood
from registry.models import Entry
from registry.queries import bodies, vocabulary
from registry.queries.fields import not_one_of
from registry.queries.fulltext import matching, ranked
from registry.queries.holding import Holding
from registry.queries.matching import Matches
from registry.queries.representation import Body, read_body
from registry.words import Piece, Query


@dataclass(frozen=True)
class Hit:
    """A record that was found: its entry, and its title and best passage with the words marked."""

    noun: str
    key: str
    body: Body
    title: list[Piece]
    passage: list[Piece]


@dataclass(frozen=True)
class Results:
    """What a search found. `is_wider` says that no record had all the words, so any will do."""

    query: Query
    total: int
    by_noun: dict[str, int]
    hits: list[Hit]
    suggestion: str
    is_wider: bool


def known_noun(noun: str) -> str:
    """The noun, or blank for all of them. Raises Misunderstood for a word that is none."""
    if noun and noun not in bodies.NOUNS:
        raise Misunderstood({"noun": not_one_of(noun, list(bodies.NOUNS))})
    return noun


def search(text: str, *, noun: str = "", offset: int = 0, limit: int = 20) -> Results:
    """Find records by plain words in any of the six languages, best first.

    What the text as a whole is the name of comes before all others. All words must be met; where
    no record has them all, any of them will do (`is_wider`).
    """
    query = vocabulary.understood(text)
    if not query:
        return Results(query, 0, {}, [], "", False)
    found = _find(query)
    is_wider = not found.by_noun and len(query.groups) > 1
    if is_wider:
        query = query.widened()
        found = _find(query)
    total = found.by_noun.get(noun, 0) if noun else sum(found.by_noun.values())
    hits = [_hit(entry, query) for entry in found.entries(noun, offset, limit)]
    return Results(query, total, found.by_noun, hits, suggestion(text), is_wider)


def _find(query: Query) -> "_Held | _Stored":
    held = {noun: of.held() for noun, of in bodies.LISTS.items()}
    return _Stored(query) if None in held.values() else _Held(held, query)


class _Held:
    """What a query finds in memory."""

    def __init__(self, held: dict[str, Holding], query: Query) -> None:
        every = {noun: Matches(each, query) for noun, each in sorted(held.items())}
        self.matches = {noun: matches for noun, matches in every.items() if matches.found}
        self.by_noun = {noun: each.found.bit_count() for noun, each in self.matches.items()}
        # A word is as rare as it is among the records of all nouns.
        self.frequencies = list(
            map(sum, zip(*(m.frequencies() for m in every.values()), strict=True))
        )

    def entries(self, noun: str, offset: int, limit: int) -> list[Entry]:
        """A stretch of what was found, of one noun or of all, best first."""
        ranked = map(self._ranked, [noun] if noun else self.matches)
        best = islice(heapq.merge(*ranked), offset, offset + limit)
        numbers = [self.matches[each].held.ids[place] for _, _, each, place in best]
        entries = Entry.objects.public().in_bulk(numbers)
        return [entries[number] for number in numbers if number in entries]

    def _ranked(self, noun: str) -> Iterator[tuple[int, float, str, int]]:
        if matches := self.matches.get(noun):
            for rank, weight, place in matches.ranked(matches.found, self.frequencies):
                yield rank, weight, noun, place


class _Stored:
    """What a query finds in the database."""

    def __init__(self, query: Query) -> None:
        self.query = query
        found = matching(query).values_list("noun").annotate(n=Count("id")).order_by("noun")
        self.by_noun = dict(found)

    def entries(self, noun: str, offset: int, limit: int) -> list[Entry]:
        """A stretch of what was found, of one noun or of all, best first."""
        return list(ranked(self.query, noun)[offset : offset + limit])


def _hit(entry: Entry, query: Query) -> Hit:
    body = read_body(entry.body)
    text = bodies.text(entry.noun, body)
    title = words.marked(entry.title, query)
    return Hit(entry.noun, entry.key, body, title, words.snippet(text, query))


def suggestion(text: str) -> str:
    """The query with unknown words replaced by the nearest known ones; blank if all is known."""
    known_words = vocabulary.words()
    known = set(known_words) | _known_elsewhere()
    corrected = []
    for word in text[: words.LONGEST_QUERY].split():
        tokens = words.tokens(word)
        is_odd = len(tokens) == 1 and len(tokens[0]) > 3 and tokens[0].isalpha()
        if is_odd and tokens[0] not in known and (better := _nearest(tokens[0], known_words)):
            corrected.append(better)
        else:
            corrected.append(word)
    better = " ".join(corrected)
    return better if better != " ".join(text.split()) else ""


@cache
def _known_elsewhere() -> frozenset[str]:
    """The words of the six languages' vocabulary, which need no record to be right."""
    return frozenset(word for form in crosswalk.known_words() for word in words.tokens(form))


def _nearest(word: str, among: tuple[str, ...]) -> str:
    allowed = 1 if len(word) < 6 else 2
    near = process.extract(word, among, scorer=OSA.distance, score_cutoff=allowed, limit=20)
    # Among words at the same distance, the one that begins alike: people slip late in a word.
    best = min(near, key=lambda hit: (hit[1], -JaroWinkler.similarity(word, hit[0])), default=("",))
    return best[0]
