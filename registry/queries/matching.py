"""Which of the entries that a process holds meet a query, and which of them best."""

import math
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from registry.queries import bits, fulltext, vocabulary
from registry.queries.holding import Holding
from registry.queries.places import as_bits
from registry.queries.texts import BORDER
from registry.words import Phrase, Query

# A word in the title says more about a record than one in its text.
TITLE_WEIGHT = 8.0
# Of more matches than these, only the most promising are weighed.
MOST_WEIGHED = 250

type Ranked = tuple[int, float, int]


class Matches:
    """The held entries that meet a query."""

    def __init__(self, held: Holding, query: Query) -> None:
        self.held, self.query = held, query
        self.groups = [_Group(held, group) for group in query.groups]
        self.titled, self.named = held.of_entries(query.titled), held.of_entries(query.named)

    @cached_property
    def found(self) -> int:
        """The set of them."""
        each = [group.titles | group.texts for group in self.groups]
        found = each[0] if each else 0
        for other in each[1:]:
            found = found | other if self.query.any else found & other
        return found | self.titled | self.named

    def frequencies(self) -> list[int]:
        """In how many entries each of the query's words stands, and last how many there are."""
        found = [(group.titles | group.texts).bit_count() for group in self.groups]
        return [*found, self.held.all.bit_count()]

    def ranked(self, among: int, frequencies: list[int] | None = None) -> Iterator[Ranked]:
        """The places of these entries, which all match, best first, each with its rank.

        Before all others come those whose title the query is, then those it calls by another name.
        Of very many, those are weighed that have most of the words in their titles.
        """
        *each, all_ = frequencies or self.frequencies()
        rarities = [math.log(1 + (all_ - n + 0.5) / (n + 0.5)) for n in each]
        others = among & ~self.titled & ~self.named
        for rank, called in enumerate((self.titled & among, self.named & among)):
            yield from self._weighed(rank, bits.places(called), rarities)
        are_many = others.bit_count() > MOST_WEIGHED
        promising = self._promising(others) if are_many else bits.places(others)
        yield from self._weighed(2, islice(promising, MOST_WEIGHED), rarities)
        yield from ((3, 0.0, place) for place in promising)

    def _weighed(self, rank: int, places: Iterator[int], rarities: list[float]) -> list[Ranked]:
        return sorted((rank, -self._weight(place, rarities), place) for place in places)

    def _weight(self, place: int, rarities: list[float]) -> float:
        said = self.held.texts.said[place]
        border = said.index(BORDER)
        in_title = TITLE_WEIGHT / (1 + math.log1p(border))
        in_text = 1 / (1 + math.log1p(len(said) - border))
        weight = 0.0
        for group, rarity in zip(self.groups, rarities, strict=True):
            titles, texts = group.counted(place, said, border)
            often = titles * in_title + texts * in_text
            weight += rarity * often / (1 + often)
        return weight

    def _promising(self, among: int) -> Iterator[int]:
        """Those with most words in their titles first; of these, the shorter ones."""
        size, held = len(self.held.ids), self.held.texts
        least = [among]
        for group in self.groups:
            more = [has & group.titles for has in least]
            least = [a | b for a, b in zip([*least, 0], [0, *more], strict=True)]
        for words in reversed(range(len(least))):
            exactly = least[words] & ~(least[words + 1] if words + 1 < len(least) else 0)
            lengths = held.title_lengths if words else held.text_lengths
            for length in sorted(lengths) if exactly else ():
                yield from bits.places(exactly & as_bits(lengths[length], size))


class _Group:
    """The entries that one word of a query, or one of its other forms, stands in."""

    def __init__(self, held: Holding, phrases: frozenset[Phrase]) -> None:
        texts, size = held.texts, len(held.ids)
        known = frozenset(filter(texts.knows, phrases))
        self.written = sorted(filter(None, map(texts.written, known)))
        self.rare = [_rare(held, phrase) for phrase in sorted(phrases - known)]
        self.titles = self.texts = 0
        for written in self.written:
            self.titles |= texts.in_title(written)
            self.texts |= texts.in_text(written)
        for titles, texts in self.rare:
            self.titles |= bits.of(titles, size)
            self.texts |= bits.of(texts, size)

    def counted(self, place: int, said: str, border: int) -> tuple[int, int]:
        """How often the word stands in the title and in the text of the entry that says this."""
        in_title = in_text = 0
        for written in self.written:
            in_title += said.count(written, 0, border)
            in_text += said.count(written, border)
        for titles, texts in self.rare:
            in_title += place in titles
            in_text += place in texts
        return in_title, in_text


type _Said = tuple[frozenset[int], frozenset[int]]


def _rare(held: Holding, phrase: Phrase) -> _Said:
    """The places of the few entries that have a phrase in their title or text, which is not held.

    What is told again and again is that nobody has the Chinese for mercury.
    """

    def ask() -> _Said:
        titles, texts = (
            bits.places(held.of_entries(fulltext.numbers(phrase, in_title=in_title)))
            for in_title in (True, False)
        )
        return frozenset(titles), frozenset(texts)

    return held.kept("rare", phrase, ask, most=1000)


def of(held: Holding, text: str) -> Matches:
    """The held entries that meet what a person typed."""
    # The facets and the pages of a list ask for the same again and again.
    return held.kept("matches", text, lambda: Matches(held, vocabulary.understood(text)), most=4)
