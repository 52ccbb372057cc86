"""Which addresses records carry, since when they are unavailable, and what may replace them."""

import datetime as dt

import pytest

from registry.models import Link
from registry.queries import links
from registry.queries.links import Carrier
from tests import factories

pytestmark = pytest.mark.django_db

SINCE = dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC)
GONE = "https://gone.example/guide"
TITLE = "Retorts and fume hoods for gold shops: a manual for Migori"


def broken(address=GONE):
    return Link.objects.create(
        address=address,
        host="gone.example",
        outcome="name",
        first_checked_at=SINCE,
        last_checked_at=SINCE + dt.timedelta(days=9),
        failures=3,
        failing_since=SINCE,
        unavailable_since=SINCE,
        next_due=SINCE,
    )


def test_unavailable_are_those_that_are_shown_and_broken(django_assert_num_queries):
    broken()
    Link.objects.create(address="https://fine.example/", next_due=SINCE)
    shown = [GONE, f"{GONE}#page=2", "https://fine.example/", "https://unknown.example/", ""]

    with django_assert_num_queries(1):
        found = links.unavailable_since(shown)

    assert found == {GONE: SINCE, f"{GONE}#page=2": SINCE}


def test_nothing_shown_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert links.unavailable_since([]) == {}
        assert links.unavailable_of({"url": "", "editions": [{"url": ""}]}) == {}


def test_carriers_are_all_published_records_with_the_address(django_assert_num_queries):
    document = factories.guidance(title="B", editions=[{"language": "fr", "url": f"{GONE}#2"}])
    activity = factories.activity(title="A", links=[{"label": "Guide", "url": GONE}])
    partner = factories.partner(name="Someone", website=GONE)
    factories.withdrawn(factories.activity(url=GONE))
    factories.guidance(source=GONE)

    with django_assert_num_queries(5):
        found = links.carriers([GONE, "https://unknown.example/"])

    assert found == {
        GONE: [
            Carrier("activity", activity.slug, "A"),
            Carrier("guidance", document.slug, "B"),
            Carrier("partner", partner.slug, "Someone"),
        ]
    }


def test_replacements_have_nearly_the_same_title_and_an_address_that_answers():
    factories.guidance(title=TITLE, url=GONE)
    near = factories.guidance(title=TITLE.replace("manual", "manuel"), url="https://a.example/")
    factories.guidance(title=f"{TITLE}, second edition", url="https://dead.example/")
    factories.guidance(title=f"{TITLE} (2)", url="")
    factories.guidance(title="Dental amalgam in Mombasa", url="https://b.example/")
    broken("https://dead.example/")
    broken()

    found = {each.link.address: each for each in links.broken()}

    assert [each.key for each in found[GONE].replacements] == [near.slug]
    assert [each.title for each in found[GONE].carriers] == [TITLE]


def test_activities_have_no_replacement():
    factories.activity(title=TITLE, url=GONE)
    factories.guidance(title=TITLE, url="https://a.example/")
    broken()

    assert [each.replacements for each in links.broken()] == [[]]
