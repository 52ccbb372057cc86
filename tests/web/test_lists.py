"""Lists keep their state in the address, and say what went wrong."""

import pytest

from tests.web.reading import Page
from tests.web.test_pages import found

pytestmark = pytest.mark.django_db


def test_list_keeps_words_filters_sort_and_page_in_the_address(client):
    response = client.get("/activities/?q=mercury&article=7&article=8&sort=title&page=2")
    content = response.content.decode()

    assert 'value="mercury"' in content
    assert "Page 2 of" in content
    assert "page=3" in content
    assert "q=mercury&amp;article=7&amp;article=8&amp;sort=title" in content


def test_years_bound_the_list(client):
    assert found(client.get("/guidance/?year_from=2013&year_to=2013")) == 15


def test_filters_left_empty_by_the_form_are_not_asked_for(client):
    assert found(client.get("/activities/?q=&start_from=&article=7")) == 158


def test_empty_list_says_which_filter_excludes_most(client):
    page = Page(client.get("/activities/?article=6&area=asgm&country=GH"))

    assert "Nothing matches all of these filters" in page.text
    assert "there are 7" in page.text
    assert "?area=asgm&country=GH&" in page.links


def test_not_recorded_can_be_asked_for(client):
    assert found(client.get("/activities/?area=none")) == 114
    assert found(client.get("/partners/?standing=partner&country=none")) == 8


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("colour=red", "colour"),
        ("area=gold", "gold"),
        ("article=99", "99"),
        ("start_from=soon", "soon"),
        ("updated_since=yesterday", "yesterday"),
        ("sort=random", "random"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=x", "page"),
        ("start_from=2010&start_from=2011", "start_from"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(client, query, named):
    response = client.get(f"/activities/?{query}")

    assert response.status_code == 400
    assert named in response.content.decode()


@pytest.mark.parametrize("query", ["q=%00", "%00=1", "area=%ED%A0%80", "q=a%00b", "page=%00"])
@pytest.mark.parametrize("path", ["/activities/", "/search/", "/", "/api/v1/activities/"])
def test_text_that_is_no_text_is_refused(client, path, query):
    response = client.get(path, QUERY_STRING=query)

    # Half a character cannot travel in UTF-8: it comes as a replacement, which is text.
    expected = (400,) if "%00" in query else (200, 400)
    assert response.status_code in expected


@pytest.mark.parametrize(
    "address",
    [
        "/nope/",
        "/activities/nope/",
        "/activities/?page=1000000000",
        "/articles/2/",
        "/countries/xx/",
    ],
)
def test_wrong_address_is_helped_on(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "/search/" in response.content.decode()


def test_search_page_marks_words_and_offers_a_better_spelling(client):
    found_ = client.get("/search/?q=dental+amalgam").content.decode()
    odd = client.get("/search/?q=amalgum").content.decode()

    assert "<mark>amalgam</mark>" in found_
    assert "?q=amalgam" in odd
    assert client.get("/search/?q=x&noun=ship").status_code == 400
    assert client.get("/search/?q=x&page=y").status_code == 400
    assert client.get("/search/?q=mercury&page=900").status_code == 404
    assert "Page 2 of" in client.get("/search/?q=mercury&noun=guidance&page=2").content.decode()
