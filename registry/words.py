"""Words as search sees them: folded, stemmed, expanded. Pure; the same for both databases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles import crosswalk, stemming
from articles.folding import fold
from articles.stemming import stem

LONGEST_QUERY = 200
LONGEST_WORD = 60


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order, none longer than LONGEST_WORD."""
    return [token[:LONGEST_WORD] for token in stemming.tokens(text)]


def stems(text: str) -> str:
    """The stems of a text in order, separated by spaces: what the search index holds."""
    return " ".join(map(stem, tokens(text)))


type Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """What a person looks for: each group must be met by one of its phrases (stems in order)."""

    text: str
    groups: tuple[frozenset[Phrase], ...]
    any: bool = False  # one group is enough

    def __bool__(self) -> bool:
        return bool(self.groups)

    def widened(self) -> "Query":
        """The same words, any of which will do."""
        return Query(self.text, self.groups, any=True)

    @property
    def stems(self) -> frozenset[str]:
        """All stems that may stand in a record because of this query; for marking them."""
        return frozenset(part for group in self.groups for phrase in group for part in phrase)


def parse(text: str) -> Query:
    """Read a query of plain words. Words stand for their forms in all six languages."""
    groups = []
    for word in _phrases(text[:LONGEST_QUERY]):
        forms = {tuple(map(stem, tokens(form))) for form in crosswalk.forms_of(word)}
        forms.add(tuple(map(stem, tokens(word))))
        groups.append(frozenset(form for form in forms if form))
    return Query(text, tuple(group for group in groups if group))


def _phrases(text: str) -> Iterator[str]:
    # Quoted words stay together; “A-1042-7” and Chinese become phrases by having several tokens.
    for quoted, word in re.findall(r"[\"“«]([^\"”»]+)[\"”»]|(\S+)", text):
        yield quoted or word


@dataclass(frozen=True)
class Piece:
    """A run of text, and whether it is one of the words looked for."""

    text: str
    is_hit: bool


def marked(text: str, query: Query) -> list[Piece]:
    """The text cut into pieces, with the words of the query told apart."""
    wanted, pieces, at = query.stems, [], 0
    for found in stemming.TOKEN.finditer(text):
        if stem(fold(found.group())) in wanted:
            pieces.append(Piece(text[at : found.start()], False))
            pieces.append(Piece(found.group(), True))
            at = found.end()
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]


def snippet(text: str, query: Query, length: int = 240) -> list[Piece]:
    """The stretch of about `length` characters with most of the words looked for, marked."""
    wanted = query.stems
    hits = [m.start() for m in stemming.TOKEN.finditer(text) if stem(fold(m.group())) in wanted]
    best = max(hits, key=lambda at: sum(at <= hit < at + length for hit in hits), default=0)
    start = 0 if best < length // 2 else text.rfind(" ", 0, best - length // 4) + 1
    end = len(text) if start + length >= len(text) else text.find(" ", start + length)
    end = len(text) if end < 0 else end
    cut = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    return marked(cut, query)
