"""The open API: the same records and numbers as the pages, and errors in one shape."""

import json

import pytest

from registry.models import Activity, Entry
from registry.queries import bodies, statistics
from registry.queries.described import FIELDS
from tests import factories

pytestmark = pytest.mark.django_db

PLURALS = {
    "areas": 8,
    "activities": 320,
    "guidance": 293,
    "meetings": 70,
    "contributions": 31,
    "articles": 35,
    "countries": 249,
    "decisions": 34,
    "terms": 109,
}


def get(client, address, **headers):
    return json.loads(client.get(f"/api/v1/{address}", headers=headers).content)


@pytest.mark.parametrize(("plural", "count"), PLURALS.items())
def test_pages_by_cursor_make_up_the_whole_list(client, plural, count):
    seen, address = [], f"/api/v1/{plural}/?limit=97&total=true"
    while address:
        page = json.loads(client.get(address).content)
        assert page["total"] == count
        seen += [
            record.get("slug") or str(record.get("number") or record["code"])
            for record in page["results"]
        ]
        address = page["next"] and page["next"].removeprefix("http://testserver")

    assert len(seen) == len(set(seen)) == count


@pytest.mark.parametrize("sort", ["newest", "oldest", "title", "updated"])
def test_every_order_holds_across_pages(client, sort):
    whole = get(client, f"activities/?sort={sort}&limit=200&fields=slug")
    rest = json.loads(client.get(whole["next"].removeprefix("http://testserver")).content)

    slugs = [record["slug"] for record in whole["results"] + rest["results"]]

    assert len(set(slugs)) == len(slugs) == 320
    assert rest["next"] is None


def test_record_is_the_stored_entry(client):
    entry = Entry.objects.public().filter(noun="activity").first()

    assert client.get(f"/api/v1/activities/{entry.key}/").content.decode() == entry.body


@pytest.mark.parametrize("noun", list(bodies.NOUNS))
def test_described_fields_are_those_of_the_bodies(noun):
    stored = json.loads(Entry.objects.public().filter(noun=noun).first().body)

    assert list(FIELDS[noun]) == list(stored)


def test_fields_facets_and_expansion(client):
    answer = get(
        client,
        "activities/?article=7&area=asgm&fields=title&expand=partners&facets=kind&limit=2&total=true",
    )

    assert answer["total"] == 80
    assert all(set(record) == {"title", "partners"} for record in answer["results"])
    cards = [card for record in answer["results"] for card in record["partners"]]
    assert all(card["record"]["slug"] == card["slug"] for card in cards)
    assert sum(option["count"] for option in answer["facets"]["kind"]) == 80


def test_words_rank_and_page(client):
    first = get(client, "guidance/?q=amalgam&limit=3&fields=title")
    second = json.loads(client.get(first["next"].removeprefix("http://testserver")).content)
    narrowed = get(client, "guidance/?q=amalgam&article=4&total=true")

    titles = [record["title"] for record in first["results"] + second["results"]]
    assert len(set(titles)) == 6
    assert "amalgam" in titles[0].casefold()
    assert 0 < narrowed["total"] == len(narrowed["results"])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("foo=1", "foo"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("total=yes", "total"),
        ("fields=title,colour", "fields"),
        ("expand=budget", "expand"),
        ("facets=title", "facets"),
        ("cursor=abc", "cursor"),
        ("format=pdf", "format"),
        ("article=1", "article"),
        ("sort=size", "sort"),
    ],
)
def test_what_is_not_understood_is_a_problem_that_names_it(client, query, parameter):
    response = client.get(f"/api/v1/activities/?{query}")
    problem = json.loads(response.content)

    assert response.status_code == problem["status"] == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_cursor_of_another_list_is_refused(client):
    cursor = get(client, "guidance/?limit=1")["next"].partition("cursor=")[2]

    response = client.get(f"/api/v1/activities/?cursor={cursor}")

    assert response.status_code == 404
    assert [error["parameter"] for error in json.loads(response.content)["errors"]] == ["cursor"]


def test_expanded_pages_are_shorter_and_lead_on(client):
    page = get(client, "activities/?expand=areas&limit=200")

    assert (len(page["results"]), page["next"] is None) == (50, False)


def test_withdrawn_unknown_and_wrong_verbs_are_problems(client):
    activity = factories.activity()
    address = f"/api/v1/activities/{activity.slug}/"
    assert client.get(address).status_code == 200

    factories.withdrawn(activity)

    assert client.get(address).status_code == 410
    assert client.get("/api/v1/activities/nope/").status_code == 404
    assert client.post("/api/v1/activities/").status_code == 405
    assert client.get(address).headers["Content-Type"] == "application/problem+json"


def test_changes_tell_of_new_and_withdrawn_records(client):
    since = get(client, "")["revision"]
    activity = factories.activity(title="A change to harvest")
    factories.withdrawn(factories.activity())

    answer = get(client, f"changes/?since={since}&noun=activity")

    told = {change["key"]: change for change in answer["changes"]}
    assert told[activity.slug]["body"]["title"] == "A change to harvest"
    gone = [change for change in answer["changes"] if change["withdrawn"]]
    assert [change["body"] for change in gone] == [None]


def test_changes_can_be_read_page_by_page(client):
    seen, address = set(), "/api/v1/changes/?limit=400"
    while address:
        page = json.loads(client.get(address).content)
        seen |= {(change["noun"], change["key"]) for change in page["changes"]}
        address = page["next"] and page["next"].removeprefix("http://testserver")

    assert len(seen) == Entry.objects.count()


def test_statistics_are_those_of_the_pages(client):
    answer = get(client, "statistics/")

    assert answer["totals"]["activities"] == Activity.objects.published().count()
    matrix = statistics.matrix()
    assert [row["activities"] for row in answer["matrix"]["rows"]] == [
        row.whole.activities for row in matrix.rows
    ]
    assert sum(row["count"] for row in answer["activities_by_kind"]) == 320


def test_search_over_all_nouns(client):
    answer = get(client, "search/?q=Minamata initial assessment Gabon&limit=1")

    assert answer["results"][0]["key"].startswith("gef-9173")
    assert client.get("/api/v1/search/").status_code == 400
    assert client.get("/api/v1/search/?q=a&noun=ship").status_code == 400
    assert client.get("/api/v1/search/?q=a&offset=x").status_code == 400
    assert client.get("/api/v1/statistics/?x=1").status_code == 400


@pytest.mark.parametrize("sort", ["newest", "title"])
def test_pages_by_number_are_those_by_cursor(client, sort):
    by_cursor, address = [], f"/api/v1/guidance/?limit=60&sort={sort}&fields=slug"
    while address:
        page = json.loads(client.get(address).content)
        by_cursor.append(page["results"])
        address = page["next"] and page["next"].removeprefix("http://testserver")

    numbered = f"guidance/?limit=60&sort={sort}&fields=slug&page="
    by_number = [get(client, f"{numbered}{number}")["results"] for number in range(1, 6)]

    assert by_number == by_cursor
    assert get(client, f"{numbered}6") | {"revision": 0} == {
        "results": [],
        "next": None,
        "revision": 0,
    }


def test_ranked_pages_by_number_are_those_by_cursor(client):
    first = get(client, "guidance/?q=amalgam&limit=3&fields=slug")
    second = json.loads(client.get(first["next"].removeprefix("http://testserver")).content)

    assert get(client, "guidance/?q=amalgam&limit=3&fields=slug&page=2") == second


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=1000001", "page=2&cursor=x"])
def test_page_that_cannot_be_is_named(client, query):
    response = client.get(f"/api/v1/guidance/?{query}")

    errors = json.loads(response.content)["errors"]
    assert [error["parameter"] for error in errors] == ["page"]
