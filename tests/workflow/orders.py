"""Two editors on one text: generated orders in which they read and save, from two connections."""

import queue
import threading
from collections.abc import Callable
from random import Random
from typing import Any

from django.db import connection

from registry.errors import Stale
from registry.models import Event

# A version and its text.
Kept = tuple[int, str]


class Hand:
    """One person at work: a thread with a connection of its own, which does what it is given."""

    def __init__(self) -> None:
        self._given: queue.Queue = queue.Queue()
        self._came: queue.Queue = queue.Queue()
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while (work := self._given.get()) is not None:
            try:
                self._came.put(work())
            except Exception as failure:
                self._came.put(failure)
        connection.close()
        self._came.put(None)

    def begin(self, work: Callable[[], Any] | None) -> None:
        """Let it begin, without waiting; None ends it."""
        self._given.put(work)

    def came(self) -> Any:
        """What came of it, an exception too."""
        return self._came.get(timeout=60)


class Text:
    """A text that two edit: how it is read and saved, and what should come of it."""

    def __init__(self, noun: str, key: str, verbs: tuple[str, ...], read: Any, save: Any) -> None:
        self.noun, self.key, self.verbs = noun, key, verbs
        self._read, self._save = read, save
        self.kept = read()
        self.read = [self.kept, self.kept]
        self.accepted = [self.kept[1]]
        self.numbers = 0
        self.figures = {"orders": 0, "saves": 0, "accepted": 0, "refused": 0, "at once": 0}
        self.faults: list[str] = []

    def saving(self, who: int) -> tuple[str, Callable[[], Any]]:
        """A new text, from the version that this one has read."""
        self.numbers += 1
        version, text = self.read[who][0], f"Text {self.numbers}"
        return text, lambda: self._save(who, version, text)

    def take(self, who: int, text: str, came: Any, before: Kept | None = None) -> None:
        """Hold what came of a save against what is kept, or was kept `before` one at its side."""
        self.figures["saves"] += 1
        version = self.read[who][0]
        if isinstance(came, Stale):
            self.figures["refused"] += 1
            told = (came.version, came.current["summary"])
            is_right = told in (self.kept, before) and came.proposed == {"summary": text}
            if version == told[0] or not is_right:
                self.faults.append(f"{text} from {version} of {self.kept}: told {told}")
            return
        if isinstance(came, Exception) or version != self.kept[0]:
            self.faults.append(f"{text} from {version} of {self.kept}: {came!r}")
            return
        self.figures["accepted"] += 1
        self.kept = self.read[who] = (came, text)
        self.accepted.append(text)

    def history(self) -> list[str]:
        """The texts as the trail has them, each behind the one that it replaced."""
        events = Event.objects.filter(noun=self.noun, key=self.key, verb__in=self.verbs)
        texts = self.accepted[:1]
        for before, after in events.order_by("pk").values_list("before", "after"):
            if before["summary"] != texts[-1]:
                self.faults.append(f"{after['summary']} replaced {before['summary']}, unseen")
            texts.append(after["summary"])
        return texts


def edited(text: Text, orders: int, seed: int) -> dict[str, Any]:
    """So many orders in which two read and save; what came of all of them."""
    random, hands = Random(seed), (Hand(), Hand())
    for _ in range(orders):
        text.figures["orders"] += 1
        turns = [0, 0, 1, 1]
        random.shuffle(turns)
        _in_order(text, hands, turns, random)
    for hand in hands:
        hand.begin(None)
        hand.came()
    lost = [each for each in text.accepted if each not in (known := text.history())]
    return text.figures | {
        "faults": text.faults[:5],
        "lost": len(lost),
        "is in order": known == text.accepted,
        "is last": text._read() == text.kept,
    }


def _in_order(text: Text, hands: tuple[Hand, Hand], turns: list[int], random: Random) -> None:
    """Each turn is a person's next step: first to read, then to save."""
    is_saving = [False, False]
    while turns:
        who = turns.pop(0)
        if not is_saving[who]:
            hands[who].begin(text._read)
            text.read[who] = hands[who].came()
            is_saving[who] = True
            continue
        is_saving[who] = False
        both = turns and turns[0] != who and is_saving[1 - who] and random.random() < 0.7
        if both:
            turns.pop(0)
            is_saving[1 - who] = False
            _at_once(text, hands, random)
        else:
            said, work = text.saving(who)
            hands[who].begin(work)
            text.take(who, said, hands[who].came())


def _at_once(text: Text, hands: tuple[Hand, Hand], random: Random) -> None:
    """Both save at the same moment; whoever won is taken first."""
    text.figures["at once"] += 1
    saves = [text.saving(who) for who in (0, 1)]
    first = random.randrange(2)
    for who in (first, 1 - first):
        hands[who].begin(saves[who][1])
    came, before = [hand.came() for hand in hands], text.kept
    for who in sorted((0, 1), key=lambda each: isinstance(came[each], Stale)):
        text.take(who, saves[who][0], came[who], before)
