"""Columns by year, stacked by phase, with the day on which the Convention entered into force."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.web.charts.parts import Part
from registry.web.charts.pen import Pen, percent

TOP, PLOT, KEY = 44, 180, 20
# Every so many years one is named under the columns.
STEP = 5
# So much of the width is too near to the edge for a name in the middle.
EDGE = 0.06
PHASES = ("before", "after", "unknown")


@dataclass(frozen=True)
class Column:
    """A year: how many of each phase, in the order of PHASES, and the list behind it."""

    year: int
    counts: tuple[int, int, int]
    address: str
    says: str


@dataclass(frozen=True)
class Axis:
    """The years from first to last, whether or not anything began in them."""

    first: int
    last: int

    def at(self, year: float) -> str:
        """Where a moment lies across."""
        return percent((year - self.first) / (self.last - self.first + 1))


def draw(
    pen: Pen, columns: Sequence[Column], event: dt.date, keys: Sequence[str], says: str
) -> list[Part]:
    """The columns; `keys` names the phases that occur, in the order of PHASES."""
    years = [column.year for column in columns] or [event.year]
    axis = Axis(min(*years, event.year), max(*years, event.year))
    most = max((sum(column.counts) for column in columns), default=1)
    # The day lies behind the column of its year, and the number of that year on it.
    drawn = _event(pen, axis, event)
    drawn += [_column(pen, axis, each, PLOT / most) for each in columns]
    drawn += [_base(pen), *_ticks(pen, axis)]
    drawn += _keys(pen, columns, keys)
    return [Part(drawn, height=TOP + PLOT + 34 + KEY * len(keys), says=says)]


def _column(pen: Pen, axis: Axis, column: Column, unit: float) -> SafeString:
    x, wide = axis.at(column.year + 0.1), percent(0.8 / (axis.last - axis.first + 1))
    y = float(TOP + PLOT)
    stack = []
    for phase, n in zip(PHASES, column.counts, strict=True):
        y -= n * unit
        if n:
            high = f"{n * unit:.1f}"
            stack.append(pen.draw("rect", phase, x=x, y=f"{y:.1f}", width=wide, height=high))
    place = {"text_anchor": "middle"}
    middle = axis.at(column.year + 0.5)
    stack.append(pen.text("minor", sum(column.counts), middle, f"{y - 5:.1f}", **place))
    return pen.link(column.address, column.says, *stack)


def _base(pen: Pen) -> SafeString:
    return pen.draw("line", "axis", x1=0, x2="100%", y1=TOP + PLOT + 0.5, y2=TOP + PLOT + 0.5)


def _ticks(pen: Pen, axis: Axis) -> list[SafeString]:
    named = range(-(-axis.first // STEP) * STEP, axis.last + 1, STEP)
    return [_tick(pen, axis, year) for year in named]


def _tick(pen: Pen, axis: Axis, year: int) -> SafeString:
    """A year under its column; near an edge it stands within the drawing."""
    share = (year + 0.5 - axis.first) / (axis.last - axis.first + 1)
    anchor = "start" if share < EDGE else "end" if share > 1 - EDGE else "middle"
    at = {"start": year + 0.1, "middle": year + 0.5, "end": year + 0.9}[anchor]
    return pen.text("tick", year, axis.at(at), TOP + PLOT + 18, text_anchor=anchor)


def _event(pen: Pen, axis: Axis, event: dt.date) -> list[SafeString]:
    begun = dt.date(event.year, 1, 1)
    x = axis.at(event.year + (event - begun).days / 366)
    place = {"text_anchor": "end", "dx": -7}
    return [
        pen.draw("line", "rule", x1=x, x2=x, y1=4, y2=TOP + PLOT),
        pen.text("event", date_format(event), x, 15, **place),
        pen.text("event", _("Convention in force"), x, 32, **place),
    ]


def _keys(pen: Pen, columns: Sequence[Column], keys: Sequence[str]) -> list[SafeString]:
    occurring = [p for at, p in enumerate(PHASES) if any(c.counts[at] for c in columns)]
    drawn = []
    for at, (phase, words) in enumerate(zip(occurring, keys, strict=True)):
        y = TOP + PLOT + 30 + at * KEY
        drawn.append(pen.draw("rect", phase, x=1, y=y + 1, width=12, height=12))
        drawn.append(pen.text("small", words, 20, y + 12))
    return drawn
