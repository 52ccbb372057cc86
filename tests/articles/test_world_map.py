"""The map: places on the sheet, and the land in one outline without borders."""

import json
import re

from django.core.management import call_command

from articles import world_map
from articles.country_points import POINTS, point_of
from articles.rows import read_table


def test_places_lie_on_the_sheet_as_on_the_globe():
    middle = world_map.place_of(world_map.MIDDLE, 0)
    north = world_map.place_of(world_map.MIDDLE, 60)
    east = world_map.place_of(world_map.MIDDLE + 60, 0)

    assert middle[0] == world_map.WIDTH / 2
    assert (round(north[0], 6), north[1] < middle[1]) == (middle[0], True)
    assert (east[0] > middle[0], round(east[1], 6)) == (True, round(middle[1], 6))


def test_every_country_with_a_point_is_on_the_sheet():
    rows = read_table(POINTS, ["code", "longitude", "latitude"], key=["code"])
    places = {row.text("code"): world_map.place_of(*point_of(row.text("code"))) for row in rows}

    beyond = {
        code
        for code, (x, y) in places.items()
        if not (0 <= x <= world_map.WIDTH and 0 <= y <= world_map.HEIGHT)
    }
    # Lands around the South Pole, which the map leaves out.
    assert beyond <= {"AQ", "BV", "GS", "HM", "TF"}
    # On both sides of the 180th meridian, the islands of the Pacific stand together.
    assert abs(places["FJ"][0] - places["WS"][0]) < 40


def test_the_land_is_small_and_nothing_but_a_path():
    assert len(world_map.land()) < 60_000
    assert re.fullmatch(r"[-Mlz. 0-9]+", world_map.land())


def test_land_is_drawn_from_a_topology(tmp_path):
    # A square of two arcs, one of them shared and turned around; and an island too small to see.
    square = {"type": "Polygon", "arcs": [[0, ~1]]}
    island = {"type": "Polygon", "arcs": [[2]]}
    world = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {"land": {"type": "GeometryCollection", "geometries": [square, island]}},
        "arcs": [
            [[0, 0], [20, 0], [0, 20]],
            [[0, 0], [0, 20], [20, 0]],
            [[50, 0], [0, 0]],
        ],
    }
    source, target = tmp_path / "world.json", tmp_path / "land.txt"
    source.write_text(json.dumps(world))

    call_command("draw_land", source, to=target)

    path = target.read_text().strip()
    assert (path.count("M"), path.count("z")) == (1, 1)
    x, y = world_map.place_of(0, 0)
    assert path.startswith(f"M {x:.4g} {y:.4g}l")
