"""Countries as dots on the land: larger for more, in classes of about as many countries.

Dots stand where `articles.country_points` puts them, so that a small island shows like any other
country; the land has no borders.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import world_map
from articles.country_points import point_of
from registry.web.charts.parts import Part
from registry.web.charts.pen import Pen, percent

CLASSES, WIDE = 5, 46


@dataclass(frozen=True)
class Dot:
    """A country, its number, the list behind it."""

    code: str
    count: int
    address: str
    says: str


def classes(counts: Iterable[int]) -> list[tuple[int, int]]:
    """The least and the most of each class, so that each has about as many countries.

    What is equal stays together, so that there may be fewer classes than CLASSES.
    """
    found = sorted(Counter(counts).items())
    left, parts = sum(n for _count, n in found), CLASSES
    bounds: list[tuple[int, int]] = []
    begin, taken = 0, 0
    for at, (_count, n) in enumerate(found):
        taken += n
        following = found[at + 1][1] if at + 1 < len(found) else 0
        if not following or (parts > 1 and taken + following / 2 > left / parts):
            bounds.append((found[begin][0], found[at][0]))
            begin, left, parts, taken = at + 1, left - taken, parts - 1, 0
    return bounds


def draw(pen: Pen, dots: Sequence[Dot], says: str) -> list[Part]:
    """The map, and the key to its dots."""
    bounds = classes(dot.count for dot in dots if dot.count)
    # The largest first, so that none hides a smaller one.
    placed = [_dot(pen, dot, bounds) for dot in sorted(dots, key=lambda dot: -dot.count)]
    size = {"viewBox": f"0 0 {world_map.WIDTH} {world_map.HEIGHT}", "width": "100%"}
    land = pen.draw("path", "land", d=world_map.land())
    sheet = pen.draw("svg", "", land, height="100%", **size)
    # The table has the same links; nobody should have to pass them all twice.
    hidden = {"aria-hidden": "true"}
    drawn = [sheet, pen.draw("g", "", *placed, **hidden)]
    ratio = world_map.WIDTH / world_map.HEIGHT
    return [Part(drawn, ratio=ratio, kind="world", says=says), _key(pen, bounds)]


def _dot(pen: Pen, dot: Dot, bounds: list[tuple[int, int]]) -> SafeString:
    point = point_of(dot.code)
    if point is None:
        return SafeString()
    x, y = world_map.place_of(*point)
    place = {"cx": percent(x / world_map.WIDTH), "cy": percent(y / world_map.HEIGHT)}
    shown = pen.draw("circle", _kind(dot.count, bounds), pen.draw("title", "", dot.says), **place)
    return pen.link(dot.address, dot.says, shown, tabindex=-1)


def _kind(count: int, bounds: list[tuple[int, int]]) -> str:
    if not count:
        return "gap"
    step = next(at for at, (_least, most) in enumerate(bounds, 1) if count <= most)
    return f"dot dot-{step + CLASSES - len(bounds)}"


def _key(pen: Pen, bounds: list[tuple[int, int]]) -> Part:
    """As a part of its own: it keeps its size when the map does not."""
    named = [(_kind(most, bounds), _span(least, most)) for least, most in bounds]
    drawn = []
    # Words stand clear of their dots, which grow.
    for at, (kind, words) in enumerate([*named, ("gap", _("none"))]):
        x = at * WIDE + (16 if kind == "gap" else 10)
        drawn.append(pen.draw("circle", kind, cx=x, cy=16))
        drawn.append(pen.text("small", words, x + 7 + at % max(1, len(named)), 21))
    return Part(drawn, height=32, kind="key")


def _span(least: int, most: int) -> str:
    return str(most) if least == most else f"{least}–{most}"
