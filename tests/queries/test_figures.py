"""Figures line by line: each number is the length of the list that it names."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from registry.models import Activity, FundingLine
from registry.queries import figures, statistics
from registry.queries.figures import FIGURES
from tests import factories
from tests.queries.asking import ask

pytestmark = pytest.mark.django_db


def listed(number):
    """How many records the list has that a number names."""
    query = QueryDict(number.list.partition("?")[2])
    return ask(number.noun, **dict(query.lists())).count()


@pytest.mark.parametrize("name", FIGURES)
def test_every_number_is_the_length_of_its_list(registry_data, name):
    numbers = [number for line in FIGURES[name]().lines for number in line.numbers]

    assert numbers
    proved = [each for each in numbers if each.list]
    assert [(each.list, each.count) for each in proved if listed(each) != each.count] == []


def test_figures_say_what_the_statistics_say(registry_data):
    told = statistics.distributions()

    for name, column in (("roles", "kind"), ("levels", "level")):
        found = {line.values[column]: line.count for line in FIGURES[name]().lines if line.count}
        assert found == {row["value"]: row["count"] for row in told[f"activities_by_{column}"]}
    found = {line.values["country"]: line.count for line in figures.countries().lines if line.count}
    assert found == statistics.by_country()


def test_years_hold_every_activity_once(registry_data):
    lines = figures.years().lines

    assert sum(line.count for line in lines) == Activity.objects.published().count() == 320
    without = [line for line in lines if line.values["year"] is None]
    assert [line.numbers[0].list for line in without] == [""] * len(without)
    assert sum(line.count for line in without) == 197


def test_kinds_without_an_activity_have_a_line(registry_data):
    Activity.objects.filter(kind="inventory").update(kind="monitoring")

    kinds = {line.values["kind"]: line.count for line in figures.roles().lines}

    assert set(kinds) == set(Activity.Kind.values)


def test_states_without_an_activity_have_a_line(registry_data):
    lines = {line.values["country"]: line.count for line in figures.countries().lines}

    assert lines["BF"] == 17
    assert lines["NZ"] == 0
    assert "AQ" not in lines


def test_funding_adds_nothing_across_currencies_and_counts_no_budget_twice(registry_data):
    before = {_key(line): line.values["amount"] for line in figures.funding().lines}
    activity = factories.activity(kind="information")
    funder = factories.partner()
    for position, (amount, given_by) in enumerate([(100, None), (40, funder)]):
        FundingLine.objects.create(
            activity=activity, amount=amount, currency="EUR", funder=given_by, position=position
        )
    other = factories.activity(kind="information")
    for position in (0, 1):
        FundingLine.objects.create(
            activity=other, amount=7, currency="EUR", funder=funder, position=position
        )

    lines = {_key(line): line for line in figures.funding().lines}

    found = lines[("EUR", "information")]
    assert (found.values["amount"], found.count) == (Decimal(114), 2)
    others = {key: line.values["amount"] for key, line in lines.items() if line is not found}
    assert others == before


def _key(line):
    return line.values["currency"], line.values["kind"]
