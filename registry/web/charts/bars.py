"""Bars that lie: a name, its number, and below them how it compares."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.web.charts.parts import Part
from registry.web.charts.pen import Pen

HIGH, BAR = 42, 10


@dataclass(frozen=True)
class Bar:
    """A name, what it comes to, the words for that, and the list behind it."""

    name: str
    amount: float
    shown: str
    address: str
    says: str


def draw(pen: Pen, bars: Sequence[Bar], says: str) -> list[Part]:
    """The bars in the order given; the longest fills the width."""
    most = max((bar.amount for bar in bars), default=0) or 1
    rows = []
    for at, bar in enumerate(bars):
        y = at * HIGH
        track = {"y": y + 22, "height": BAR}
        inside = [
            pen.at_start("label", bar.name, y + 15),
            " ",
            pen.at_end("number", bar.shown, y + 15),
            pen.draw("rect", "track", width="100%", **track),
            pen.length("bar", bar.amount / most, **track),
        ]
        rows.append(pen.link(bar.address, bar.says, *inside))
    return [Part(rows, height=len(bars) * HIGH, says=says)]
