"""This month against the last: what came, what was decided and how soon, what changed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.models import Event, Record, Status, Submission


@dataclass(frozen=True)
class Figure:
    """A number of this month and of the last; None where there is nothing to measure.

    The paths lead to the entries of the audit trail that are counted.
    """

    words: str
    this: float | None
    last: float | None
    this_path: str = ""
    last_path: str = ""

    @property
    def change(self) -> str:
        """The difference in words."""
        if self.this is None or self.last is None:
            return _("nothing to compare")
        difference = round(abs(self.this - self.last), 1)
        if not difference:
            return _("as many")
        shown = int(difference) if difference == int(difference) else difference
        if self.this > self.last:
            return ngettext("%s more", "%s more", int(difference)) % shown
        return ngettext("%s fewer", "%s fewer", int(difference)) % shown


@dataclass(frozen=True)
class Months:
    """The first days of this month and of the last, and the figures of both."""

    this: dt.date
    last: dt.date
    figures: tuple[Figure, ...]


def _nouns() -> list[str]:
    return sorted(model.noun for model in Record.__subclasses__())


# Conditions as the list of the audit trail understands them, too.
_EVENTS: tuple[tuple[Any, Callable[[], dict[str, Any]]], ...] = (
    (
        gettext_lazy("Submissions handed in"),
        lambda: {"noun__exact": "submission", "verb__exact": "submit"},
    ),
    (
        gettext_lazy("Submissions decided"),
        lambda: {"noun__exact": "submission", "verb__in": ["approve", "decline"]},
    ),
    (
        gettext_lazy("Records added"),
        lambda: {"noun__in": _nouns(), "verb__in": ["accept", "create"], "before__isnull": True},
    ),
    (
        gettext_lazy("Records changed"),
        lambda: {"noun__in": _nouns(), "verb__in": ["accept", "change"], "before__isnull": False},
    ),
    (
        gettext_lazy("Records withdrawn"),
        lambda: {"noun__in": _nouns(), "verb__exact": "withdraw"},
    ),
)


def months(now: dt.datetime, *, with_paths: bool) -> Months:
    """The figures, in two questions; `with_paths` for whoever may read the audit trail."""
    this = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    last = (this - dt.timedelta(days=1)).replace(day=1)
    counts = _counted(last, this)
    figures = [
        Figure(
            str(words),
            counts[f"this_{n}"],
            counts[f"last_{n}"],
            _trail(wanted(), this, None) if with_paths else "",
            _trail(wanted(), last, this) if with_paths else "",
        )
        for n, (words, wanted) in enumerate(_EVENTS)
    ]
    figures.insert(2, _speed(last, this))
    return Months(this.date(), last.date(), tuple(figures))


def _counted(last: dt.datetime, this: dt.datetime) -> dict[str, int]:
    asked = {}
    for n, (_words, wanted) in enumerate(_EVENTS):
        asked[f"this_{n}"] = Count("pk", filter=Q(at__gte=this, **wanted()))
        asked[f"last_{n}"] = Count("pk", filter=Q(at__lt=this, **wanted()))
    return Event.objects.filter(at__gte=last).aggregate(**asked)


def _trail(wanted: dict[str, Any], begin: dt.datetime, end: dt.datetime | None) -> str:
    limits = {"at__gte": begin.isoformat(" ")} | ({"at__lt": end.isoformat(" ")} if end else {})
    shown = {name: _in_address(value) for name, value in wanted.items()}
    return f"{reverse('admin:registry_event_changelist')}?{urlencode(shown | limits)}"


def _in_address(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return str(int(value)) if isinstance(value, bool) else value


def _speed(last: dt.datetime, this: dt.datetime) -> Figure:
    """Days from the last handing in to the decision: half of all took no longer."""
    decided = Submission.objects.filter(
        status__in=(Status.APPROVED, Status.DECLINED), since__gte=last
    )
    spans: dict[bool, list[float]] = {True: [], False: []}
    for begun, ended in decided.values_list("submitted_at", "decided_at"):
        spans[ended >= this].append((ended - begun) / dt.timedelta(days=1))
    of_this, of_last = (round(median(s), 1) if s else None for s in (spans[True], spans[False]))
    return Figure(_("Days to a decision (median)"), of_this, of_last)
