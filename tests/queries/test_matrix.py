"""The matrix under filters: one grammar for both of its nouns, and each cell a list."""

import pytest
from django.http import QueryDict

from registry.errors import Misunderstood
from registry.queries import matrix, statistics
from tests.queries.test_figures import listed

pytestmark = pytest.mark.django_db


def asked(query):
    return matrix.narrowed(QueryDict(query))


def test_without_filters_it_is_the_matrix(registry_data):
    found = asked("")

    assert found.matrix == statistics.matrix()
    assert (found.is_narrowed, found.activities, found.guidance) == (False, 320, 293)


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "country=GH&country=KE",
        "not_country=GH",
        "kind=capacity,toolkit",
        "not_kind=capacity&not_kind=toolkit",
        "year_from=2010&year_to=2019",
        "kind=report&year_to=2015",
        "country=none&year_from=2000",
    ],
)
def test_every_number_is_the_length_of_its_list(registry_data, query):
    figure = matrix.figure(asked(query))

    numbers = [number for line in figure.lines for number in line.numbers]
    assert [each for each in numbers if listed(each) != each.count] == []
    assert sum(each.count for each in numbers) > 0


def test_a_noun_that_cannot_be_asked_is_not_counted(registry_data):
    by_country, by_kind = asked("country=GH"), asked("kind=toolkit")

    assert (by_country.asked["guidance"], by_country.guidance) == (None, 0)
    assert {cell.guidance for cell in by_country.matrix.columns} == {None}
    assert (by_kind.asked["activity"], by_kind.activities) == (None, 0)
    assert matrix.figure(by_country).header == ["area", "name", "article", *_OF_ACTIVITIES]


_OF_ACTIVITIES = ("activities", "activities_list")


def test_years_are_those_of_each_noun(registry_data):
    found = asked("year_from=2010")

    assert found.asked == {
        "activity": (("start_from", "2010"),),
        "guidance": (("year_from", "2010"),),
    }


def test_everything_not_understood_is_named_at_once(registry_data):
    with pytest.raises(Misunderstood) as wrong:
        asked("colour=red&kind=red&not_country=ZZ&year_from=20&year_to=2001&year_to=2002")

    names = ["colour", "kind", "not_country", "year_from", "year_to"]
    assert sorted(wrong.value.problems) == names
    assert "year_from" in wrong.value.problems["colour"]
