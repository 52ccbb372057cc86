"""What a noun's entries say, held by each process, so that words are found without the database.

Every stem held has a sign, one character of a string, and every entry a string of such signs: its
title, a border, its text. With each sign stand the places of the entries that have it in the title
and of those that have it in the text. A word is then found by a set, a phrase by looking through
the strings of the entries that have all its words.

At most MOST_STEMS are held. In a small registry these are all stems; in a large one those that a
sample shows to be common, and the few entries that say another one are asked of the database. An
entry takes two bytes for each word and at most eight for each different one: half a kilobyte for
fifty words, and in practice half of that.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from registry.queries import bits
from registry.queries.places import Places, as_bits, kept, with_place, without_place
from registry.words import Phrase

# So many that strings take two bytes for each sign.
MOST_STEMS = 65_000
# So many entries show which stems are common.
SAMPLE = 20_000
# So many phrases are kept, of titles and of texts, when they have been looked for.
MOST_PHRASES = 100
BORDER, UNHELD = "\0", "\1"
_FIRST = 2


class Signs(dict[str, str]):
    """The sign of each stem held. While it is whole, a stem that is new is given one."""

    def __init__(self, signs: dict[str, str], *, is_whole: bool) -> None:
        super().__init__(signs)
        self.is_whole = is_whole

    def __missing__(self, stem: str) -> str:
        self.is_whole = self.is_whole and len(self) < MOST_STEMS
        if not self.is_whole:
            return UNHELD
        sign = self[stem] = chr(_FIRST + len(self))
        return sign

    def copy(self) -> "Signs":
        """The same, to be given more."""
        return Signs(self, is_whole=self.is_whole)

    def write(self, stems: str) -> str:
        """A text in signs."""
        return "".join([self[stem] for stem in stems.split()])


def all_stems() -> Signs:
    """The signs of a registry in which every stem can be held."""
    return Signs({}, is_whole=True)


def common_stems(sample: Iterable[str]) -> Signs:
    """The signs of the stems that are common in these texts."""
    counts = Counter(stem for stems in sample for stem in set(stems.split()))
    common = [stem for stem, n in counts.most_common(MOST_STEMS) if n > 1]
    return Signs({s: chr(at) for at, s in enumerate(common, _FIRST)}, is_whole=False)


@dataclass(frozen=True)
class Texts:
    """What entries say, by place; never changed, but replaced by a newer one.

    `said` is blank where the entry is gone. The sets give places: by sign and by phrase (in signs),
    of those that have it in their title and of those that have it in their text; and by length
    (see `_marks`). Of phrases only those are there that somebody asked for.
    """

    signs: Signs
    said: list[str]
    titles: dict[str, Places]
    texts: dict[str, Places]
    title_lengths: dict[int, Places]
    text_lengths: dict[int, Places]
    title_phrases: dict[str, Places]
    text_phrases: dict[str, Places]

    def knows(self, phrase: Phrase) -> bool:
        """Whether it is known here who says a phrase; if not, the database knows."""
        return self.signs.is_whole or all(stem in self.signs for stem in phrase)

    def written(self, phrase: Phrase) -> str:
        """A phrase in signs; blank where nobody says one of its words."""
        signs = [self.signs.get(stem) for stem in phrase]
        return "" if None in signs else "".join(signs)

    def in_title(self, written: str) -> int:
        """The entries that have a phrase, given in signs, in their title."""
        said = self.said
        return self._saying(
            written,
            self.titles,
            self.title_phrases,
            lambda place: said[place].find(written, 0, said[place].index(BORDER)) >= 0,
        )

    def in_text(self, written: str) -> int:
        """The entries that have a phrase, given in signs, in their text."""
        said = self.said
        return self._saying(
            written,
            self.texts,
            self.text_phrases,
            lambda place: said[place].find(written, said[place].index(BORDER)) >= 0,
        )

    def _saying(
        self,
        written: str,
        words: dict[str, Places],
        phrases: dict[str, Places],
        is_said: Callable[[int], bool],
    ) -> int:
        size = len(self.said)
        if len(written) == 1:
            return as_bits(words.get(written, 0), size)
        if (known := phrases.get(written)) is None:
            each = (as_bits(words.get(sign, 0), size) for sign in written)
            found = filter(is_said, bits.places(reduce(and_, each)))
            if len(phrases) >= MOST_PHRASES:
                phrases.clear()
            known = phrases[written] = kept(array("I", found), size)
        return as_bits(known, size)


type _Sets = tuple[dict[Any, Places], ...]


def _marks(said: str, sets: _Sets) -> Iterable[Iterable]:
    """Under what an entry stands in each of the sets.

    Lengths are counted in words for titles, and in tens of them for texts; long ones are alike.
    """
    title, _, text = said.partition(BORDER)
    yield from (set(title), set(text))
    yield from ((min(len(title), 40),), (min(len(text) // 10, 40),))
    for words, phrases in zip((title, text), sets[4:], strict=True):
        yield [phrase for phrase in phrases if phrase in words]


class Reading:
    """Texts while they are read from the beginning."""

    def __init__(self, signs: Signs) -> None:
        self.signs, self.said = signs, []
        self.sets = tuple(defaultdict(lambda: array("I")) for _ in range(6))

    def add(self, title: str, text: str) -> None:
        """Read the stems of the next entry."""
        place, said = len(self.said), self.signs.write(title) + BORDER + self.signs.write(text)
        self.said.append(said)
        for found, marks in zip(self.sets, _marks(said, self.sets), strict=True):
            for mark in marks:
                found[mark].append(place)

    def finished(self) -> Texts:
        """The texts of all entries read; nothing more can be read."""
        size = len(self.said)
        # Taken out one by one, so that they are never there twice.
        sets = ({mark: kept(found.pop(mark), size) for mark in list(found)} for found in self.sets)
        return Texts(self.signs, self.said, *sets)


class Changing:
    """A copy of texts while entries are taken out and put in."""

    def __init__(self, texts: Texts) -> None:
        self.signs, self.said = texts.signs.copy(), texts.said[:]
        words, lengths = (texts.titles, texts.texts), (texts.title_lengths, texts.text_lengths)
        phrases = (texts.title_phrases, texts.text_phrases)
        self.sets = tuple(map(dict, words + lengths + phrases))

    def take_out(self, place: int) -> None:
        """Forget what the entry at a place says."""
        for found, marks in zip(self.sets, _marks(self.said[place], self.sets), strict=True):
            for mark in marks:
                found[mark] = without_place(found[mark], place)
        self.said[place] = ""

    def put_in(self, place: int, title: str, text: str) -> None:
        """Hold the stems of the entry at a place, at most one behind the last."""
        said = self.signs.write(title) + BORDER + self.signs.write(text)
        self.said[place : place + 1] = [said]
        for found, marks in zip(self.sets, _marks(said, self.sets), strict=True):
            for mark in marks:
                found[mark] = with_place(found.get(mark, 0), place)

    def finished(self) -> Texts:
        """The texts as they now are."""
        return Texts(self.signs, self.said, *self.sets)
