"""From the words of a title to questions that the search index can answer quickly. Pure.

What a question costs is how many records have the rarest of its words: the index goes through
those and looks the others up. So each asks for rare words, and together they go from strict to
loose: nearly all words, half of them, a rare one with any other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from registry.queries.fulltext import All, Some, Wanted
from registry.words import Phrase

# So many of the rarest words are asked for.
MOST_WORDS = 6
# So many records the index may go through for a question; for the last resort, so many.
BUDGET, LAST_RESORT = 30_000, 100_000


@dataclass(frozen=True)
class Word:
    """A word with its forms in other languages, and in what part of all records it stands."""

    forms: frozenset[Phrase]
    share: float

    @property
    def wanted(self) -> Wanted:
        """The word as it is asked for."""
        return Some(All(form) for form in sorted(self.forms))


def word(forms: frozenset[Phrase], share: Callable[[str], float]) -> Word:
    """A word of these forms, with the share of each stem."""
    shares = (min(map(share, form)) for form in forms)
    return Word(forms, min(sum(shares), 1.0))


def questions(words: Sequence[Word], size: int) -> Iterator[Wanted]:
    """What to ask the index among `size` records, the strictest first."""
    rarest = sorted(words, key=lambda each: (each.share, sorted(each.forms)))[:MOST_WORDS]
    levels = _levels(len(rarest))
    cheap = [least for least in levels if _cost(rarest, least) * size <= BUDGET]
    for least in cheap:
        yield _at_least(least, rarest)
    if not cheap and rarest and rarest[0].share * size <= LAST_RESORT:
        yield _at_least(len(rarest), rarest)
    elif cheap != levels:
        yield from _anchored(rarest, size)


def _levels(count: int) -> list[int]:
    """How many of so many words must be there, from question to question."""
    return sorted(
        {count, round(count * 0.7), round(count * 0.5), min(2, count)} - {0}, reverse=True
    )


def _cost(rarest: list[Word], least: int) -> float:
    # Who has at least 4 of 6 words has one of any 3: the index goes through the 3 rarest.
    return sum(each.share for each in rarest[: len(rarest) - least + 1])


def _at_least(least: int, words: list[Word]) -> Wanted:
    """At least so many of the words: of any others but so many less one, one must be there."""
    few = len(words) - least + 1
    return All(Some(each.wanted for each in some) for some in combinations(words, few))


def _anchored(rarest: list[Word], size: int) -> Iterator[Wanted]:
    """One of the words that are rare enough, with any other that is no rarer."""
    pairs, cost = [], 0.0
    for at, anchor in enumerate(rarest[:-1], start=1):
        cost += anchor.share * size
        if cost > BUDGET:
            break
        others = Some(each.wanted for each in rarest[at:])
        pairs.append(All((anchor.wanted, others)))
    if pairs:
        yield Some(pairs)
