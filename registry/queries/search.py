"""Search over every public noun and the articles: ranked, marked, better spelling offered."""

from dataclasses import dataclass
from functools import cache

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

    All words must be met; where no record has them all, any of them will do (`is_wider`).
    """
    query = vocabulary.understood(text)
    if not query:
        return Results(query, 0, {}, [], "", False)
    by_noun = _count(query)
    is_wider = not by_noun and len(query.groups) > 1
    if is_wider:
        query = query.widened()
        by_noun = _count(query)
    total = by_noun.get(noun, 0) if noun else sum(by_noun.values())
    hits = [_hit(entry, query) for entry in ranked(query, noun)[offset : offset + limit]]
    return Results(query, total, by_noun, hits, suggestion(text), is_wider)


def _count(query: Query) -> dict[str, int]:
    found = matching(query).values_list("noun").annotate(n=Count("id")).order_by("noun")
    return dict(found)


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
