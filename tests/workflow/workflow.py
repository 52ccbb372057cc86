"""The machine with all its steps: which of them is taken, and by whom, is a matter of chance."""

from collections import Counter
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.workflow.machine import FITS
from tests.workflow.steps_around import StepsAround
from tests.workflow.steps_of_partners import PartnersSteps
from tests.workflow.steps_of_reviewers import ReviewersSteps

# Those who may do nearly what is tried stand twice.
PEOPLE = (
    *("contributor", "contributor", "focal point", "reviewer", "reviewer"),
    *("contributor of the other", "focal point of the other", "nobody"),
    *("editor", "editor and member", "editor and member", "administrator"),
)
# How often each step is taken beside the others: by anybody, of anything.
OPENING = {"start": 3, "revise": 4, "join": 2, "apply": 2}
WRITING = {"save": 4, "submit": 2, "withdraw": 2, "discard": 1, "rebase": 2, "attach": 1}
WRITING |= {"take_away": 1}
REVIEWING = {"claim": 2, "hand_over": 1, "comment": 1, "note": 1, "recommend": 2}
REVIEWING |= {"ask_changes": 2, "decline": 1, "approve": 2, "approve_whatever_it_is": 1}
AROUND = {"add": 1, "change_role": 2, "remove": 2, "edit": 2, "edit_the_same": 3}
AROUND |= {"withdraw_record": 2}
# On its way: by whom it is meant for, of what stands so.
WRITTEN = {"write_on": 2, "hand_in": 4}
WAITING = {"approve": 5, "ask_changes": 2, "recommend": 1, "claim": 1, "decline": 1}


class Workflow(PartnersSteps, ReviewersSteps, StepsAround):
    """Everybody does something, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: Counter[int] = Counter()

    # Hypothesis prefers the first of several, and what it drew before; a workflow in which nobody
    # ever hands in proves nothing. Runs that fail still become shorter: each step keeps its number.
    @initialize(number=st.integers(0, 2**64 - 1))
    def begin(self, number: int) -> None:
        """No two runs go the same way."""
        self.run = number

    @rule(number=st.integers(0, 2**64 - 1))
    def step_of_somebody(self, number: int) -> None:
        """One step."""
        self.drawn[number] += 1
        chance = Random(f"{self.run} {number} {self.drawn[number]}")
        steps, is_meant = chance.choices(*zip(*self._possible(), strict=True))[0]
        by = FITS if is_meant or chance.random() < 0.6 else chance.choice(PEOPLE)
        behind = 0 if is_meant or chance.random() < 0.85 else 1
        how = chance.choices(list(steps), list(steps.values()))[0]
        getattr(self, how)(by, chance.randrange(6), chance.randrange(100), behind)

    def _possible(self) -> list[tuple[tuple[dict[str, int], bool], int]]:
        """Sets of steps, whether they are taken by whom they are meant for, and how often."""
        possible = [((OPENING, False), 3), ((AROUND, False), 3), (({"look": 1}, False), 2)]
        if self.model.things:
            possible += [((WRITING, False), 4), ((REVIEWING, False), 4)]
        if self.writable():
            possible.append(((WRITTEN, True), 5))
        if any(thing.status == "submitted" for thing in self.model.things):
            possible.append(((WAITING, True), 4))
        return possible
