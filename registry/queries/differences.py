"""What differs between two texts, word by word, and between two lists, row by row. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel


class Change(StrEnum):
    """What became of a piece."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or a row of a list, and what became of it."""

    text: str
    change: Change


# Scripts that are written without spaces: each sign is a word of its own.
_SIGNS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_POINTS = "!-/:-@\\[-`{-~\u00a1\u00ab\u00b7\u00bb\u00bf\u2010-\u2027\u2030-\u205e\u3001-\u303f"
_TOKEN = re.compile(rf"[{_SIGNS}]|[^\s{_POINTS}{_SIGNS}]+|\s+|[{_POINTS}]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\w")
# The comparison takes as many steps as one text has tokens times the other. Up to here it is done
# in some milliseconds; longer texts are compared line by line, and still longer ones as a whole.
MOST_STEPS = 4_000_000


def words(old: str, new: str) -> list[Piece]:
    """The pieces of which both texts are made, in their order.

    Those that are the same and added make up `new`, those that are the same and removed `old`.
    What is removed stands before what is added in its place. Crumbs that happen to be the same
    between two changes are told as changed, so that a person reads phrases and not letters.
    """
    for pattern in (_TOKEN, _LINE):
        before, after = pattern.findall(old), pattern.findall(new)
        if len(before) * len(after) <= MOST_STEPS:
            return _pieces(_tightened(_without_crumbs(_blocks(before, after))))
    return _pieces([("", old, new)] if old != new else [(old, "", "")])


# What is the same, and then what is removed and added behind it.
Block = tuple[str, str, str]


def _blocks(before: Sequence[str], after: Sequence[str]) -> list[Block]:
    numbers: dict[str, int] = {}
    coded = [[numbers.setdefault(t, len(numbers)) for t in each] for each in (before, after)]
    blocks, same, removed, added = [], "", "", ""
    for step in Indel.opcodes(*coded):
        if step.tag == "equal" and (removed or added):
            blocks.append((same, removed, added))
            same = removed = added = ""
        if step.tag == "equal":
            same += "".join(before[step.src_start : step.src_end])
        else:
            removed += "".join(before[step.src_start : step.src_end])
            added += "".join(after[step.dest_start : step.dest_end])
    return [*blocks, (same, removed, added)]


def _without_crumbs(blocks: Iterable[Block]) -> list[Block]:
    kept: list[Block] = []
    for same, removed, added in blocks:
        while kept and (removed or added) and _is_crumb(same, kept[-1], (removed, added)):
            before = kept.pop()
            same, removed, added = (
                before[0],
                before[1] + same + removed,
                before[2] + same + added,
            )
        kept.append((same, removed, added))
    return kept


def _is_crumb(same: str, before: Block, after: tuple[str, str]) -> bool:
    """Whether what is the same is too little, between what changed, to be worth a break."""
    around = min(max(map(len, before[1:])), max(map(len, after)))
    return around > 0 and (not _WORD.search(same) or len(same) <= around)


def _tightened(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without what a change begins or ends with on both sides: that is the same."""
    tight, carried = [], ""
    for same, removed, added in blocks:
        before, after = _TOKEN.findall(removed), _TOKEN.findall(added)
        head = _length_of_common(before, after)
        tail = _length_of_common(before[head:][::-1], after[head:][::-1])
        ends = [each[head : len(each) - tail] for each in (before, after)]
        same = carried + same + "".join(before[:head])
        tight.append((same, *map("".join, ends)))
        carried = "".join(before[len(before) - tail :])
    return [*tight, (carried, "", "")]


def _length_of_common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _pieces(blocks: Iterable[Block]) -> list[Piece]:
    changes = (Change.SAME, Change.REMOVED, Change.ADDED)
    return [
        Piece(text, change)
        for block in blocks
        for text, change in zip(block, changes, strict=True)
        if text
    ]


def whole(old: str, new: str) -> list[Piece]:
    """The same for what is not text: a date or a code is another one, or it is not."""
    return _pieces([(old, "", "") if old == new else ("", old, new)])


def rows(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Every row of both lists: those of `new` in their order, and before them what is removed.

    A row that only moved is the same.
    """
    left = Counter(old) - Counter(new)
    removed = []
    for row in old:
        if left[row]:
            left[row] -= 1
            removed.append(Piece(row, Change.REMOVED))
    kept = Counter(old)
    told = []
    for row in new:
        told.append(Piece(row, Change.SAME if kept[row] else Change.ADDED))
        kept[row] -= bool(kept[row])
    return [*removed, *told]


def is_moved(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two lists hold the same rows, and in another order."""
    return list(old) != list(new) and Counter(old) == Counter(new)
