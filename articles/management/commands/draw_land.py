"""Draws the outline of the land from a TopoJSON file: projected, simplified, without borders."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from articles.world_map import LAND, MIDDLE, NORTH, SOUTH, Place, place_of

# On the sheet: how far a line may stray from the coast, and the smallest island that is drawn.
STRAY, SMALLEST = 0.45, 1.5


class Command(BaseCommand):
    help = "Make data/land.txt from the object “land” of a TopoJSON file (see data/README.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--to", type=Path, default=LAND)

    def handle(self, *, file: Path, to: Path, **options: Any) -> None:
        world = json.loads(file.read_text(encoding="utf-8"))
        path = "".join(_written(ring) for ring in _drawn(world))
        to.write_text(path + "\n", encoding="ascii")
        self.stdout.write(f"{to.name}: {len(path)} bytes")


def _drawn(world: dict) -> Iterator[list[Place]]:
    """The rings that are large enough to be seen, on the sheet."""
    arcs = list(_arcs(world))
    for numbers in _rings(world["objects"]["land"]):
        ring = list(_in_one_piece(point for number in numbers for point in _arc(arcs, number)))
        if max(latitude for _, latitude in ring) > SOUTH:
            simple = _simplified([place_of(*_within(point)) for point in ring])
            if len(simple) > 3 and _size(simple) >= SMALLEST:
                yield simple


def _arcs(world: dict) -> Iterator[list[Place]]:
    """Arcs in degrees: each is kept as steps on a grid."""
    (across, up), (left, bottom) = world["transform"]["scale"], world["transform"]["translate"]
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * across + left, y * up + bottom))
        yield points


def _rings(shape: dict) -> Iterator[list[int]]:
    for each in shape.get("geometries", ()):
        yield from _rings(each)
    polygons = shape.get("arcs", [])
    for polygon in [polygons] if shape["type"] == "Polygon" else polygons:
        yield from polygon


def _arc(arcs: list[list[Place]], number: int) -> list[Place]:
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _in_one_piece(ring: Iterable[Place]) -> Iterator[Place]:
    """The ring without leaps from one edge of the sheet to the other: it may stand out a little."""
    before = None
    for longitude, latitude in ring:
        if before is None:
            before = (longitude - MIDDLE + 180) % 360 - 180 + MIDDLE
        before += (longitude - before + 180) % 360 - 180
        yield before, latitude


def _within(point: Place) -> Place:
    longitude, latitude = point
    edge = 180 - 1e-6
    longitude = min(MIDDLE + edge, max(MIDDLE - edge, longitude))
    return longitude, min(NORTH, max(SOUTH, latitude))


def _simplified(line: list[Place]) -> list[Place]:
    """Douglas and Peucker: the farthest point stays while it strays more than STRAY."""
    keep, open_parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_parts:
        begin, end = open_parts.pop()
        strays = [(_stray(line[at], line[begin], line[end]), at) for at in range(begin + 1, end)]
        farthest, at = max(strays, default=(0, 0))
        if farthest > STRAY:
            keep.add(at)
            open_parts += [(begin, at), (at, end)]
    return [line[at] for at in sorted(keep)]


def _stray(point: Place, begin: Place, end: Place) -> float:
    (x, y), (x1, y1), (x2, y2) = point, begin, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
    return ((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2) ** 0.5


def _size(ring: list[Place]) -> float:
    crossed = (x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))
    return abs(sum(crossed)) / 2


def _written(ring: list[Place]) -> str:
    """A ring as a path: steps in tenths, which take half the room of places."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring[:-1]]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(tenths)]
    moves = "".join(f"{_tenth(dx)}{_tenth(dy)}" for dx, dy in steps if dx or dy)
    x, y = tenths[0]
    return f"M{_tenth(x)}{_tenth(y)}l{moves.lstrip()}z"


def _tenth(number: int) -> str:
    text = f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"
    return text if text.startswith("-") else f" {text}"
