"""The map of the world: where a place lies on it, and the land as one outline without borders.

The projection is Equal Earth (Šavrič, Patterson and Jenny 2018), true to area: no part of the world
looks larger than it is. The outline is data (`data/land.txt`), so that another can take its place;
`manage.py draw_land` makes it, and the README beside it says from what.
"""

import math
from functools import cache
from pathlib import Path

LAND = Path(__file__).resolve().parent / "data" / "land.txt"
WIDTH, HEIGHT = 960, 416
# The parallels at which the map is cut: no country lies beyond them.
NORTH, SOUTH = 84.0, -57.0
# The meridian in its middle: the edges then run through the Bering Strait, and part no land.
MIDDLE = 11.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_ROOT = math.sqrt(3) / 2

type Place = tuple[float, float]


@cache
def land() -> str:
    """The land as the data of an SVG path, on a sheet of WIDTH by HEIGHT."""
    return LAND.read_text(encoding="ascii").strip()


def place_of(longitude: float, latitude: float) -> Place:
    """Where a point in degrees lies on the sheet: from its left, from its top."""
    x, y = _flat((longitude - MIDDLE + 180) % 360 - 180, latitude)
    right, _ = _flat(180, 0)
    top, bottom = _flat(0, NORTH)[1], _flat(0, SOUTH)[1]
    return (x / right + 1) / 2 * WIDTH, (top - y) / (top - bottom) * HEIGHT


def _flat(longitude: float, latitude: float) -> Place:
    angle = math.asin(_ROOT * math.sin(math.radians(latitude)))
    a1, a2, a3, a4 = _A
    second, sixth = angle**2, angle**6
    slope = a1 + 3 * a2 * second + sixth * (7 * a3 + 9 * a4 * second)
    x = math.radians(longitude) * math.cos(angle) / (_ROOT * slope)
    return x, angle * (a1 + a2 * second + sixth * (a3 + a4 * second))
