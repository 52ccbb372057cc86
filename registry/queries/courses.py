"""What happened to a submission, read from the audit trail: its moves, and what it said before."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Event, Submission
from registry.models.submissions import MOVES

Values = dict[str, Any]

WORDS: dict[str, str | Promise] = {
    "start": gettext_lazy("began to write"),
    "save": gettext_lazy("changed it"),
    "tell apart": gettext_lazy("said why it is not the same as another record"),
    "rebase": gettext_lazy("started from the published record as it stands now"),
    "submit": gettext_lazy("handed it in"),
    "ask changes": gettext_lazy("asked for changes"),
    "approve": gettext_lazy("approved it"),
    "decline": gettext_lazy("declined it"),
    "withdraw": gettext_lazy("took it back"),
    "hand over": gettext_lazy("handed it over"),
}
# One of these alone says something; of those in a row only the last is told.
_GATHERED = ("save", "tell apart")


@dataclass(frozen=True)
class Step:
    """Something that a person did to a submission; `times` in a row, the last time `at`."""

    at: dt.datetime
    actor: str
    verb: str
    times: int
    to: str

    @property
    def said(self) -> str:
        """What was done, in words."""
        if self.verb != "hand over":
            return str(WORDS[self.verb])
        if not self.to:
            return _("gave it back to all who review")
        return _("took it on") if self.to == self.actor else _("handed it over to %s") % self.to

    @property
    def is_move(self) -> bool:
        """Whether it led from one status to another."""
        return self.verb in MOVES


def events_of(submission: Submission) -> list[Event]:
    """Everything that is recorded about it, first to last."""
    return list(Event.objects.about("submission", submission.reference).order_by("id"))


def steps(events: Iterable[Event]) -> list[Step]:
    """The events as a person reads them, last to first; what was said stands elsewhere."""
    told: list[Step] = []
    for event in events:
        if event.verb not in WORDS:
            continue
        times, last = 1, told[-1] if told else None
        if last and event.verb in _GATHERED and (last.verb, last.actor) == _who(event):
            times = told.pop().times + 1
        to = (event.after or {}).get("claimed_by") if event.verb == "hand over" else ""
        told.append(Step(event.at, event.actor, event.verb, times, to or ""))
    return told[::-1]


def _who(event: Event) -> tuple[str, str]:
    return event.verb, event.actor


@dataclass(frozen=True)
class Earlier:
    """What a submission said at some moment, and who has changed it since."""

    values: Values
    since: dt.datetime
    by: list[str]


def when_asked(submission: Submission, events: Sequence[Event]) -> Earlier | None:
    """What it said when changes were asked for last; None where they never were."""
    for place in range(len(events) - 1, -1, -1):
        if events[place].verb == "ask changes":
            return _earlier(submission, events[place], events[place + 1 :])
    return None


def when_submitted(submission: Submission, events: Sequence[Event]) -> Earlier | None:
    """What it said when it was handed in last; None where nothing was written since."""
    for place in range(len(events) - 1, -1, -1):
        if events[place].verb == "submit":
            earlier = _earlier(submission, events[place], events[place + 1 :])
            return earlier if earlier.by else None
    return None


def at_version(submission: Submission, events: Sequence[Event], version: int) -> Earlier | None:
    """What it said in a version that somebody has read; None for one that never was."""
    for place in range(len(events) - 1, -1, -1):
        if events[place].version is not None and events[place].version <= version:
            return _earlier(submission, events[place], events[place + 1 :])
    return None


def _earlier(submission: Submission, event: Event, later: Sequence[Event]) -> Earlier:
    base, values = submission.base, submission.values
    for each in reversed(later):
        if each.verb == "rebase" and each.before:
            base, values = each.before["base"], each.before["values"]
        if each.verb == "save":
            values = _undone(values, each)
    by = [each.actor for each in later if each.verb == "save"]
    # What was written since and is said nowhere else was not recorded then.
    unsaid = dict.fromkeys(submission.base | submission.values)
    return Earlier(unsaid | base | values, event.at, list(dict.fromkeys(by)))


def _undone(values: Values, event: Event) -> Values:
    """The values before an event: what it added is not among them."""
    before, after = event.before or {}, event.after or {}
    return {name: value for name, value in values.items() if name not in after} | before
