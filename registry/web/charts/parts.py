"""A drawing as parts one under the other, put on a page or on the sheet of a file."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from registry.web.charts.pen import FONT, Pen

SHEET, MARGIN = 960, 24
INNER = SHEET - 2 * MARGIN
# So many letters fit on a line of the sheet.
OF_TITLE, OF_NOTE = 66, 125


@dataclass(frozen=True)
class Part:
    """A part of a drawing: as high as said, or as its width and `ratio` give."""

    inside: Sequence[SafeString]
    height: float = 0
    ratio: float = 0
    kind: str = ""
    says: str = ""

    def high(self, width: float) -> float:
        """Its height at a width."""
        return width / self.ratio if self.ratio else self.height


# Draws with a pen.
Drawing = Callable[[Pen], Sequence[Part]]


def on_page(drawing: Drawing) -> SafeString:
    """The drawing for a page: as wide as its place."""
    return format_html_join("", "{}", ((_svg(part),) for part in drawing(Pen())))


def _svg(part: Part) -> SafeString:
    role = {"role": "group", "aria-label": part.says} if part.says else {"aria-hidden": "true"}
    size = {"width": "100%", "height": f"{part.height:g}"} if not part.ratio else {}
    whole = {"class": f"chart {part.kind}".strip(), "direction": "ltr", **size, **role}
    return Pen().draw("svg", "", *part.inside, **whole)


def as_file(drawing: Drawing, title: str, says: str, notes: Sequence[str], site: str) -> SafeString:
    """A file of its own: title, drawing, and what must be said with it wherever it goes."""
    pen, y = Pen(site), float(MARGIN)
    drawn = []
    for line in textwrap.wrap(title, OF_TITLE):
        drawn.append(pen.text("title", line, MARGIN, f"{y + 20:g}"))
        y += 28
    drawn.append(pen.text("small", says, MARGIN, f"{y + 14:g}"))
    y += 34
    for part in drawing(pen):
        high = part.high(INNER)
        place = {"x": MARGIN, "y": f"{y:g}", "width": INNER, "height": f"{high:g}"}
        drawn.append(pen.draw("svg", "", *part.inside, overflow="visible", **place))
        y += high + 8
    for note in notes:
        for line in textwrap.wrap(note, OF_NOTE):
            drawn.append(pen.text("small", line, MARGIN, f"{y + 18:g}"))
            y += 19
        y += 4
    return _sheet(pen, y + MARGIN, title, says, drawn)


def _sheet(pen: Pen, high: float, title: str, says: str, drawn: list[SafeString]) -> SafeString:
    whole = {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": SHEET,
        "height": f"{high:g}",
        "viewBox": f"0 0 {SHEET} {high:g}",
        "role": "img",
        "font-family": FONT,
        "direction": "ltr",
    }
    paper = pen.draw("rect", "paper", width="100%", height="100%")
    head = [pen.draw("title", "", title), pen.draw("desc", "", says)]
    svg = pen.draw("svg", "", *head, paper, *drawn, **whole)
    # Both halves are our own markup.
    return mark_safe('<?xml version="1.0" encoding="UTF-8"?>\n' + svg)  # noqa: S308
