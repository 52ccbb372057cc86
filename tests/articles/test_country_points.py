"""The points of countries: real codes, real places, none invented."""

import csv

from articles.country_points import POINTS, point_of
from articles.loading import DATA

WITHOUT = {"BQ", "BV", "CC", "CX", "EU", "GF", "GP", "MQ", "RE", "SJ", "TK", "YT"}


def codes(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [next(iter(row.values())) for row in csv.DictReader(file)]


def test_every_country_has_a_point_or_is_named_as_having_none():
    assert set(codes("countries.csv")) - set(codes(POINTS.name)) == WITHOUT
    assert set(codes(POINTS.name)) <= set(codes("countries.csv"))


def test_points_are_on_the_earth_and_in_their_country():
    assert point_of("GH") == (-1.2, 7.9)
    assert point_of("EU") is None
    assert all(abs(x) <= 180 and abs(y) <= 90 for x, y in map(point_of, codes(POINTS.name)))
