"""Which countries are alike and why, on made records: the same each time."""

import pytest

from registry.queries.finder import likeness
from registry.queries.finder.likeness import Likeness, Reason, Traits

WEST = {"region": "Africa", "subregion": "Sub-Saharan Africa", "intermediate_region": "West"}
EAST = WEST | {"intermediate_region": "East"}
ONE = Traits("AA", **WEST, ldc=True, lldc=True, is_party=True)


@pytest.mark.parametrize(
    ("other", "reasons", "points"),
    [
        (Traits("BB", **WEST), ["intermediate_region"], 6),
        (Traits("BB", **EAST), ["subregion"], 4),
        (Traits("BB", region="Africa", subregion="Northern Africa"), ["region"], 2),
        (
            Traits("BB", **EAST, ldc=True, lldc=True, sids=True, is_party=True),
            ["subregion", "ldc", "lldc", "parties"],
            9,
        ),
        (Traits("BB", region="Asia", ldc=True, is_party=True), ["ldc", "parties"], 3),
    ],
)
def test_countries_are_alike_for_reasons_that_are_told(other, reasons, points):
    found = likeness.likeness(ONE, other)

    assert [reason.name for reason in found.reasons] == reasons
    assert found.points == points


@pytest.mark.parametrize(
    "other",
    [
        Traits("BB", region="Asia", is_party=True),
        Traits("BB", is_party=True),
        Traits("BB", sids=True),
        ONE,
    ],
)
def test_being_a_party_alone_makes_nobody_alike(other):
    assert likeness.likeness(ONE, other) is None


def test_places_that_are_not_recorded_are_not_shared():
    assert likeness.likeness(Traits("AA"), Traits("BB")) is None


def test_most_alike_come_first_and_only_those_that_have_anything():
    others = [
        Traits("BB", **EAST),
        Traits("CC", **WEST),
        Traits("DD", **WEST),
        Traits("EE", **WEST),
        Traits("FF", region="Asia"),
    ]

    found = likeness.most_alike(ONE, others, {"BB": 9, "CC": 1, "DD": 3, "FF": 5}, most=3)

    assert [(each.code, each.points) for each in found] == [("DD", 6), ("CC", 6), ("BB", 4)]


def _activity(reference, *codes, start=""):
    countries = [{"code": code} for code in codes]
    return {"reference": reference, "countries": countries, "start": start}


def test_activities_of_the_most_alike_come_first_then_the_narrower_then_the_newer():
    alike = [
        Likeness("BB", (Reason("region", "Africa"),)),
        Likeness("CC", (Reason("intermediate_region", "West"),)),
    ]
    bodies = [
        _activity("A-1", "BB"),
        _activity("A-2", "BB", "CC", "DD"),
        _activity("A-3", "CC", start="2014"),
        _activity("A-4", "CC", start="2019-03"),
        _activity("A-5", "DD"),
        _activity("A-6", "CC", start="2014"),
    ]

    found = likeness.nearest(bodies, alike)

    assert [near.body["reference"] for near in found] == ["A-4", "A-3", "A-6", "A-2", "A-1"]
    assert [each.code for each in found[3].because] == ["CC", "BB"]
    assert likeness.nearest(reversed(bodies), alike) == found
