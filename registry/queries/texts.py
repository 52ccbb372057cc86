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
from collections.abc import Iterable
from dataclasses import dataclass

from registry.queries import bits
from registry.queries.places import Places, as_bits, kept, with_place, without_place
from registry.words import Phrase

# So many that strings take two bytes for each sign.
MOST_STEMS = 65_000
# So many entries show which stems are common.
SAMPLE = 20_000
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

    `said` is blank where the entry is gone. `titles` and `texts` give the places of each sign,
    `title_lengths` and `text_lengths` those of each length (see `_marks`).
    """

    signs: Signs
    said: list[str]
    titles: dict[str, Places]
    texts: dict[str, Places]
    title_lengths: dict[int, Places]
    text_lengths: dict[int, Places]

    def knows(self, phrase: Phrase) -> bool:
        """Whether it is known here who says a phrase; if not, the database knows."""
        return self.signs.is_whole or all(stem in self.signs for stem in phrase)

    def written(self, phrase: Phrase) -> str:
        """A phrase in signs; blank where nobody says one of its words."""
        signs = [self.signs.get(stem) for stem in phrase]
        return "" if None in signs else "".join(signs)

    def in_title(self, written: str) -> int:
        """The entries that have a phrase, given in signs, in their title."""
        found, said = self._with_all(self.titles, written), self.said
        if len(written) == 1:
            return found
        together = (
            p for p in bits.places(found) if said[p].find(written, 0, said[p].index(BORDER)) >= 0
        )
        return bits.of(together, len(said))

    def in_text(self, written: str) -> int:
        """The entries that have a phrase, given in signs, in their text."""
        found, said = self._with_all(self.texts, written), self.said
        if len(written) == 1:
            return found
        together = (
            p for p in bits.places(found) if said[p].find(written, said[p].index(BORDER)) >= 0
        )
        return bits.of(together, len(said))

    def _with_all(self, places: dict[str, Places], written: str) -> int:
        found = -1
        for sign in written:
            found &= as_bits(places.get(sign, 0), len(self.said))
        return found


type _Marks = tuple[set[str], set[str], tuple[int], tuple[int]]


def _marks(said: str) -> _Marks:
    """By what an entry is held: its signs, its title's length in words, its text's in tens."""
    title, _, text = said.partition(BORDER)
    return set(title), set(text), (min(len(title), 40),), (min(len(text) // 10, 40),)


class Reading:
    """Texts while they are read from the beginning."""

    def __init__(self, signs: Signs) -> None:
        self.signs, self.said = signs, []
        self.sets = tuple(defaultdict(lambda: array("I")) for _ in range(4))

    def add(self, title: str, text: str) -> None:
        """Read the stems of the next entry."""
        place, said = len(self.said), self.signs.write(title) + BORDER + self.signs.write(text)
        self.said.append(said)
        for found, marks in zip(self.sets, _marks(said), strict=True):
            for mark in marks:
                found[mark].append(place)

    def finished(self) -> Texts:
        """The texts of all entries read."""
        size = len(self.said)
        sets = [{mark: kept(at, size) for mark, at in found.items()} for found in self.sets]
        return Texts(self.signs, self.said, *sets)


class Changing:
    """A copy of texts while entries are taken out and put in."""

    def __init__(self, texts: Texts) -> None:
        self.signs, self.said = texts.signs.copy(), texts.said[:]
        sets = (texts.titles, texts.texts, texts.title_lengths, texts.text_lengths)
        self.sets = tuple(map(dict, sets))

    def take_out(self, place: int) -> None:
        """Forget what the entry at a place says."""
        for found, marks in zip(self.sets, _marks(self.said[place]), strict=True):
            for mark in marks:
                found[mark] = without_place(found[mark], place)
        self.said[place] = ""

    def put_in(self, place: int, title: str, text: str) -> None:
        """Hold the stems of the entry at a place, at most one behind the last."""
        said = self.signs.write(title) + BORDER + self.signs.write(text)
        self.said[place : place + 1] = [said]
        for found, marks in zip(self.sets, _marks(said), strict=True):
            for mark in marks:
                found[mark] = with_place(found.get(mark, 0), place)

    def finished(self) -> Texts:
        """The texts as they now are."""
        return Texts(self.signs, self.said, *self.sets)
