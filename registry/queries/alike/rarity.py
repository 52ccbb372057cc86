"""How rare words are: a shared word says the more, the fewer titles have it."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from articles.gist import gist

# So many titles are as good as added to those counted, so that a few records prove nothing.
CAUTION = 50
# The share at which a word says all that a word can say.
RAREST = 0.002
# What a word says that stands in all titles.
LEAST = 0.05


@dataclass(frozen=True)
class Rarity:
    """Counted in `titles` of a noun: how many have each word or concept; and in their texts.

    With nothing counted, all words are equally rare.
    """

    titles: int = 0
    in_titles: Mapping[str, int] = field(default_factory=dict)
    in_texts: Mapping[str, int] = field(default_factory=dict)

    def weight(self, word: str) -> float:
        """What a word says, from 0 (every title has it) to 1 (hardly any has)."""
        share = self.in_titles.get(word, 0) / (self.titles + CAUTION)
        return max(math.log(share + RAREST) / math.log(RAREST), LEAST)

    def share(self, stem: str) -> float:
        """In what part of the records the stem stands, in the title or the text; from 0 to 1."""
        return self.in_texts.get(stem, 0) / self.titles if self.titles else 0.0


def counted(records: Iterable[tuple[str, str]]) -> Rarity:
    """The rarity of words in these records: a title, and all stems of title and text, of each."""
    titles, in_titles, in_texts = 0, Counter(), Counter()
    for title, stems in records:
        about = gist(title)
        titles += 1
        in_titles.update(about.words | about.concepts)
        in_texts.update(set(stems.split()))
    return Rarity(titles, in_titles, in_texts)
