"""Words as search sees them: folded, stemmed, expanded. Pure; the same for both databases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from articles import crosswalk, stemming
from articles.folding import fold
from articles.stemming import stem

LONGEST_QUERY = 200
LONGEST_WORD = 60
LONGEST_NAME = 400
# Between two numbers the break says something: decision 1/12 is not 11/2.
_BREAK_BETWEEN_NUMBERS = re.compile(r"(?<=\d) (?=\d)")


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order, none longer than LONGEST_WORD."""
    return [token[:LONGEST_WORD] for token in stemming.tokens(text)]


def stems(text: str) -> str:
    """The stems of a text in order, separated by spaces: what the search index holds."""
    return " ".join(map(stem, tokens(text)))


def name(text: str) -> str:
    """A text as a name, to compare with others: folded, without punctuation and spaces.

    “GMP-0042”, “gmp 0042” and “G.M.P. 0042” are one name.
    """
    spaced = " ".join(tokens(text[:LONGEST_NAME]))
    return _BREAK_BETWEEN_NUMBERS.sub("-", spaced).replace(" ", "")[:LONGEST_NAME]


# “d’action”: what French elides says nothing by itself, and stands in no other language.
_ELIDED = re.compile(r"^(?:[dlnsjmtc]|qu)['’ʼ](?=\w{2})", re.IGNORECASE)

type Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """What a person looks for: each group must be met by one of its phrases (stems in order)."""

    text: str
    groups: tuple[frozenset[Phrase], ...]
    any: bool = False  # one group is enough
    # The numbers of the entries whose title, or another name, is the query as a whole.
    titled: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.groups)

    def widened(self) -> "Query":
        """The same words, any of which will do."""
        return replace(self, any=True)

    @property
    def phrases(self) -> frozenset[Phrase]:
        """All phrases that may stand in a record because of this query; for marking them."""
        return frozenset().union(*self.groups)


def parse(text: str) -> Query:
    """Read a query of plain words. Words stand for their forms in all six languages."""
    groups = map(_forms, _phrases(text[:LONGEST_QUERY]))
    return Query(text, tuple(group for group in groups if group))


@lru_cache(maxsize=5_000)
def _forms(word: str) -> frozenset[Phrase]:
    """The stems of a word and of its forms in the other languages."""
    forms = {tuple(map(stem, tokens(form))) for form in crosswalk.forms_of(word)}
    forms.add(tuple(map(stem, tokens(word))))
    return frozenset(form for form in forms if form)


def _phrases(text: str) -> Iterator[str]:
    # Quoted words stay together; “A-1042-7” and Chinese become phrases by having several tokens.
    for quoted, word in re.findall(r"[\"“«]([^\"”»]+)[\"”»]|(\S+)", text):
        yield quoted or _ELIDED.sub("", word) or word


@dataclass(frozen=True)
class Piece:
    """A run of text, and whether it is one of the words looked for."""

    text: str
    is_hit: bool


def marked(text: str, query: Query) -> list[Piece]:
    """The text cut into pieces, with the words and phrases of the query told apart."""
    pieces, at = [], 0
    for start, end in _found(text, query):
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]


def _found(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """Where phrases of the query begin and end in the text; the longest where several begin."""
    words = list(stemming.TOKEN.finditer(text))
    stems_ = [stem(fold(word.group())) for word in words]
    phrases = query.phrases
    lengths = sorted({len(phrase) for phrase in phrases}, reverse=True)
    at = 0
    while at < len(words):
        starts = (tuple(stems_[at : at + length]) for length in lengths)
        if phrase := next((each for each in starts if each in phrases), None):
            yield words[at].start(), words[at + len(phrase) - 1].end()
        at += len(phrase) if phrase else 1


def snippet(text: str, query: Query, length: int = 240) -> list[Piece]:
    """The stretch of about `length` characters with most of the words looked for, marked."""
    found = list(_found(text, query))
    hits = [start for start, _ in found]
    best = max(hits, key=lambda at: sum(at <= hit < at + length for hit in hits), default=0)
    start = 0 if best < length // 2 else _cut_near(text, best - length // 4, found)
    end = len(text) if start + length >= len(text) else _cut_near(text, start + length, found)
    cut = text[start:end].strip()
    return marked(("… " if start else "") + cut + (" …" if end < len(text) else ""), query)


def _cut_near(text: str, at: int, found: list[tuple[int, int]]) -> int:
    """The last space before `at`, or just there where none is near, as in Chinese; in no hit."""
    space = text.rfind(" ", max(at - 30, 0), at)
    cut = at if space < 0 else space
    return next((end for start, end in found if start < cut < end), cut)
