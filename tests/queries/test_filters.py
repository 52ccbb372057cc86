"""The grammar of the filters: what is understood, and how the rest is refused."""

import datetime as dt

import pytest

from registry.errors import Misunderstood
from registry.models import Activity, ActivityArea, ActivityArticle, Guidance, Partner
from registry.queries.criteria import Many
from tests.queries.asking import LISTS, ask, keys

pytestmark = pytest.mark.django_db


def refusal(noun, **filters):
    with pytest.raises(Misunderstood) as refused:
        ask(noun, **filters)
    return refused.value.problems


def in_area(slug):
    rows = ActivityArea.objects.filter(area__slug=slug)
    return set(rows.values_list("activity__slug", flat=True))


def on_article(number):
    rows = ActivityArticle.objects.filter(article_id=number)
    return set(rows.values_list("activity__slug", flat=True))


def everything():
    return set(Activity.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("values", [["7", "8"], ["7,8"], ["8, 7"], ["7", "7,8"], ["7,,8,"]])
def test_values_of_one_name_mean_either(registry_data, values):
    found = keys("activity", article=values)

    assert found == on_article(7) | on_article(8)


def test_names_narrow_each_other(registry_data):
    found = keys("activity", article=["7", "8"], area="asgm", level="national")

    national = set(Activity.objects.filter(level="national").values_list("slug", flat=True))
    assert found == (on_article(7) | on_article(8)) & in_area("asgm") & national
    assert found != set()


def test_twin_leaves_out_what_the_filter_finds(registry_data):
    found = keys("activity", not_article=["7", "8"])

    assert found == everything() - on_article(7) - on_article(8)


@pytest.mark.parametrize(
    ("noun", "name"),
    [
        (noun, name)
        for noun, of in LISTS.items()
        for name, each in of.filters.base_filters.items()
        if isinstance(each, Many)
    ],
)
def test_filter_and_its_twin_divide_the_list(registry_data, noun, name):
    known = LISTS[noun].filters.base_filters[name].known()
    value = next(value for value in known if value != "none")

    found, rest = keys(noun, **{name: value}), keys(noun, **{f"not_{name}": value})

    assert found & rest == set()
    assert found | rest == keys(noun)


def test_none_means_not_recorded(registry_data):
    found = keys("activity", area="none")

    somewhere = set(ActivityArea.objects.values_list("activity__slug", flat=True))
    assert found == everything() - somewhere
    assert found != set()


def test_none_beside_a_value_means_either(registry_data):
    found = keys("activity", area=["none", "asgm"])

    assert found == keys("activity", area="none") | in_area("asgm")


def test_twin_of_none_means_recorded(registry_data):
    found = keys("activity", not_area="none")

    assert found == everything() - keys("activity", area="none")


def test_none_of_a_blank_column(registry_data):
    found = keys("activity", status="none")

    assert found == set(Activity.objects.filter(status="").values_list("slug", flat=True))


def test_record_with_several_rows_is_found_once(registry_data):
    countries = ask("activity", country=["KE", "GH", "TZ", "UG", "SN"])

    slugs = list(countries.records().values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs)) == countries.count()
    assert slugs != []


def test_roles_of_organisations_are_told_apart(registry_data):
    rows = Activity.objects.filter(participations__partner__slug="unido")
    led = set(rows.filter(participations__role="lead").values_list("slug", flat=True))

    taking_part, leading = keys("activity", partner="unido"), keys("activity", lead="unido")

    assert taking_part == set(rows.values_list("slug", flat=True))
    assert leading < taking_part
    assert leading <= led
    assert leading != set()


@pytest.mark.parametrize(
    ("bounds", "lookups"),
    [
        ({"start_from": "2014"}, {"start_year__gte": 2014}),
        ({"start_to": "2014"}, {"start_year__lte": 2014}),
        ({"start_from": "2014", "start_to": "2016"}, {"start_year__range": (2014, 2016)}),
        ({"end_from": "2019"}, {"end_year__gte": 2019}),
        ({"end_to": "2019"}, {"end_year__lte": 2019}),
    ],
)
def test_year_bounds_include_their_year(registry_data, bounds, lookups):
    found = keys("activity", **bounds)

    assert found == set(Activity.objects.filter(**lookups).values_list("slug", flat=True))
    assert found != set()


def test_year_bounds_of_guidance(registry_data):
    found = keys("guidance", year_from="2013", year_to="2013")

    assert found == set(Guidance.objects.filter(year=2013).values_list("slug", flat=True))
    assert found != set()


@pytest.mark.parametrize(
    ("moment", "is_found"),
    [
        ("2030", True),
        ("2030-05", True),
        ("2030-05-01", True),
        ("2030-05-02", False),
        ("2030-05-01T12:00:00Z", True),
        ("2030-05-01T12:00:00", True),
        ("2030-05-01T12:00:00.000001Z", False),
        ("2030-05-01T14:00:00+02:00", True),
        ("2030-05-01T13:59:00 02:00", True),
        ("2030-05-01T11:00:00-02:00", False),
        ("2030-05-01T09:00:00-02:00", True),
    ],
)
def test_updated_since_includes_its_moment(registry_data, moment, is_found):
    noon = dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC)
    changed = Activity.objects.order_by("pk").first()
    Activity.objects.filter(pk=changed.pk).update(updated_at=noon)

    found = keys("activity", updated_since=moment)

    assert found == ({changed.slug} if is_found else set())


@pytest.mark.parametrize("noun", LISTS)
def test_unknown_name_is_refused_with_the_known_ones(registry_data, noun):
    problems = refusal(noun, colour="red")

    known = {"q", "sort", *LISTS[noun].filters.base_filters}
    said = problems["colour"].removeprefix("There is no such filter here. There are: ")
    assert list(problems) == ["colour"]
    assert {name for name in said.rstrip(".").split(", ") if not name.startswith("not_")} == known


@pytest.mark.parametrize(
    "name", ["article__in", "start_year__gte", "withdrawn_at", "areas", "Article", "not_q", "pk"]
)
def test_columns_and_operators_are_no_filters(registry_data, name):
    problems = refusal("activity", **{name: "7"})

    assert list(problems) == [name]


@pytest.mark.parametrize(
    ("noun", "name", "value", "known"),
    [
        ("activity", "article", "2", "3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14"),
        ("activity", "not_article", "15", "3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14"),
        ("activity", "level", "local", "global, regional, national"),
        ("activity", "status", "done", "planned, ongoing, completed, none"),
        ("partner", "standing", "none", "partner, represented, contributor, named"),
        ("country", "ldc", "yes", "true, false"),
        (
            "contribution",
            "area",
            "gold",
            "asgm, chlor-alkali, air-transport-fate, products, coal, waste, cement, "
            "supply-storage, none",
        ),
    ],
)
def test_unknown_value_is_refused_with_the_known_ones(registry_data, noun, name, value, known):
    problems = refusal(noun, **{name: value})

    assert problems == {name: f"“{value}” is not one of: {known}."}


def test_unknown_value_among_many_names_some(registry_data):
    problems = refusal("activity", country="Atlantis")

    assert problems["country"].startswith("“Atlantis” is not one of: AD, AE, AF,")
    assert problems["country"].endswith(" and others.")


def test_unknown_value_among_known_ones_is_refused(registry_data):
    problems = refusal("activity", article=["7", "8,99"])

    assert list(problems) == ["article"]
    assert problems["article"].startswith("“99” is not one of: ")


def test_all_that_is_not_understood_is_told_at_once(registry_data):
    problems = refusal("activity", article="99", colour="red", start_from="soon", sort="price")

    # The sort is looked at when the filters are in order.
    assert set(problems) == {"article", "colour", "start_from"}


@pytest.mark.parametrize(
    "year",
    ["14", "201", "20145", "1899", "2101", "MMXIV", "-2014", "2014.5", "２０１４", "2014" * 2000],
)
def test_year_must_be_four_figures(registry_data, year):
    problems = refusal("activity", start_from=year)

    assert problems == {"start_from": f"“{year[:80]}” is not a year between 1900 and 2100."}


@pytest.mark.parametrize(
    "moment",
    [
        "yesterday",
        "2026-13-01",
        "2026-02-30",
        "09/03/2026",
        "2026-03-09T25:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_updated_since_must_be_a_date_or_a_moment(registry_data, moment):
    problems = refusal("activity", updated_since=moment)

    assert problems == {
        "updated_since": f"“{moment}” is not a date such as 2026-03-09 or 2026-03-09T12:00:00Z."
    }


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("q", ["gold", "lamps"]),
        ("start_from", ["2014", "2015"]),
        ("updated_since", ["2014", "2014"]),
        ("sort", ["title", "newest"]),
    ],
)
def test_what_has_one_value_is_given_once(registry_data, name, values):
    problems = refusal("activity", **{name: values})

    assert problems == {name: "It is given 2 times; give it once."}


def test_too_many_values_are_refused(registry_data):
    problems = refusal("activity", country=",".join(f"X{number}" for number in range(101)))

    assert problems == {"country": "It has 101 values; ask for 100 at most."}


@pytest.mark.parametrize("many", [1, 100])
def test_many_values_are_looked_up_at_once(registry_data, many, django_assert_num_queries):
    slugs = list(Partner.objects.order_by("slug").values_list("slug", flat=True)[:many])

    with django_assert_num_queries(1):
        listing = ask("activity", partner=slugs)

    assert listing.filters.asked == {"partner": slugs}


def test_unknown_sort_is_refused_with_the_known_ones(registry_data):
    problems = refusal("guidance", sort="price")

    assert problems == {"sort": "“price” is not one of: newest, oldest, title, updated."}


def test_best_match_is_an_order_only_of_what_is_looked_for(registry_data):
    problems = refusal("guidance", sort="relevance")

    assert problems == {"sort": "“relevance” is not one of: newest, oldest, title, updated."}


def test_words_narrow_a_list(registry_data):
    found = keys("guidance", q="retort", article="7")

    assert "retort-guide" in found
    assert found < keys("guidance", article="7")


def test_words_that_are_none_find_nothing(registry_data):
    assert keys("guidance", q="???") == set()


def test_blank_values_ask_for_nothing(registry_data):
    assert keys("activity", article="", q="", start_from="") == everything()
