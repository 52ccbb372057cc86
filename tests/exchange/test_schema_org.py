"""Records as search engines read them: required properties, no claims, nothing that ends a page."""

import json

import pytest

from registry.exchange import schema_org
from registry.exchange.schema_org import Page
from registry.models import Entry
from registry.queries.representation import read_body
from tests import factories

pytestmark = pytest.mark.django_db

HERE = Page("https://registry.example", "/x/", "en")
REQUIRED = {
    "Project": {"name", "url", "identifier"},
    "CreativeWork": {"name", "url"},
    "Organization": {"name", "url"},
    "Event": {"name", "startDate", "location"},
    "Legislation": {"name", "isPartOf", "url"},
    "MonetaryGrant": {"name", "amount", "funder"},
    "WebPage": {"name", "url"},
}


def body_of(record):
    return read_body(Entry.objects.get(noun=record.noun, key=record.slug).body)


@pytest.mark.slow
@pytest.mark.parametrize("noun", schema_org._THINGS)
def test_every_record_has_what_its_type_requires(registry_data, noun):
    entries = Entry.objects.public().filter(noun=noun)

    for body in map(read_body, entries.values_list("body", flat=True)):
        said = schema_org.written([schema_org.record(noun, body, HERE)])
        [thing] = json.loads(said)["@graph"]
        assert REQUIRED[thing["@type"]] <= thing.keys(), body
        assert thing["url"] == "https://registry.example/x/"
        assert all(value not in (None, "", [], {}) for value in thing.values())
        assert schema_org.title(noun, body)


def test_activity_tells_members_from_who_pays(registry_data):
    lead, payer = factories.partner(), factories.partner()
    activity = factories.activity(
        participations=[
            {"partner": lead.slug, "role": "lead"},
            {"partner": payer.slug, "role": "funding"},
        ],
        countries=["GH"],
        start="2014-03",
    )

    thing = schema_org.record("activity", body_of(activity), HERE)

    assert [each["name"] for each in thing["member"]] == [lead.name]
    assert [each["name"] for each in thing["funder"]] == [payer.name]
    assert thing["areaServed"][0]["identifier"] == "GH"
    assert thing["foundingDate"] == "2014-03"


@pytest.mark.parametrize(
    ("place", "kind"),
    [("Geneva", "Event"), ("", "WebPage")],
)
def test_meeting_without_a_place_is_no_event(registry_data, place, kind):
    meeting = factories.meeting(start="2021-04-01", place=place)

    assert schema_org.record("meeting", body_of(meeting), HERE)["@type"] == kind


def test_meeting_online_has_no_place_on_earth(registry_data):
    meeting = factories.meeting(start="2021-04-01", place="Online")

    location = schema_org.record("meeting", body_of(meeting), HERE)["location"]

    assert location == {"@type": "VirtualLocation", "url": "https://registry.example/x/"}


@pytest.mark.parametrize("standing", ["partner", "named"])
def test_only_partners_are_members_of_the_partnership(registry_data, standing):
    organisation = factories.partner(
        standing=standing, evidence="listed" if standing == "partner" else ""
    )

    thing = schema_org.record("partner", body_of(organisation), HERE)

    assert (thing["memberOf"] == schema_org.PARTNERSHIP) is (standing == "partner")


def test_no_text_ends_the_element_that_holds_it():
    evil = "</script><script>alert(1)</script><!-- & \u2028"

    said = schema_org.written([{"@type": "WebPage", "name": evil}])

    assert not set("<>&") & set(said)
    assert json.loads(said)["@graph"][0]["name"] == evil
