"""Where a country is drawn as a single dot; pure look-up."""

from functools import cache
from pathlib import Path

from articles.rows import Row, read_table

POINTS = Path(__file__).resolve().parent / "data" / "country_points.csv"

type Point = tuple[float, float]


def point_of(code: str) -> Point | None:
    """Longitude and latitude in degrees, to one decimal; None where no source gives a place.

    It says where to put a dot, never where a border runs.
    """
    return _points().get(code)


@cache
def _points() -> dict[str, Point]:
    rows = read_table(POINTS, ["code", "longitude", "latitude"], key=["code"])
    return {
        row.text("code"): (_degrees(row, "longitude"), _degrees(row, "latitude")) for row in rows
    }


def _degrees(row: Row, column: str) -> float:
    amount = row.amount(column)
    if amount is None:
        raise row.error(column, "is empty.")
    return float(amount)
