"""From the deadlines of provisions, in words, to days: for one Party, or for the Convention.

Only what the words and two dates decide is computed: entry into force for the Party, and entry
into force of the Convention (Article 31). A deadline that rests on anything else (a phase-out date
of an annex, a notification, a conference) stays in words.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from articles.dates import months_after

# The words of the data files; what comes before and behind says how the day is meant.
_SHAPE = re.compile(
    r"(?P<before>as soon as practicable, at the latest |plan, if made: )?"
    r"(?:(?P<years>\d+) years after|from) entry into force "
    r"(?P<of>for the Party|of the Convention \(\d{4}\))"
    r"(?P<behind>, then regularly| or after the notification, whichever is later)?"
)


@dataclass(frozen=True)
class Rule:
    """How a deadline is counted: so many years from an entry into force; 0: from that day on.

    `is_earliest`: a later day counts where a notification came later. `is_optional`: it binds only
    who chooses to make the plan that it speaks of. `is_repeated`: the same is due again and again.
    """

    years: int
    is_of_convention: bool = False
    is_earliest: bool = False
    is_optional: bool = False
    is_repeated: bool = False


class State(StrEnum):
    """Where a day stands, seen from today."""

    PAST = "past"
    COMING = "coming"
    # From a day that is over, and still.
    APPLIES = "applies"
    # The earliest day is over; whether a later one counts is not known here.
    OPEN = "open"


@dataclass(frozen=True)
class Due:
    """The day that a deadline means, and the rule by which it was counted."""

    on: dt.date
    rule: Rule

    def state(self, today: dt.date) -> State:
        """Where the day stands; what is due today is still coming."""
        is_over = self.on <= today if not self.rule.years else self.on < today
        if not is_over:
            return State.COMING
        if not self.rule.years:
            return State.APPLIES
        return State.OPEN if self.rule.is_earliest else State.PAST


def rule_of(deadline: str) -> Rule | None:
    """How a deadline is counted; None where its words do not decide it."""
    found = _SHAPE.fullmatch(deadline.strip())
    if not found:
        return None
    before, behind = found["before"] or "", found["behind"] or ""
    return Rule(
        years=int(found["years"] or 0),
        is_of_convention=found["of"].startswith("of"),
        is_earliest="whichever is later" in behind,
        is_optional=before.startswith("plan"),
        is_repeated="regularly" in behind,
    )


def due(deadline: str, *, party: dt.date | None, convention: dt.date | None) -> Due | None:
    """The day that a deadline means, from entry into force for the Party or of the Convention.

    None where the words do not decide it, or where that date is not known, as for who is no Party.
    """
    rule = rule_of(deadline)
    start = rule and (convention if rule.is_of_convention else party)
    return Due(months_after(start, 12 * rule.years), rule) if rule and start else None
