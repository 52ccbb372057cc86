"""Statistics that may be quoted: counted again by hand, and nothing twice."""

import pytest

from registry.models import Activity, Guidance, Partner
from registry.queries import quotable
from registry.queries.quotable import counting
from registry.queries.quotable.material import grouped
from registry.queries.statistics import by_area, by_article, totals

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def none_alike(monkeypatch):
    """To compare all activities takes seconds; pairs are tested where they are found."""
    monkeypatch.setattr("registry.queries.quotable.material.look_alikes", lambda: ())


def body(slug, **given):
    blank = {
        "slug": slug,
        "title": slug,
        "start": "",
        "end": "",
        "status": "",
        "attribution": "",
        "level": "national",
        "kind": "inventory",
        "gef_id": "",
        "areas": [],
        "articles": [],
        "countries": [],
        "funding": [],
    }
    return blank | given


def money(amount, currency="USD", funder=None):
    return {"amount": amount, "currency": currency, "funder": funder and {"slug": funder}}


def material(*activities, alike=()):
    records = {"area": [], "partner": [], "guidance": [], "contribution": []}
    return quotable.Material(records | {"activity": list(activities)}, tuple(alike))


def table(statistics, name):
    return next(each for each in statistics if each.name == name)


@pytest.mark.slow
def test_without_a_limit_they_are_the_figures_of_the_start_page(registry_data):
    found = quotable.of(quotable.live(), quotable.Scope())

    assert table(found, "activities").rows[0][1] == totals().activities == 320
    assert sum(row[1] for row in table(found, "attribution").rows) == 320
    areas = list(by_area().values())
    assert [row[1:] for row in table(found, "areas").rows] == [
        (cell.activities, cell.guidance) for cell in areas
    ]
    assert [row[1:] for row in table(found, "articles").rows[:12]] == [
        (cell.activities, cell.guidance) for cell in by_article().values()
    ]
    standings = dict(table(found, "organisations").rows)
    assert standings[Partner.Standing.PARTNER.label] == totals().partners == 72


@pytest.mark.slow
def test_period_is_counted_as_the_database_counts_it(registry_data):
    found = quotable.of(quotable.live(), quotable.Scope(2017, 2024))

    dated = Activity.objects.published().exclude(start="", end="")
    within = sum(1 for each in dated if _is_within(each, "2017", "2024"))
    assert table(found, "activities").rows[0][1] == within
    undated = Activity.objects.published().filter(start="", end="").count()
    assert table(found, "activities").left_out[0][1] == undated
    documents = Guidance.objects.published().filter(year__gte=2017, year__lte=2024).count()
    assert sum(row[1] for row in table(found, "guidance").rows) == documents


def _is_within(activity, first, last):
    start, end = activity.start[:4], activity.end[:4]
    if not end:
        return start <= last and (activity.status == "ongoing" or start >= first)
    return (start or end) <= last and end >= first


@pytest.mark.parametrize(
    "start, end, status, is_in",
    [
        ("2016", "2017-03", "", True),
        ("2024-12-31", "2030", "", True),
        ("2010", "2030", "", True),
        ("2010", "2016-12", "", False),
        ("2025", "2026", "", False),
        ("2016", "", "", False),
        ("2016", "", "ongoing", True),
        ("2017", "", "", True),
        ("", "2024", "", True),
        ("", "2025", "", False),
        ("", "", "ongoing", None),
    ],
)
def test_whether_an_activity_went_on_in_the_period(start, end, status, is_in):
    scope = quotable.Scope(2017, 2024)

    assert scope.went_on(body("a", start=start, end=end, status=status)) is is_in


def test_look_alikes_count_once_and_programmes_without_their_projects():
    of = material(
        body("a", funding=[money("100.00")]),
        body("b", funding=[money("100.00")]),
        body("c", funding=[money("7.50", "EUR", "x"), money("2.50", "EUR", "y")]),
        body("programme", gef_id="9602", funding=[money("1000.00")]),
        body("project", gef_id="9718", funding=[money("400.00")]),
        body("mixed", funding=[money("10.00"), money("5.00", funder="x")]),
        body("none"),
        alike=[("a", "b")],
    )

    found = quotable.of(of, quotable.Scope())

    assert [row[1] for row in table(found, "activities").rows] == [7, 1, 6, 1, 5]
    budgets = table(found, "budgets")
    assert budgets.rows == (("EUR", 1, "10"), ("USD", 2, "1\u202f100"))
    assert [n for _what, n in budgets.left_out] == [1, 1, 1, 1]


def test_project_counts_where_its_programme_is_not_in_scope():
    activities = [body("project", gef_id="9718")]

    assert counting.projects(activities) == set()


def test_whoever_is_like_one_of_a_group_belongs_to_it():
    assert grouped([("a", "b"), ("c", "d"), ("b", "c"), ("x", "y")]) == (
        ("a", "b", "c", "d"),
        ("x", "y"),
    )


def test_what_is_chosen_must_fit_area_and_article():
    within = body("a", areas=[{"slug": "asgm"}], articles=[{"number": 7}])
    scope = quotable.Scope(areas=("asgm",), articles=(7, 8))

    assert scope.holds(within)
    assert not scope.holds(body("b", areas=[{"slug": "asgm"}]))
    assert not scope.holds(body("c", articles=[{"number": 7}]))
