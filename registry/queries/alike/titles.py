"""How near two titles are: by their words and by what the words mean, in any order."""

from collections.abc import Callable, Iterable, Mapping

from rapidfuzz.distance import OSA

from articles.gist import Gist

type Weigh = Callable[[str], float]
type Words = Mapping[str, str]

# A short title that stands within a longer one counts for this much of a title that equals it…
WITHIN = 0.85
# …if its words weigh so much together; lighter ones in proportion.
ENOUGH = 2.0
# Shorter words are no slip of others; so long ones may hold two; shortened ones are no longer.
SHORTEST, LONG, LONGEST_SHORT = 3, 7, 5
# What a word counts that is only meant to be the same.
FORGIVEN = 0.9
# What is left of it where the numbers in the two titles differ: the sixth meeting, the tenth.
OTHER_NUMBERS = 0.7


def closeness(mine: Gist, theirs: Gist, weigh: Weigh) -> float:
    """How near two titles are, from 0 to 1; countries in them are left out of it."""
    names = theirs.names - mine.names
    near = max(
        _near(mine.words, theirs.words, names, weigh), _near(mine.meant, theirs.meant, names, weigh)
    )
    differ = mine.numbers and theirs.numbers and not mine.numbers & theirs.numbers
    return near * OTHER_NUMBERS if differ else near


def _near(mine: Words, theirs: Words, names: frozenset[str], weigh: Weigh) -> float:
    """Dice's coefficient of two sets of weighed words, slips of the pen forgiven."""
    shared = ours = others = sum(map(weigh, mine.keys() & theirs.keys()))
    alone = {theirs[each]: weigh(each) for each in theirs.keys() - mine.keys()}
    for each in sorted(mine.keys() - theirs.keys()):
        if slip := _meant(mine[each], alone):
            # A misspelt word weighs what it was meant to be.
            weight = alone.pop(slip)
            shared += weight * FORGIVEN
            ours, others = ours + weight, others + weight
        elif not _meant(mine[each], names):
            ours += weigh(each)
    others += sum(alone.values())
    if not shared:
        return 0.0
    smaller = min(ours, others)
    within = WITHIN * min(1.0, smaller / ENOUGH) * shared / smaller
    return max(2 * shared / (ours + others), within)


def _meant(word: str, among: Iterable[str]) -> str:
    """The word that this one may be meant to be, misspelt or shortened; blank if there is none."""
    if len(word) < SHORTEST or not word.isalpha():
        return ""
    # Hardly anybody misses the first letter, and few words have the same.
    alike = (other for other in among if other[0] == word[0])
    return next((other for other in alike if _is_slip(word, other) or _is_short(word, other)), "")


def _is_slip(word: str, other: str) -> bool:
    if min(len(word), len(other)) <= SHORTEST:
        return False
    most = 1 if len(word) < LONG else 2
    return OSA.distance(word, other, score_cutoff=most) <= most


def _is_short(word: str, other: str) -> bool:
    """Whether a word is the other's beginning (“dev.”) or its consonants (“wksp”)."""
    if len(word) > LONGEST_SHORT or len(other) < len(word) + 2:
        return False
    if other.startswith(word):
        return True
    letters = iter(other)
    has_vowel = any(letter in "aeiou" for letter in word)
    return len(word) > SHORTEST and not has_vowel and all(letter in letters for letter in word)
