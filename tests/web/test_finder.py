"""The finder's page: for every article guidance at once, and every number is that of its list."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.folding import fold
from articles.languages import LANGUAGES, in_django
from articles.models import SPINE, Country
from registry.web import finder
from tests import factories
from tests.web.reading import Page
from tests.web.test_home import numbers, total

pytestmark = pytest.mark.django_db
DOCUMENT = re.compile(r"/guidance/[\w-]+/")


def page(client, spoken="", **asked):
    prefix = f"/{spoken}" if spoken else ""
    return client.get(f"{prefix}/find/?{urlencode(asked)}")


def text(response):
    return " ".join(Page(response).text.split())


@pytest.mark.parametrize("article", SPINE)
def test_three_choices_lead_from_the_start_page_to_guidance_for_any_article(
    client, registry_data, article
):
    start = client.get("/").content.decode()
    form = re.search(r'<form class="finder" action="([^"]+)" method="get".*?</form>', start, re.S)
    assert re.search(r'<select id="finder-country" name="country">', form[0])
    assert re.search(rf'<option value="{article}">{article}\. ', form[0])

    shown = client.get(form[1], {"country": "GH", "article": str(article), "need": ""})

    assert [link for link in Page(shown).links if DOCUMENT.fullmatch(link)] != []


@pytest.mark.parametrize(
    "asked",
    [
        {"country": "BF", "need": "7"},
        {"country": "ET", "need": "dental amalgam", "language": "es"},
        {"country": "EU", "need": "8"},
        {"need": "11"},
        {"need": "coal waste", "article": "11"},
        {"country": "GH"},
        {},
    ],
)
def test_every_number_is_that_of_its_list(client, registry_data, asked):
    told = numbers(page(client, **asked).content.decode())

    assert [(link, n) for link, n in told if n != total(client, link)] == []
    assert len(told) >= 5


def test_a_party_reads_its_days_and_the_guidance_in_the_language_of_its_plan(client, registry_data):
    said = text(page(client, country="BF", need="7"))

    assert (
        "Burkina Faso is a Party. The Convention has been in force for it since 16 August" in said
    )
    assert "not before 16 August 2020" in said
    assert "Français 15 the language of the country's national action plan" in said
    assert said.index("Français 15") < said.index("English 73")
    assert "A plan of Burkina Faso in Français was found published on 31 December 2021" in said


def test_days_that_are_past_and_days_that_come_are_told_apart(client, registry_data):
    response = page(client, country="LR", need="8")

    assert "23 December 2034 coming due as soon as practicable" in text(response)
    assert "16 August 2022 past" in text(page(client, country="GH", need="8"))


def test_who_is_no_party_reads_so_and_no_days(client, registry_data):
    said = text(page(client, country="ET", need="8"))

    assert "Ethiopia signed on 10 October 2013 and is not a Party" in said
    assert "no dates can be counted" in said
    assert "coming due" not in said
    assert "as soon as practicable, at the latest 5 years after entry into force" in said


def test_without_a_country_all_but_what_is_its_own_is_shown(client, registry_data):
    said = text(page(client, need="7"))

    assert "Choose your country above" in said
    assert "similar" not in said
    assert "What is done 158" in said


def test_an_article_without_obligations_says_so(client, registry_data):
    assert "This article obliges a Party to nothing by itself" in text(page(client, need="6"))


def test_words_with_several_meanings_are_offered_with_reasons_and_addresses(client, registry_data):
    response = page(client, country="GH", need="coal waste")
    said, links = text(response), Page(response).links

    assert "Article 8. Emissions (shown here) your words: “coal”" in said
    assert "your words: “waste”" in said
    chosen = "?country=GH&need=coal+waste&article=11"
    assert chosen in links
    assert "Article 11. Mercury wastes (shown here)" in text(client.get(f"/find/{chosen}"))


def test_words_that_lead_nowhere_say_so_and_what_to_do(client, registry_data):
    response = page(client, country="GH", need="cinabbar")

    assert response.status_code == 200
    assert "Did you mean cinnabar?" in text(response)
    assert "?country=GH&need=cinnabar" in Page(response).links
    assert "/search/?q=cinabbar" in Page(response).links


def test_examples_on_the_empty_form_lead_to_an_article(client, registry_data):
    links = [link for link in Page(page(client)).links if link.startswith("?need=")]
    words = [link for link in links if not link.removeprefix("?need=").isdigit()]

    assert len(links) == len(words) + len(SPINE)
    assert len(words) == 5
    for link in words:
        assert "By when" in text(client.get(f"/find/{link}"))


@pytest.mark.parametrize(
    ("asked", "name", "value"),
    [
        ({"country": "ZZ"}, "country", "ZZ"),
        ({"need": "16"}, "need", "16"),
        ({"article": "99"}, "article", "99"),
        ({"language": "de"}, "language", "de"),
        ({"colour": "red"}, "colour", "country, need, article, language"),
    ],
)
@pytest.mark.parametrize("address", ["/find/", "/find/brief.pdf"])
def test_what_is_not_understood_is_refused_by_name(
    client, registry_data, address, asked, name, value
):
    response = client.get(address, asked)

    assert response.status_code == 400
    assert f"<code>{name}</code>" in response.content.decode()
    assert value in response.content.decode()


def test_a_field_given_twice_is_refused(client, registry_data):
    response = client.get("/find/?need=7&need=8")

    assert response.status_code == 400
    assert "It is given 2 times; give it once." in text(response)


def test_only_the_empty_form_is_for_search_engines(client, registry_data):
    mark = '<meta name="robots" content="noindex">'

    assert mark not in page(client).content.decode()
    assert mark in page(client, need="7").content.decode()
    assert mark in page(client, country="GH").content.decode()


def test_page_keeps_the_form_as_it_was_filled_in(client, registry_data):
    shown = page(client, country="GH", need="coal waste", language="fr").content.decode()

    assert '<option value="GH" selected>' in shown
    assert 'name="need" value="coal waste"' in shown
    assert '<option value="fr" lang="fr" selected>' in shown
    assert len(re.findall(r"<option [^>]*selected>", shown)) == 2
    assert '<option value="7" selected>' in page(client, need="7").content.decode()


def test_markup_in_words_is_text(client, registry_data):
    shown = page(client, need="<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_stand_in_the_order_of_the_readers_language(registry_data, language):
    with translation.override(in_django(language)):
        form = finder.form(finder.Asked())

    names = [name for _code, name, _is_asked in form.countries]
    assert names == sorted(names, key=fold)
    assert len(names) == Country.objects.count()


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_page_speaks_every_language_and_its_links_stay_in_it(client, registry_data, language):
    shown = Page(page(client, language, country="GH", need="7"))

    assert shown.lang == language
    # The API and its documentation speak English.
    inner = [link for link in shown.links if link.startswith("/") and "/api/" not in link]
    assert [link for link in inner if not link.startswith(f"/{language}/")] == []


def test_a_country_and_an_article_lead_to_the_finder(client, registry_data):
    assert "/find/?country=GH" in Page(client.get("/countries/gh/")).links
    assert "/find/?need=7" in Page(client.get("/articles/7/")).links


def test_the_brief_is_a_file_for_everybody(client, registry_data):
    link = next(e for e in Page(page(client, country="GH", need="7")).links if "brief.pdf" in e)

    response = client.get(link)

    assert link == "/find/brief.pdf?country=GH&need=7"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="brief-article-7-gh.pdf"'
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "public" in response.headers["Cache-Control"]
    assert response.content.startswith(b"%PDF-")


def test_a_brief_on_nothing_is_refused(client, registry_data):
    response = client.get("/find/brief.pdf?country=GH")

    assert response.status_code == 400
    assert "give the number of an article, such as 7" in text(response)
    assert "“zyxword” leads to no article" in text(client.get("/find/brief.pdf?need=zyxword"))


@pytest.mark.slow
@pytest.mark.parametrize("asked", [{"country": "GH", "need": "gold mining"}, {"need": "7"}])
def test_page_asks_the_database_as_often_for_much_as_for_little(
    client, knowing, registry_data, asked, django_capture_on_commit_callbacks
):
    page(client, **asked)
    counts = []
    for more in (1, 20):
        with django_capture_on_commit_callbacks(execute=True):
            for _each in range(more):
                served = [{"article": 7, "basis": "stated"}]
                factories.activity(title="Gold", countries=["GH", "BF"], articles=served)
                editions = [{"language": "fr", "url": ""}]
                factories.guidance(title="Gold", articles=served, editions=editions)
        connection.run_on_commit.clear()
        page(client, **asked)
        with CaptureQueriesContext(connection) as queries:
            page(client, **asked)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15
