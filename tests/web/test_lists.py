"""Lists keep their state in the address, and say what went wrong."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from tests import factories
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


def test_search_box_and_boxes_keep_what_was_asked(client, registry_data):
    content = client.get("/guidance/?q=gold+%26+%22mercury%22&article=7&year_from=2001").content

    text = content.decode()
    assert 'value="gold &amp; &quot;mercury&quot;"' in text
    assert 'value="2001"' in text
    assert re.search(r'name="article" value="7"\s+checked', text)


def test_each_chip_takes_its_filter_away_and_no_other(client, registry_data):
    asked = {"article": ["7", "8"], "area": ["asgm"], "q": ["gold"], "not_level": ["global"]}
    address = "/activities/?" + urlencode(asked, doseq=True)

    page = Page(client.get(address))

    without = {
        name: "?" + urlencode({n: v for n, v in asked.items() if n != name}, doseq=True) + "&"
        for name in asked
    }
    assert set(without.values()) <= set(page.links)
    assert "?" in page.links


@pytest.mark.parametrize("noun", ["activities", "guidance", "partners", "meetings"])
def test_pages_of_a_list_make_up_the_whole(client, registry_data, noun):
    whole = found(client.get(f"/{noun}/"))
    address, shown = f"/{noun}/", []

    while address:
        content = client.get(address).content.decode()
        shown += re.findall(rf'<h3><a href="(/{noun}/[\w-]+/)"', content)
        following = re.search(r'rel="next"\s+href="([^"]+)"', content)
        address = f"/{noun}/{unescape(following.group(1))}" if following else None

    assert len(shown) == len(set(shown)) == whole


def test_empty_list_offers_to_take_away_what_excludes_most(client, registry_data):
    asked = {"article": "6", "area": "asgm", "country": "GH"}

    page = Page(client.get("/activities/?" + urlencode(asked)))

    offered = {
        name: found(client.get("/activities/?" + urlencode(_without(asked, name))))
        for name in asked
    }
    links = ["?" + urlencode(_without(asked, name)) + "&" for name in asked]
    by_number = sorted((n for n in offered.values() if n), reverse=True)
    said = [int(n) for n in re.findall(r"there are (\d+)", page.text)]
    assert set(links) <= set(page.links)
    assert said == by_number != []


def _without(asked, name):
    return {each: value for each, value in asked.items() if each != name}


@pytest.mark.parametrize("name", ["activities", "guidance", "partners", "countries", "glossary"])
@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", ""])
def test_page_that_is_no_number_is_named(client, registry_data, name, page):
    response = client.get(f"/{name}/?page={page}")

    if page == "":
        assert response.status_code == 200
    else:
        assert response.status_code == 400
        assert Page(response).facts == {"page": f"“{page}” is not the number of a page."}


@pytest.mark.parametrize("rows", [1, 3, 25])
@pytest.mark.parametrize(
    ("address", "make", "questions"),
    [
        ("/activities/", factories.activity, 18),
        ("/guidance/", factories.guidance, 14),
        ("/partners/", factories.partner, 13),
        ("/meetings/", factories.meeting, 11),
        ("/contributions/", factories.contribution, 10),
    ],
)
def test_number_of_questions_inside_a_change_does_not_grow_with_the_rows(
    client, registry_data, address, make, questions, rows, django_assert_max_num_queries
):
    title = {factories.partner: "name", factories.contribution: "purpose"}.get(make, "title")
    for number in range(rows):
        make(**{title: f"Quicksilverado number {number}"})

    # The first of a process reads what is kept: words, stems, labels.
    client.get(f"{address}?q=quicksilverado")
    # Inside a change nothing is answered from memory; outside, see test_questions of the API.
    with django_assert_max_num_queries(18) as asked:
        response = client.get(f"{address}?q=quicksilverado")

    assert found(response) == rows
    assert len(asked) == questions
