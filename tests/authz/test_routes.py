"""Every address is named, with the rule that governs it: none comes or goes unseen."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.authz.matrix import ABSENT, ROWS
from tests.authz.routes import every_route

FILE = Path(__file__).with_name("routes.csv")
# What is no row of the matrix: open to all; one's own, whoever one is; the way in; a link that is
# the key itself; what a machine asks.
CLASSES = {"public", "own account", "sign-in", "signed link", "invitation", "health"}


@pytest.fixture(scope="module")
def named():
    with FILE.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.check("A1")
def test_every_route_is_named_and_every_named_one_is_there(named):
    listed = {(each["route"], each["name"], each["method"]) for each in named}

    assert set(every_route()) - listed == set(), "give each its rule in routes.csv"
    assert listed - set(every_route()) == set(), "take them out of routes.csv"
    assert len(listed) == len(named)


@pytest.mark.check("A1")
def test_every_rule_is_one_that_there_is(named):
    used = {rule for each in named for rule in _rules(each)}

    assert used - CLASSES - {str(row) for row in ROWS} == set()
    assert used & {str(row) for row in ABSENT} == set(), "built now: say so in matrix.csv"


def test_every_row_that_is_built_has_a_route(named):
    used = Counter(rule for each in named for rule in _rules(each))

    assert {row for row in ROWS - ABSENT if not used[str(row)]} == set()


def test_pages_of_the_administration_are_the_administrations(named):
    inside = [each for each in named if each["route"].startswith("admin/")]

    assert [each["route"] for each in inside if not {"31", "sign-in"} & set(_rules(each))] == []
    assert len(inside) > 100


def _rules(each):
    return [each["rules"]] if each["rules"] in CLASSES else each["rules"].split()
