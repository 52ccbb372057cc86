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
    """Of the words counted: what each says, and in what share of all records it stands.

    With nothing counted, all words are equally rare.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)

    def weight(self, word: str) -> float:
        """What a word or concept says in a title, from LEAST (all have it) to 1 (few have it)."""
        return self.weights.get(word, 1.0)

    def share(self, stem: str) -> float:
        """In what part of the records the stem stands, in the title or the text; from 0 to 1."""
        return self.shares.get(stem, 0.0)


def counted(records: Iterable[tuple[str, str]]) -> Rarity:
    """The rarity of words in these records: a title, and all stems of title and text, of each."""
    titles, in_titles, in_records = 0, Counter(), Counter()
    for title, stems in records:
        about = gist(title)
        titles += 1
        in_titles.update(about.words.keys() | about.meant.keys())
        in_records.update(set(stems.split()))
    return Rarity(
        weights={word: _weight(n / (titles + CAUTION)) for word, n in in_titles.items()},
        shares={stem: n / titles for stem, n in in_records.items()},
    )


def _weight(share: float) -> float:
    return max(math.log(share + RAREST) / math.log(RAREST), LEAST)
