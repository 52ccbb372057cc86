"""Every page shows what the registry holds, and keeps the rules of the house."""

import re

import pytest

from registry.models import Activity
from registry.queries import statistics
from registry.queries.stored import body_of
from tests import factories
from tests.web.reading import Page

pytestmark = pytest.mark.django_db

LISTS = (
    "activities",
    "guidance",
    "partners",
    "meetings",
    "contributions",
    "countries",
    "decisions",
    "glossary",
)
PAGES = ("/", "/about/", "/search/", "/search/?q=mercury", "/articles/", "/areas/") + tuple(
    f"/{name}/" for name in LISTS
)


def found(response) -> int:
    """The number of records that a list page says it found."""
    said = re.search(r'role="status"><strong>([\d\u202f]+)', response.content.decode())
    return int(said.group(1).replace("\u202f", ""))


@pytest.mark.parametrize("address", PAGES)
def test_page_keeps_the_rules_of_every_page(client, address):
    page = Page(client.get(address))

    assert page.lang == "en"
    assert len(page.headings) == 1
    assert page.headings[0].strip()
    assert page.inline == []
    assert page.links[0] == "#main"
    assert [each for each in page.resources if not each.startswith("/static/")] == []


def test_titles_tell_pages_apart(client):
    titles = [Page(client.get(address)).title for address in PAGES]

    assert len(set(titles)) == len(titles)


def test_start_page_shows_the_true_totals(client):
    text = " ".join(Page(client.get("/")).text.split())

    for said in ("partners 72", "activities 320", "guidance documents 293", "areas of work 8"):
        assert said in text, text[:600]
    assert "Parties to the Convention 151" in text


@pytest.mark.slow
def test_every_number_of_the_matrix_leads_to_the_list_that_proves_it(client):
    content = client.get("/").content.decode()
    cells = re.findall(r'class="(?:activities|guidance)"\s+href="([^"]+)">(\d+)<', content)

    wrong = [
        (address, int(number), found(client.get(address.replace("&amp;", "&"))))
        for address, number in cells
        if found(client.get(address.replace("&amp;", "&"))) != int(number)
    ]

    assert len(cells) > 150
    assert wrong == []


@pytest.mark.parametrize("number", range(3, 15))
def test_article_page_shows_its_title_and_provisions(client, number):
    article = body_of("article", str(number))

    page = Page(client.get(f"/articles/{number}/"))

    assert article["titles"]["en"] in page.headings[0]
    for provision in article["provisions"]:
        assert provision["summary"] in page.text


def test_country_page_shows_party_status_and_plans(client):
    text = Page(client.get("/countries/gh/")).text

    assert "24 September 2014" in text
    assert "16 August 2017" in text
    assert "A plan in Français was found published" in Page(client.get("/countries/bf/")).text


def test_country_code_in_capitals_is_led_to_the_page(client):
    response = client.get("/countries/GH/")

    assert (response.status_code, response.headers["Location"]) == (301, "/countries/gh/")


def test_decision_page_never_shows_a_code_that_is_only_probable(client):
    content = client.get("/decisions/cop1-art8-bat-bep/").content.decode()

    assert "code not certain" in content
    assert "MC-1/4" not in content


def test_withdrawn_record_leaves_a_tombstone_without_its_text(client):
    activity = factories.activity(title="Unique words of a withdrawn record")
    address = activity.get_absolute_url()
    assert "Unique words" in client.get(address).content.decode()

    factories.withdrawn(activity)
    response = client.get(address)

    assert response.status_code == 410
    assert "Unique words" not in response.content.decode()


def test_markup_in_a_title_is_text_everywhere(client):
    title = "<script>alert(1)</script> zyxword"
    activity = factories.activity(title=title)

    for address in (activity.get_absolute_url(), "/activities/?q=zyxword", "/search/?q=zyxword"):
        content = client.get(address).content.decode()

        assert "<script>alert" not in content
        assert "&lt;script&gt;" in content


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_as_many_questions_of_the_database_for_one_row_as_for_many(
    client, knowing, name, django_assert_max_num_queries
):
    word = {"countries": "ghana", "glossary": "cyanide", "decisions": "threshold"}.get(name, "unep")
    addresses = [f"/{name}/", f"/{name}/?q={word}"]
    for address in addresses:
        client.get(address)  # what is held is read once

    asked = []
    for address in addresses:
        with django_assert_max_num_queries(5) as queries:
            client.get(address)
        asked.append(len(queries))

    # Words are looked for, and on PostgreSQL the best of them weighed.
    assert asked[1] <= asked[0] + 2


def test_matrix_agrees_with_list_database_and_facet(client):
    cell = statistics.matrix().cell("asgm", 7)
    stored = Activity.objects.filter(
        activity_areas__area__slug="asgm", activity_articles__article=7
    ).count()

    assert (cell.activities, cell.guidance) == (80, 75)
    assert stored == found(client.get("/activities/?area=asgm&article=7")) == 80
