"""The start page: every number on it is the number of its list, of the API and of the file."""

import csv
import io
import json
import re
from html import unescape
from urllib.parse import urlsplit

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Activity
from registry.web.charts import shown
from tests import factories
from tests.web.reading import Page
from tests.web.test_pages import found

pytestmark = pytest.mark.django_db
LINKED = re.compile(r'<a [^>]*?href="([^"]+)"[^>]*>(?:<[^>]+>)*\s*([\d\u202f]+)\s*<')
LISTS = ("/activities/", "/guidance/", "/partners/", "/countries/", "/areas/")


def page(client, query=""):
    return client.get(f"/{query}").content.decode()


def numbers(text):
    """Every number on the page that leads to a list: address and number."""
    linked = {(unescape(link), int(n.replace("\u202f", ""))) for link, n in LINKED.findall(text)}
    return {(link, n) for link, n in linked if urlsplit(link).path in LISTS}


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?country=GH&year_from=2005", "?kind=capacity,report"])
def test_every_number_is_the_total_of_its_list(client, registry_data, query):
    told = sorted(each for each in numbers(page(client, query)) if each[0] != "/areas/")

    wrong = [(link, n) for link, n in told if n != total(client, link)]
    # The list as a page says the same; it is long to draw, so some of them are looked at.
    wrong += [(link, n) for link, n in told[::9] if n != found(client.get(link))]
    assert len(told) > 200
    assert wrong == []


def total(client, link):
    """How many records a list has, as the API counts them."""
    asked = urlsplit(link)
    address = f"/api/v1{asked.path}?{asked.query}&total=true&limit=1"
    return json.loads(client.get(address).content)["total"]


@pytest.mark.slow
def test_every_number_of_a_figure_is_that_of_the_api_and_of_the_file(client, registry_data):
    told, asked = numbers(page(client)), set()

    for name in shown.NAMES:
        address = f"/api/v1/statistics/{name}/"
        of_api = json.loads(client.get(address).content)["rows"]
        text = client.get(f"{address}?format=csv").content.decode("utf-8-sig")
        of_file = list(csv.DictReader(io.StringIO(text)))
        for rows in (of_api, of_file):
            pairs = {
                (row[f"{noun}_list"], int(row[noun]))
                for row in rows
                for noun in ("activities", "guidance")
                if row.get(f"{noun}_list") and int(row[noun])
            }
            assert pairs - told == set()
            asked |= pairs
    # Years as a whole are drawn, and told by phase; the rest are totals and numbers in words.
    years = re.compile(r"/activities/\?start_from=(\d{4})&start_to=\1")
    assert len([link for link, _n in told - asked if not years.fullmatch(link)]) < 8


def test_page_keeps_its_filters_in_the_form(client, registry_data):
    text = page(client, "?country=GH&kind=capacity&kind=report&not_country=KE&year_from=2005")

    assert re.search(r'<option value="GH" selected>', text)
    assert re.search(r'<select name="kind" multiple', text)
    assert len(re.findall(r"<option [^>]*selected>", text)) == 3
    assert 'name="year_from" value="2005"' in text
    assert '<input type="hidden" name="not_country" value="KE">' in text


def test_fields_left_empty_by_the_form_are_not_asked_for(client, registry_data):
    empty = page(client, "?country=&year_from=&year_to=&kind=")

    assert numbers(empty) == numbers(page(client))
    assert "Show all" not in empty


@pytest.mark.parametrize("query", ["colour=red", "country=ZZ", "year_from=soon", "kind=gold"])
def test_what_is_not_understood_is_refused_by_name(client, query):
    response = client.get(f"/?{query}")

    assert response.status_code == 400
    assert query.partition("=")[0] in response.content.decode()


def test_guidance_is_not_counted_by_country_and_the_page_says_so(client, registry_data):
    text = page(client, "?country=GH")

    assert "Guidance is not counted" in text
    assert [link for link, _n in numbers(text) if "country=GH" in link and "guidance" in link] == []


def test_neither_noun_counted_is_said_and_nothing_else(client, registry_data):
    text = Page(client.get("/?country=GH&kind=toolkit")).text

    assert "Activities are not counted" in text
    assert "Guidance is not counted" in text
    assert "Nothing that was asked for serves Articles 3–14" in text


def test_every_figure_says_its_message_and_has_table_source_and_takings(client, registry_data):
    text = page(client)

    for name in shown.NAMES[1:]:
        begin = text.index(f'<figure class="figure figure-{name}">')
        figure = text[begin : text.index("</figure>", begin)]
        assert re.search(r"<h2 [^>]*>[^<]*\d[^<]*</h2>", figure)
        assert re.search(r'<svg class="chart[^>]*role="group" aria-label="[^"]+"', figure)
        assert "<table" in figure
        assert "Source: Registry" in figure
        for address in (
            f"/api/v1/statistics/{name}/?format=csv",
            f"/figures/{name}.svg",
            f"/embed/{name}/",
        ):
            assert f'href="{address}"' in figure
            assert client.get(address).status_code == 200
        assert f'<li hidden><button class="link" type="button" data-png="/figures/{name}.svg"' in (
            figure
        )


def test_messages_follow_the_numbers(client, registry_data):
    assert "57 of 127 activities whose phase is known" in Page(client.get("/")).text

    factories.activity(start="2024-02")

    assert "58 of 128 activities whose phase is known" in Page(client.get("/")).text


def test_confirmed_activities_are_named_latest_first(client, registry_data):
    assert "No partner has confirmed an activity yet" in page(client)
    for day in ("2026-01-05", "2026-03-09"):
        activity = factories.activity(title=f"Confirmed {day}")
        Activity.objects.filter(pk=activity.pk).update(confirmed_on=day)

    text = page(client)

    assert text.index("Confirmed 2026-03-09") < text.index("Confirmed 2026-01-05")
    assert "No partner has confirmed" not in text


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?country=GH&year_from=2001&kind=capacity"])
def test_page_asks_the_database_as_often_for_much_as_for_little(
    client, knowing, registry_data, query, django_capture_on_commit_callbacks
):
    page(client, query)
    asked = []
    for more in (1, 30):
        with django_capture_on_commit_callbacks(execute=True):
            for year in range(1990, 1990 + more):
                factories.activity(countries=["GH", "NZ"], start=str(year), areas=["asgm"])
        connection.run_on_commit.clear()
        asked.append([])
        for _time in ("after a change", "and again"):
            with CaptureQueriesContext(connection) as queries:
                page(client, query)
            asked[-1].append(len(queries))

    assert asked[0] == asked[1]
    assert (asked[0][0] <= 16, asked[0][1]) == (True, 3)


def test_page_is_light(remembering, registry_data):
    response = remembering.get("/", headers={"accept-encoding": "br"})
    resources = set(Page(remembering.get("/")).resources)
    files = {each.removeprefix("/static/") for each in resources}
    sheets = {name for name in files if name.endswith(".css")}
    parts = re.findall(r'@import url\("([^"]+)"\)', _file("css/site.css"))
    sheets |= {f"css/{part}" for part in parts}
    scripts = {name for name in files if name.endswith(".js")}

    assert response.headers["Content-Encoding"] == "br"
    assert sum(_packed(name) for name in sheets | scripts) + len(response.content) < 150_000
    assert 0 < sum(_packed(name) for name in scripts) < 50_000


def _file(name):
    with open(finders.find(name), encoding="utf-8") as file:
        return file.read()


def _packed(name):
    return len(brotli.compress(_file(name).encode()))


def test_page_is_everybodys_and_kept_by_the_revision(remembering, registry_data):
    first = remembering.get("/?country=GH")

    again = remembering.get("/?country=GH", headers={"if-none-match": first.headers["ETag"]})

    assert "public" in first.headers["Cache-Control"]
    assert (again.status_code, again.headers["ETag"]) == (304, first.headers["ETag"])
