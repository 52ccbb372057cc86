"""Bars that lie: a name, its number, and below them how it compares."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.web.charts.parts import Part
from registry.web.charts.pen import Pen, percent

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
            pen.text("label", bar.name, 0, y + 15),
            " ",
            pen.text("number", bar.shown, "100%", y + 15, text_anchor="end"),
            pen.draw("rect", "track", width="100%", **track),
            pen.draw("rect", "bar", width=percent(bar.amount / most), **track),
        ]
        rows.append(pen.link(bar.address, bar.says, *inside))
    return [Part(rows, height=len(bars) * HIGH, says=says)]
