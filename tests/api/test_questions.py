"""How many questions each address asks the database: as many for a hundred rows as for one."""

import pytest
from django.db import connection
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext

from registry.api.urls import _LISTS as LISTS
from registry.models import Entry
from registry.queries.criteria import Many
from registry.queries.described import EXPANDED
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry_data", "knowing")]
ROWS = (1, 10, 100)
FACETS = {
    plural: [n for n, f in of.filters.base_filters.items() if isinstance(f, Many) and f.is_facet]
    for plural, of in LISTS.items()
}
# Organisations are too many to hold their names: those that are shown are looked up.
LOOKED_UP = {("contributions", "donor")}


@pytest.fixture
def asked(client):
    """How many questions it takes to answer an address, once what is held was read."""

    def count(address):
        # What other tests took back is read again.
        client.get(f"/api/v1/{address}")
        return first(client, address)

    return count


def first(client, address):
    """The same without having asked before."""
    with CaptureQueriesContext(connection) as questions:
        response = client.get(f"/api/v1/{address}")
        # Files are written while they are read.
        body = b"".join(response)
    assert response.status_code == 200, body
    return len(questions)


@pytest.mark.parametrize("plural", LISTS)
@pytest.mark.parametrize("more", ["", "&page=1", "&fields=path", "&total=true&sort={last}"])
def test_pages_ask_for_their_bodies_and_nothing_else(asked, plural, more):
    more = more.format(last=list(LISTS[plural].sorts)[-1])

    assert [asked(f"{plural}/?limit={rows}{more}") for rows in ROWS] == [1, 1, 1]


@pytest.mark.parametrize("plural", LISTS)
def test_pages_behind_a_cursor_ask_for_their_bodies_and_nothing_else(client, asked, plural):
    for rows in (1, 3):
        page = client.get(f"/api/v1/{plural}/?limit={rows}").json()
        address = page["next"].removeprefix("http://testserver/api/v1/")
        assert [asked(address.replace(f"limit={rows}", f"limit={n}")) for n in ROWS] == [1, 1, 1]


@pytest.mark.parametrize(
    ("plural", "facet"), [(plural, facet) for plural in LISTS for facet in FACETS[plural]]
)
def test_every_facet_is_counted_in_memory(asked, plural, facet):
    questions = 2 if (plural, facet) in LOOKED_UP else 1

    counted = [asked(f"{plural}/?facets={facet}&limit={rows}") for rows in ROWS]

    assert counted == [questions] * 3
    assert asked(f"{plural}/?facets={facet}&q=mercury&sort={next(iter(LISTS[plural].sorts))}") <= (
        questions + 1
    )


@pytest.mark.parametrize("plural", [plural for plural in LISTS if FACETS[plural]])
def test_all_facets_together_ask_no_more(asked, plural):
    facets = ",".join(FACETS[plural])
    looked_up = sum((plural, facet) in LOOKED_UP for facet in FACETS[plural])

    assert [asked(f"{plural}/?facets={facets}&limit={n}") for n in ROWS] == [1 + looked_up] * 3


@pytest.mark.parametrize("plural", [p for p, of in LISTS.items() if EXPANDED[of.noun]])
def test_every_expansion_asks_once_for_all_rows(asked, plural):
    names = list(EXPANDED[LISTS[plural].noun])

    for asks in (*([name] for name in names), names):
        # A page on which nobody has the field asks for nothing more.
        found = [asked(f"{plural}/?expand={','.join(asks)}&limit={rows}") for rows in ROWS]
        assert found == sorted(found)
        assert max(found) <= 1 + len(asks)
    assert max(found) > 1


@pytest.mark.parametrize("plural", LISTS)
def test_records_ask_once_however_long_they_are(asked, plural):
    stored = Entry.objects.public().filter(noun=LISTS[plural].noun).order_by(Length("body"))
    shortest, longest = stored.first(), stored.last()

    assert [asked(f"{plural}/{each.key}/") for each in (shortest, longest)] == [1, 1]


@pytest.mark.parametrize("plural", LISTS)
def test_words_ask_once_more(asked, plural):
    for sort in ("relevance", next(iter(LISTS[plural].sorts))):
        found = {asked(f"{plural}/?q=mercury&total=true&sort={sort}&limit={n}") for n in ROWS}
        # Words are held in memory; of countries none has the word, so there are no bodies to fetch.
        assert found == {0 if plural == "countries" else 1}


@pytest.mark.parametrize(
    ("address", "questions"),
    [
        ("search/?q=mercury", 2),
        ("search/?q=mercury&noun=guidance", 2),
        ("search/?q=mercury+zzzz", 2),
        ("search/?q=mercury&offset=40", 2),
        ("changes/?since=0", 2),
        ("changes/?since=0&noun=activity", 2),
        ("changes/?since=1&after=7", 2),
    ],
)
def test_overviews_of_rows_ask_the_same_for_any_number(asked, address, questions):
    assert [asked(f"{address}&limit={rows}") for rows in ROWS] == [questions] * 3


def changed(count):
    for number in range(count):
        donor = factories.partner(country="GH").slug
        factories.activity(
            countries=["GH"], areas=["asgm"], articles=[{"article": 7, "basis": "stated"}]
        )
        factories.guidance(areas=["asgm"], year=2000 + number)
        factories.meeting(area="asgm")
        factories.contribution(donor=donor)


def test_much_that_changed_is_read_in_as_many_questions(client, django_capture_on_commit_callbacks):
    addresses = ["", "statistics/", "openapi.json"]
    addresses += [f"{plural}/?{q}" for plural in LISTS for q in ("total=true", "format=jsonl")]
    for address in addresses:
        first(client, address)
    found = []
    for count in (1, 10):
        with django_capture_on_commit_callbacks(execute=True):
            changed(count)
        # A commit would have done with them.
        connection.run_on_commit.clear()
        found.append({each: (first(client, each), first(client, each)) for each in addresses})

    # After five changes and after fifty.
    assert found[0] == found[1]
    assert (found[0][""], found[0]["statistics/"][1]) == ((1, 0), 0)
    assert {found[0][each][1] for each in addresses[3:]} == {1}
