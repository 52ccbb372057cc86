"""How rare words are among the records there are, by a sample of them, kept in this process."""

import math
from collections.abc import Sequence

from registry.models import Entry
from registry.queries.alike.rarity import Rarity, counted

# So many records tell well enough: a word that none of them has is in hardly any.
SAMPLE = 2000
# The sample is taken anew when the records have become more by a tenth or so.
GROWTH = 1.1

_kept: dict[str, tuple[int, Rarity]] = {}


def rarity(noun: str, ids: Sequence[int]) -> Rarity:
    """The rarity of words among the records of a noun whose entries have these numbers."""
    size = round(math.log(len(ids) + 1, GROWTH))
    kept = _kept.get(noun)
    if kept is None or kept[0] != size:
        # Evenly spread: records that came in one after the other are often alike.
        sample = ids[:: len(ids) // SAMPLE + 1]
        kept = _kept[noun] = (size, counted(_texts(sample)))
    return kept[1]


def forget() -> None:
    """Take the sample anew: the records were exchanged for others."""
    _kept.clear()


def _texts(ids: Sequence[int]) -> list[tuple[str, str]]:
    entries = Entry.objects.public().filter(pk__in=ids)
    found = entries.values_list("title", "title_stems", "text_stems")
    return [(title, f"{stems} {text}") for title, stems, text in found]
