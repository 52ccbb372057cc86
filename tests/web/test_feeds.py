"""Feeds of lists: the filters of the page, newest change first, never a withdrawn record."""

from xml.etree import ElementTree

import pytest

from registry.actions import activities
from registry.models import Entry
from registry.permissions import SYSTEM
from registry.queries import revision
from registry.web.feeds import NEWEST
from registry.web.taking import FEEDS
from tests import factories
from tests.web.reading import Page
from tests.web.test_pages import found

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address):
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(client, address):
    return [
        {child.tag.removeprefix(ATOM): child.text for child in entry}
        for entry in read(client, address).findall(f"{ATOM}entry")
    ]


@pytest.mark.parametrize("plural", FEEDS)
def test_every_list_has_a_feed_of_its_newest(client, registry_data, plural):
    noun = FEEDS[plural].noun
    stored = Entry.objects.public().filter(noun=noun).order_by("-revision", "-pk")[:NEWEST]

    told = entries(client, f"/{plural}/feed/")

    assert [entry["title"] for entry in told] == [each.title for each in stored]
    assert [entry["id"] for entry in told] == [
        f"tag:127.0.0.1,2026:{noun}/{each.key}" for each in stored
    ]


def test_newest_change_comes_first_and_withdrawn_records_never(client, registry_data):
    old = factories.activity(title="Old in Ghana", countries=["GH"])
    gone = factories.activity(title="Gone in Ghana", countries=["GH"])
    factories.activity(title="New in Ghana", countries=["GH"])
    activities.change(record=old, values={"title": "Again"}, version=old.version, by=SYSTEM)
    factories.withdrawn(gone)

    told = entries(client, "/activities/feed/?country=GH")

    assert [entry["title"] for entry in told[:2]] == ["Again", "New in Ghana"]
    assert "Gone in Ghana" not in str(told)


def test_feed_keeps_the_filters_of_the_list(client, registry_data):
    root = read(client, "/activities/feed/?article=7&country=GH&q=")

    there = found(client.get("/activities/?article=7&country=GH"))
    assert len(root.findall(f"{ATOM}entry")) == there == 8
    assert root.findtext(f"{ATOM}title") == (
        "Activities, newest changes · Article: 7. Artisanal and small-scale gold mining"
        " · Country: Ghana"
    )
    terms = {each.get("term") for each in root.iter(f"{ATOM}category")}
    assert {"article:7", "country:GH", "area:asgm"} <= terms
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["alternate"] == "http://testserver/activities/?article=7&country=GH"


@pytest.mark.parametrize(
    ("query", "named"), [("colour=red", "colour"), ("article=99", "99"), ("sort=title", "sort")]
)
def test_what_is_not_understood_is_refused_by_name(client, registry_data, query, named):
    response = client.get(f"/activities/feed/?{query}")

    assert response.status_code == 400
    assert named in Page(response).text


def test_empty_feed_is_a_feed(client, registry_data):
    root = read(client, "/activities/feed/?article=6&area=asgm")

    assert root.findall(f"{ATOM}entry") == []
    assert root.findtext(f"{ATOM}updated")


def test_feed_asks_few_questions(client, registry_data, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get("/activities/feed/?kind=awareness")


def test_feed_is_answered_from_memory_and_by_its_tag(client, registry_data, settings):
    settings.PUBLIC_SECONDS, settings.PUBLIC_MEMORY = 60, 1_000_000
    revision.forget()
    first = client.get("/guidance/feed/")

    again = client.get("/guidance/feed/", headers={"if-none-match": first.headers["ETag"]})

    revision.forget()
    assert (again.status_code, again.content) == (304, b"")
