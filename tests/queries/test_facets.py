"""Facets: each number is the length of the list that it leads to."""

import pytest

from registry.queries.criteria import Many
from tests.queries.asking import LISTS, ask

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NARROWINGS = [
    *((noun, {}) for noun in LISTS),
    ("activity", {"area": "asgm"}),
    ("activity", {"area": ["asgm", "none"], "article": "7", "not_level": "global"}),
    ("activity", {"country": "none"}),
    ("activity", {"q": "gold", "start_from": "2010"}),
    ("guidance", {"article": ["7", "9"]}),
    ("guidance", {"language": "fr", "not_kind": "report"}),
    ("guidance", {"q": "amalgam"}),
    ("partner", {"standing": "partner"}),
    ("partner", {"area": "none", "not_country": "none"}),
    ("meeting", {"area": "asgm"}),
    ("contribution", {"year_from": "2012"}),
    ("country", {"party": "party", "ldc": "true"}),
    ("country", {"party": "none"}),
    ("decision", {"article": "4"}),
    ("term", {"article": "none"}),
]


@pytest.mark.parametrize(("noun", "asked"), NARROWINGS)
def test_number_is_the_length_of_the_list_it_leads_to(registry_data, noun, asked):
    listing = ask(noun, **asked)

    shown, led_to = {}, {}
    for name in listing.filters.facets:
        for value, (_label, n) in listing.facet(name).items():
            shown[name, value] = n
            led_to[name, value] = ask(noun, **asked | {name: value}).count()

    assert shown == led_to
    # Articles have no facet.
    assert (shown != {}) is (noun != "article")


@pytest.mark.parametrize(("noun", "asked"), NARROWINGS)
def test_counts_of_a_facet_disregard_its_own_filter(registry_data, noun, asked):
    narrowed = ask(noun, **asked)

    for name, facet in narrowed.filters.facets.items():
        others = {n: v for n, v in asked.items() if n != name}
        wide = ask(noun, **others)

        assert narrowed.facet(name) == wide.facet(name)
        counts = facet.counts(narrowed.filters.without(name))
        assert counts == facet.counts(wide.filters.without(name))


@pytest.mark.parametrize(
    ("noun", "name"),
    [
        ("activity", "kind"),
        ("activity", "status"),
        ("activity", "phase"),
        ("guidance", "role"),
        ("partner", "standing"),
        ("partner", "type"),
        ("partner", "country"),
        ("meeting", "area"),
        ("contribution", "donor"),
        ("country", "party"),
        ("country", "sids"),
        ("term", "kind"),
    ],
)
def test_facet_of_which_a_record_has_one_value_adds_up_to_the_list(registry_data, noun, name):
    listing = ask(noun)

    counts = listing.facet(name)

    assert sum(n for _label, n in counts.values()) == listing.count()


@pytest.mark.parametrize("noun", LISTS)
def test_every_value_has_words_for_people(registry_data, noun):
    listing = ask(noun)

    for name, facet in listing.filters.facets.items():
        assert isinstance(facet, Many)
        labels = [str(label) for label, _n in listing.facet(name).values()]
        assert all(labels)
        assert len(labels) == len(set(labels))
