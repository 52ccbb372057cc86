"""How near two titles are: by their words and by what the words mean, in any order."""

from collections.abc import Callable, Iterable

from rapidfuzz.distance import OSA

from articles.gist import Gist

Weigh = Callable[[str], float]

# A short title that stands within a longer one counts for this much of a title that equals it…
WITHIN = 0.85
# …if its words weigh so much together; lighter ones in proportion.
ENOUGH = 2.0
# Shorter words are too like others; so long ones may hold two slips.
SHORTEST, LONG = 4, 7
# What is left of it where the numbers in the two titles differ: the sixth meeting, the tenth.
OTHER_NUMBERS = 0.7


def closeness(mine: Gist, theirs: Gist, weigh: Weigh) -> float:
    """How near two titles are, from 0 to 1; countries in them are left out of it."""
    near = max(
        _near(mine.words, theirs.words, weigh), _near(mine.concepts, theirs.concepts, weigh)
    )
    differ = mine.numbers and theirs.numbers and not mine.numbers & theirs.numbers
    return near * OTHER_NUMBERS if differ else near


def _near(mine: frozenset[str], theirs: frozenset[str], weigh: Weigh) -> float:
    """Dice's coefficient of two sets of weighed words, slips of the pen forgiven."""
    shared = ours = others = sum(map(weigh, mine & theirs))
    alone = {word: weigh(word) for word in theirs - mine}
    for word in sorted(mine - theirs):
        if slip := _slip_of(word, alone):
            # A misspelt word weighs what it was meant to be.
            weight = alone.pop(slip)
            shared += weight * OSA.normalized_similarity(word, slip)
            ours, others = ours + weight, others + weight
        else:
            ours += weigh(word)
    others += sum(alone.values())
    smaller = min(ours, others)
    if not shared:
        return 0.0
    within = WITHIN * min(1.0, smaller / ENOUGH) * shared / smaller
    return max(2 * shared / (ours + others), within)


def _slip_of(word: str, among: Iterable[str]) -> str:
    """The word of which this one may be a misspelling; blank if there is none."""
    if len(word) < SHORTEST or not word.isalpha():
        return ""
    most = 1 if len(word) < LONG else 2
    near = {other: OSA.distance(word, other, score_cutoff=most) for other in among if len(other) >= SHORTEST}
    best = min(near, key=near.__getitem__, default="")
    return best if best and near[best] <= most else ""
