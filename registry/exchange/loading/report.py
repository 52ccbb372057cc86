"""What a load of the data files did."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a row of a file."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept, edited since"


def _silent(line: str) -> None:
    return None


@dataclass
class LoadReport:
    """What became of each row, by kind of record; and the organisations known by name only."""

    say: Callable[[str], object] = field(default=_silent)
    outcomes: dict[str, dict[str, Outcome]] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)

    def begin(self, kind: str, count: int) -> None:
        """Say that rows of this kind come next; a second pass over them is not told again."""
        if kind not in self.outcomes:
            self.say(f"Loading {count} {kind} …")
            self.outcomes[kind] = {}

    def note(self, kind: str, slug: str, outcome: Outcome) -> None:
        """Count what became of a record; what a second pass does to it changes that only once."""
        of_kind = self.outcomes[kind]
        if of_kind.get(slug, Outcome.UNCHANGED) == Outcome.UNCHANGED:
            of_kind[slug] = outcome

    def count(self, outcome: Outcome, kind: str = "") -> int:
        """How many records of this kind, or of all kinds, had this outcome."""
        kinds = [kind] if kind else self.outcomes
        return sum(Counter(self.outcomes[each].values())[outcome] for each in kinds)

    @property
    def changed_nothing(self) -> bool:
        """Whether the registry already held everything."""
        return not self.count(Outcome.CREATED) and not self.count(Outcome.CHANGED)

    def __str__(self) -> str:
        return "\n".join(self._line(kind) for kind in self.outcomes)

    def _line(self, kind: str) -> str:
        counts = ", ".join(f"{self.count(each, kind)} {each}" for each in Outcome)
        return f"{kind}: {counts}"
