"""Figures on their own: files that need nothing else, and pages that others may frame."""

from xml.etree import ElementTree

import pytest

from registry.web.charts import shown, world
from tests import factories
from tests.web.reading import Page

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
DISCLAIMER = "do not imply official endorsement or acceptance by the United Nations"


def drawn(client, address):
    response = client.get(f"/figures/{address}")
    assert response.headers["Content-Type"] == "image/svg+xml"
    return ElementTree.fromstring(response.content)


def words(svg):
    return " ".join(each.text or "" for each in svg.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", shown.NAMES)
def test_file_needs_nothing_else_and_says_where_it_is_from(client, registry_data, name):
    svg = drawn(client, f"{name}.svg")

    told = {each.tag.removeprefix(SVG) for each in svg.iter()}
    assert not told & {"script", "style", "image", "foreignObject", "use"}
    # Letters have their paint with them, since no sheet of styles is at hand.
    assert {each.get("fill") is not None for each in svg.iter(f"{SVG}text")} == {True}
    assert svg.find(f"{SVG}title").text
    assert svg.find(f"{SVG}desc").text
    assert "Registry of the Global Mercury Partnership, revision" in words(svg)
    assert "http://testserver/" in words(svg)
    links = [each.get("href") for each in svg.iter(f"{SVG}a")]
    assert [link for link in links if not link.startswith("http://testserver/")] == []


def test_every_map_carries_the_disclaimer(client, registry_data):
    page, frame = client.get("/"), client.get("/embed/countries/")

    assert DISCLAIMER in Page(page).text
    assert DISCLAIMER in Page(frame).text
    assert DISCLAIMER in words(drawn(client, "countries.svg"))


def test_file_of_the_matrix_says_by_what_it_is_narrowed(client, registry_data):
    said = words(drawn(client, "matrix.svg?country=GH&year_from=2010"))

    assert "Country: Ghana" in said
    assert "Started in or after: 2010" in said


@pytest.mark.parametrize("name", shown.NAMES)
def test_frame_shows_the_figure_and_keeps_the_rules_of_pages(client, registry_data, name):
    page = Page(client.get(f"/embed/{name}/"))

    assert len(page.headings) == 1
    assert page.headings[0].strip()
    assert page.inline == []
    assert "revision" in page.text
    assert [each for each in page.resources if each.startswith("/static/js/")] == []
    assert len(page.links) > 3


@pytest.mark.parametrize("kind", ["figures/{}.svg", "embed/{}/"])
def test_what_is_not_understood_is_refused_by_name(client, kind):
    assert client.get("/" + kind.format("nothing")).status_code == 404
    for name, query in (("matrix", "colour=red"), ("years", "country=GH")):
        response = client.get(f"/{kind.format(name)}?{query}")
        assert response.status_code == 400
        assert query.partition("=")[0] in response.content.decode()


def test_markup_in_a_name_is_text(client):
    factories.activity(title="<script>alert(1)</script>", countries=["CI"])

    assert "Côte d&#x27;Ivoire: " in client.get("/figures/countries.svg").content.decode()
    assert "<script>alert" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("counts", "bounds"),
    [
        ([], []),
        ([4], [(4, 4)]),
        ([1, 1, 1, 1, 9], [(1, 1), (9, 9)]),
        (range(1, 11), [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]),
        ([1] * 33 + [2] * 26 + [3] * 25 + [4] * 5 + [5] * 10 + [6] * 9 + [7] * 20, None),
    ],
)
def test_classes_have_about_as_many_countries_each(counts, bounds):
    found = world.classes(counts)

    if bounds is None:
        sizes = [sum(least <= n <= most for n in counts) for least, most in found]
        assert len(sizes) == world.CLASSES
        assert max(sizes) - min(sizes) < 14
    else:
        assert found == bounds


def test_small_islands_stand_on_the_map_as_dots(client, registry_data):
    svg = drawn(client, "countries.svg")

    dots = {each.get("aria-label").partition(":")[0] for each in svg.iter(f"{SVG}a")}
    assert {"Samoa", "Tuvalu", "Maldives", "Antigua and Barbuda", "Nauru"} <= dots
