"""Pages about what went wrong: plain words, the likest records, a way on; the last one alone."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from articles.languages import LANGUAGES, RIGHT_TO_LEFT
from registry.models import Activity
from registry.queries import lost
from tests import factories
from tests.web.reading import Page


def suggested(response):
    content = response.content.decode()
    near = content.partition('class="near"')[2].partition("</section>")[0]
    return [part.partition('"')[0] for part in near.split('<a href="')[1:]]


@pytest.mark.django_db
@pytest.mark.check("U-16")
@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("/partners/unepp/", "/partners/unep/"),
        ("/countries/ghana/", "/countries/gh/"),
        ("/fr/countries/ghana/", "/fr/countries/gh/"),
        ("/artisanal-gold-mining", "/articles/7/"),
        (
            "/guidance/undp-minamata-initial-assesment/",
            "/guidance/undp-minamata-initial-assessment-guidance/",
        ),
        (
            "/activities/accelerate-implementation-dental-amalgam-provisions/",
            "/activities/accelerate-implementation-of-dental-amalgam-provisions-and-strengthen-"
            "country/",
        ),
    ],
)
def test_nearest_record_is_offered_first(client, address, first):
    response = client.get(address)

    assert response.status_code == 404
    assert suggested(response)[0] == first
    assert len(suggested(response)) <= 5
    assert {client.get(each).status_code for each in suggested(response)} == {200}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/zzzz/", "/activities/zzzz/", "/wp-login.php", "/articles/99/", "/x/.env"]
)
def test_nothing_is_offered_where_nothing_is_alike(client, address):
    response = client.get(address)

    page = Page(response)
    assert (response.status_code, suggested(response)) == (404, [])
    assert page.headings == ["There is no page at this address"]
    assert {"/", "/articles/", "/activities/", "/guidance/"} <= set(page.links)
    assert "404" not in page.text


@pytest.mark.django_db
def test_words_of_the_address_stand_in_the_search_box_where_they_find_something(client):
    assert 'value="unepp"' in client.get("/partners/unepp/").content.decode()
    assert 'name="q" value=""' in client.get("/partners/zzzz/").content.decode()


@pytest.mark.django_db
def test_withdrawn_record_is_never_offered(client):
    kept = factories.activity(title="Quokka retorts for everybody")
    gone = factories.withdrawn(factories.activity(title="Quokka retorts for nobody"))

    near = suggested(client.get("/activities/quokka-retorts/"))

    assert near == [kept.get_absolute_url()]
    assert Activity.objects.filter(pk=gone.pk, withdrawn_at__isnull=False).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/desk/gold-mining/", "/account/unep/", "/invitations/ghana/"])
def test_private_address_is_offered_nothing(client, path):
    assert suggested(client.get(path)) == []


@pytest.mark.django_db
def test_few_words_of_a_long_address_are_looked_up(django_assert_max_num_queries, client):
    words = lost.words("/activities/" + "-".join(f"word{number}" for number in range(500)))

    assert len(words.split()) == 8
    assert lost.words("/activities/") == lost.words("/") == ""


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2, 15, 35])
def test_article_without_a_page_is_not_offered(client, number):
    title = {1: "objective", 2: "definitions", 15: "implementation-and-compliance", 35: "texts"}

    assert f"/articles/{number}/" not in suggested(client.get(f"/{title[number]}/"))


@pytest.mark.django_db
@pytest.mark.check("U-16")
def test_every_page_about_an_error_leads_on(client):
    withdrawn = factories.withdrawn(factories.activity())
    answers = {
        400: client.get("/activities/?colour=red"),
        404: client.get("/nope/"),
        410: client.get(withdrawn.get_absolute_url()),
    }

    for status, response in answers.items():
        page = Page(response)
        assert response.status_code == status
        assert {"/", "/articles/", "/countries/"} <= set(page.links)
        assert 'content="noindex"' in response.content.decode()
        assert page.canonical is None


@pytest.mark.check("U-17")
@pytest.mark.parametrize("language", LANGUAGES)
def test_problem_page_needs_no_database_and_speaks_the_language_of_the_address(language, settings):
    """Without the mark for the database, whoever asks it is refused."""
    client = Client(raise_request_exception=False)

    response = client.get("/activities/" if language == "en" else f"/{language}/activities/")

    page = Page(response)
    assert response.status_code == 500
    assert page.lang == response.headers["Content-Language"] == language
    assert f'dir="{"rtl" if language in RIGHT_TO_LEFT else "ltr"}"' in response.content.decode()
    assert len(page.headings) == 1 and page.headings[0]
    start = "/" if language == "en" else f"/{language}/"
    assert set(page.links) == {start, f"mailto:{settings.DEFAULT_FROM_EMAIL}"}
    assert page.inline == []
    assert response.cookies == {}


@pytest.mark.check("U-17")
def test_reference_on_the_problem_page_stands_in_the_log(caplog, settings):
    client = Client(raise_request_exception=False)

    with caplog.at_level(logging.ERROR, "partnership.refusals"):
        text = Page(client.get(reverse("about"))).text

    [said] = [each.getMessage() for each in caplog.records if each.name == "partnership.refusals"]
    reference = said.split()[1].rstrip(":")
    assert said == f"Reference {reference}: GET /about/"
    assert reference in text and settings.DEFAULT_FROM_EMAIL in text
