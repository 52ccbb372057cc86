"""Any run of steps through the workflow, each compared with what the model says of it."""

from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, invariant

from registry.errors import Refused, Stale
from registry.models import User
from tests.workflow import invariants
from tests.workflow.model import DENIED, DONE, INVALID, REFUSED, STALE, No, Person, Registry
from tests.workflow.nouns import Values
from tests.workflow.scene import Scene

FITS = "whoever fits"


class Run(RuleBasedStateMachine):
    """One run: it begins with the scene as it is, and leaves nothing behind."""

    scene: ClassVar[Scene]
    # How often each verb came to what, over all runs.
    came: ClassVar[Counter[tuple[str, str]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.model: Registry = self.scene.model()
        self.words, self.is_broken = 0, False
        self.seen = invariants.Seen(self.scene)

    def teardown(self) -> None:
        """Look at all of it once more, and take it back."""
        try:
            if not self.is_broken:
                invariants.hold(self.model, self.seen, is_end=True)
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def person(self, by: str, fits: Person | str) -> Person:
        """The one who takes a step."""
        name = fits if isinstance(fits, str) else fits.name
        return self.model.people[name if by == FITS else by]

    def user(self, person: Person) -> User:
        """The account of a person."""
        return self.scene.users[person.name]

    def word(self) -> str:
        """A word that stands nowhere else."""
        self.words += 1
        return word_number(self.words)

    def recent(self, among: list, pick: int) -> Any:
        """One of these, rather one of the last."""
        return among[-1 - pick % len(among)]

    def step(
        self,
        expected: Callable[..., Any],
        by: Person,
        *given: Any,
        done: Callable[[], Any],
        texts: tuple[Values, Values] = ({}, {}),
    ) -> tuple[Any, Any]:
        """Take a step here and in the model: both do it, or both refuse it in the same way.

        `texts` are those that whoever comes too late is told: what is kept, what they wanted.
        """
        self.is_broken = True
        kept, wanted = dict(texts[0]), texts[1]
        foreseen, thing, fields = _foreseen(lambda: expected(self.model, by, *given))
        came, answer = _outcome(done)
        self.came[expected.__name__, came] += 1
        note(f"{by} → {expected.__name__} {' '.join(map(str, given))} → {came}")
        assert came == foreseen, f"It was {came} ({answer}), and should be {foreseen}."
        if came == STALE:
            told = {name: answer.current.get(name) for name in wanted}
            assert (answer.proposed, told) == (wanted, {name: kept.get(name) for name in wanted})
        if came == INVALID and fields:
            assert set(answer.message_dict) == fields
        self.is_broken = False
        return (thing, answer) if came == DONE else (None, None)

    @invariant()
    def everything_holds(self) -> None:
        """I1 to I10."""
        self.is_broken = True
        invariants.hold(self.model, self.seen)
        self.is_broken = False


def word_number(number: int) -> str:
    """A word of letters alone: only such are kept for spelling suggestions."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return f"qx{letters}qx"


def _foreseen(expected: Callable[[], Any]) -> tuple[str, Any, set[str]]:
    try:
        return DONE, expected(), set()
    except No as no:
        return no.kind, None, no.fields


def _outcome(done: Callable[[], Any]) -> tuple[str, Any]:
    try:
        return DONE, done()
    except PermissionDenied as denied:
        return DENIED, denied
    except Stale as stale:
        return STALE, stale
    except Refused as refused:
        return REFUSED, refused
    except ValidationError as invalid:
        return INVALID, invalid
