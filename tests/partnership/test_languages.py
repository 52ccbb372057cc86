"""The language of an address, and what follows from it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles.languages import LANGUAGES, address_in, language_of, without_language
from registry.models import Entry
from tests import factories
from tests.web.reading import Page

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/articles/7/",
    "/activities/?article=7",
    "/countries/gh/",
    "/about/",
    "/search/?q=汞",
)


@pytest.mark.parametrize(
    ("path", "language", "plain"),
    [
        ("/", "en", "/"),
        ("/fr/", "fr", "/"),
        ("/zh/articles/7/", "zh", "/articles/7/"),
        ("/french/", "en", "/french/"),
        ("/fr", "fr", "/fr"),
        ("/ar//evil.example/", "ar", "/evil.example/"),
    ],
)
def test_an_address_names_its_language(path, language, plain):
    assert (language_of(path), without_language(path)) == (language, plain)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_page_speaks_the_language_of_its_address(code, path):
    response = Client().get(address_in(path, code), headers={"accept-language": "ru"})
    page = Page(response)

    assert response.status_code == 200
    assert (page.lang, response.headers["Content-Language"]) == (code, code)
    assert "Accept-Language" not in response.headers["Vary"]
    bare = path.partition("?")[0]
    assert page.canonical == f"http://127.0.0.1:8000{address_in(bare, code)}"
    assert page.languages == {
        **{each: f"http://127.0.0.1:8000{address_in(bare, each)}" for each in LANGUAGES},
        "x-default": f"http://127.0.0.1:8000{bare}",
    }


@pytest.mark.parametrize("code", set(LANGUAGES) - {"en"})
def test_links_of_a_page_stay_in_its_language(code):
    page = Page(Client().get(f"/{code}/activities/"))

    ours = [link for link in page.links if link.startswith("/") and "/api/" not in link]

    assert len(ours) > 40
    assert {link for link in ours if language_of(link) != code} == set()


def test_switch_keeps_page_and_filters():
    content = Client().get("/fr/activities/?article=7&country=GH").content.decode()

    for code, name in LANGUAGES.items():
        there = address_in("/activities/?article=7&amp;country=GH", code)
        assert f'<a href="{there}" hreflang="{code}" lang="{code}"' in content
        assert name in content


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/en/articles/7/?a=b", "/articles/7/?a=b"),
        ("/en//evil.example/", "/evil.example/"),
        ("/en/", "/"),
    ],
)
def test_english_has_one_address(asked, told):
    response = Client().get(asked)

    assert (response.status_code, response.headers["Location"]) == (301, told)


def test_what_is_stored_speaks_english_whoever_stores_it():
    with translation.override("fr"):
        activity = factories.activity(countries=["DE"])
        assert reverse("activity-detail", args=[activity.slug]).startswith("/fr/activities/")

    body = Entry.objects.get(noun="activity", key=activity.slug).body

    assert f'"path":"/activities/{activity.slug}/"' in body
    assert '"name":"Germany"' in body


@pytest.mark.parametrize(
    ("code", "country", "article", "day"),
    [
        ("ar", "بوركينا فاسو", "تعدين الذهب الحرفي والضيق النطاق", "16 أغسطس 2017"),
        ("zh", "布基纳法索", "手工和小规模采金业", "2017年8月16日"),
        ("fr", "Burkina Faso", "Extraction minière artisanale et à petite échelle", "16 août 2017"),
        ("ru", "Буркина-Фасо", "", "16 августа 2017"),
        ("es", "Burkina Faso", "Extracción de oro artesanal", "16 de agosto de 2017"),
    ],
)
def test_names_titles_and_dates_are_those_of_the_language(code, country, article, day):
    text = Page(Client().get(f"/{code}/")).text

    assert country in text
    assert article in text
    assert day in text
