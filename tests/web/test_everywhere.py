"""What stands around every page: the same order, the same way on, each address said right."""

import datetime as dt
import re
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import resolve

from articles.languages import LANGUAGES, RIGHT_TO_LEFT, address_in
from registry.models import Entry
from registry.queries import revision
from registry.web import pages as about_us
from tests import factories
from tests.web.reading import Page
from tests.web.test_rules import PAGES, an_address

pytestmark = pytest.mark.django_db

# Files, and figures that others frame.
NOT_FRAMED = ("-feed", "card", "figure-file", "figure-embed", "brief")
KINDS = {
    "home": "/",
    "article": "/articles/7/",
    "articles": "/articles/",
    "activities": "/activities/",
    "filtered": "/activities/?article=7&q=gold",
    "guidance": "/guidance/",
    "areas": "/areas/",
    "partners": "/partners/",
    "partner": "/partners/unep/",
    "countries": "/countries/",
    "country": "/countries/gh/",
    "search": "/search/?q=gold",
    "data": "/data/",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "terms": "/terms/",
    "privacy": "/privacy/",
    "feedback": "/feedback/",
    "sign-in": "/account/sign-in/",
    "lost": "/nope/",
}


class Outline(HTMLParser):
    """The landmarks of a page in their order, and what is marked as the current one."""

    def __init__(self, response):
        super().__init__()
        self.landmarks, self.current, self._address = [], [], ""
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        # A record has a head of its own, inside of what is the page's.
        is_inner = tag == "header" and "main" in self.landmarks
        is_landmark = tag in ("header", "main", "footer") and not is_inner
        if is_landmark or (tag == "nav" and "aria-label" in given):
            self.landmarks.append(given.get("aria-label", tag))
        if given.get("role") == "search":
            self.landmarks.append("search")
        if tag == "a" and "aria-current" in given and "hreflang" not in given:
            self.current.append((given["href"], given["aria-current"]))


@pytest.mark.check("U-13")
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_the_same_things_in_the_same_order(client, kind):
    landmarks = Outline(client.get(KINDS[kind])).landmarks

    expected = ["header", "Language", "Main", "search", "main", "footer", "More"]
    assert [each for each in landmarks if each in expected] == expected


@pytest.mark.check("U-04")
@pytest.mark.parametrize("kind", KINDS)
def test_way_past_the_menu_comes_first(client, kind):
    page = Page(client.get(KINDS[kind]))

    assert page.links[0] == "#main"
    assert page.ids.count("main") == 1


def test_every_link_of_the_foot_leads_somewhere(client):
    content = client.get("/glossary/").content.decode()
    foot = Page(type("Part", (), {"content": content.partition("<footer")[2].encode()}))
    inside = [link for link in foot.links if not link.startswith(("/desk/", "/admin/"))]

    answers = {link: client.get(urlsplit(link).path).status_code for link in inside}

    assert set(answers.values()) == {200}
    for place in ("/about/", "/about/#credits", "/api/v1/docs/", "/accessibility/", "/terms/"):
        assert place in answers
    assert "/privacy/" in answers
    assert "/feedback/?about=%2Fglossary%2F" in answers


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/", []),
        ("/activities/", [("/activities/", "page")]),
        ("/activities/?article=7", [("/activities/", "page")]),
        ("/articles/7/", [("/articles/", "true")]),
        ("/fr/countries/gh/", [("/fr/countries/", "true")]),
        ("/about/", []),
    ],
)
def test_menu_says_where_one_is(client, address, current):
    assert Outline(client.get(address)).current == current


def test_menu_is_drawn_once_for_a_place_whatever_the_address(client):
    from registry.templatetags import steady

    steady._drawn.cache_clear()

    for address in ("/activities/", "/activities/?q=a", "/activities/?q=b", "/activities/none/"):
        client.get(address)

    # The foot; the menu at the list, and within it.
    assert steady._drawn.cache_info().currsize == 3


@pytest.mark.check("U-33")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/activities/", "/articles/7/", "/about/", "/countries/gh/"])
def test_each_language_has_its_own_address_and_names_the_others(client, path, language):
    response = client.get(address_in(path, language))

    page = Page(response)
    addresses = {code: settings.SITE_URL + address_in(path, code) for code in LANGUAGES}
    assert page.canonical == addresses[language]
    assert page.languages == addresses | {"x-default": addresses["en"]}
    assert (page.lang, response.headers["Content-Language"]) == (language, language)
    assert f'dir="{"rtl" if language in RIGHT_TO_LEFT else "ltr"}"' in response.content.decode()


@pytest.mark.check("U-33")
@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("?article=7", ""),
        ("?q=gold&sort=title", ""),
        ("?article=7&page=2", ""),
        ("?page=1", ""),
        ("?page=2", "?page=2"),
        ("?q=&page=3", "?page=3"),
    ],
)
def test_narrowed_list_is_the_list_and_its_second_page_is_itself(client, asked, canonical):
    page = Page(client.get(f"/fr/activities/{asked}"))

    assert page.canonical == f"{settings.SITE_URL}/fr/activities/{canonical}"
    assert page.languages["ar"] == f"{settings.SITE_URL}/ar/activities/{canonical}"


@pytest.mark.check("U-30")
@pytest.mark.parametrize("address", ["/activities/?article=7&q=gold&page=1", "/countries/gh/"])
def test_switch_keeps_page_and_filters(client, address):
    content = client.get(address).content.decode()
    switch = content.partition('aria-label="Language"')[2].partition("</nav>")[0]

    marks = r'hreflang="(\w+)" lang="(\w+)" dir="(\w+)"( aria-current="true")?'
    links = re.findall(rf'<a href="([^"]+)" {marks}>([^<]+)', switch)

    assert [(code, said, name) for _address, code, said, _dir, _now, name in links] == [
        (code, code, name) for code, name in LANGUAGES.items()
    ]
    assert [link[0].replace("&amp;", "&") for link in links] == [
        address_in(address, code) for code in LANGUAGES
    ]
    assert [link[1] for link in links if link[4]] == ["en"]
    assert [link[1] for link in links if link[3] == "rtl"] == ["ar"]


def test_foot_says_how_new_the_data_are(client):
    factories.activity()
    number, newest = revision.latest(), Entry.objects.order_by("-revision")[0].changed_at

    text = " ".join(Page(client.get("/terms/")).text.split())

    assert number < 1000  # or there is a space in it
    assert f"Data: revision {number}, last changed on {newest.day} {newest:%B %Y}." in text


@pytest.mark.parametrize(
    "address",
    ["/account/sign-in/", "/invitations/secret-of-somebody/", "/messages/secret/", "/nope/"],
)
def test_address_that_may_be_a_key_is_not_told_to_the_form(client, address):
    links = Page(client.get(address)).links

    assert [link for link in links if link.startswith("/feedback/")] == ["/feedback/"]


@pytest.mark.parametrize("name", [n for n in sorted(PAGES) if not n.endswith(NOT_FRAMED)])
def test_every_public_page_can_be_reported(client, registry_data, name):
    address = an_address(name)

    links = Page(client.get(address)).links

    assert f"/feedback/?{urlencode({'about': address})}" in links


def test_pages_set_no_cookie(client):
    for address in KINDS.values():
        if address not in ("/feedback/", "/account/sign-in/"):
            assert client.get(address).cookies == {}, address


def test_names_of_cookies_on_the_page_about_privacy_are_the_true_ones(client):
    text = Page(client.get("/privacy/")).text

    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert name in text
    assert "erased after 12 months" in " ".join(text.split())


@pytest.mark.check("U-21")
@pytest.mark.parametrize("day", ["ACCESSIBILITY_ON", "PRIVACY_ON", "TERMS_ON"])
def test_statements_are_not_a_year_old(day):
    age = dt.date.today() - getattr(about_us, day)

    assert age <= dt.timedelta(days=365), "Hold the page against the site anew, then set the day."


@pytest.mark.check("U-21")
@pytest.mark.check("U-38")
def test_statements_name_a_way_to_reach_somebody(client):
    for address in ("/accessibility/", "/terms/", "/privacy/"):
        page = Page(client.get(address))

        assert settings.DEFAULT_FROM_EMAIL in page.text, address
        assert [link for link in page.links if link.startswith("/feedback/")], address


@pytest.mark.check("U-11")
def test_choice_of_colours_adds_itself_and_is_read_before_anything_is_drawn(client):
    content = client.get("/about/").content.decode()
    script = finders.find("js/theme.js")

    # In the head, not deferred; and what cannot work without it is hidden.
    assert re.search(r'<script src="/static/js/theme\.js"></script>', content.partition("<body")[0])
    assert "data-themes hidden>" in content
    with open(script, "rb") as file:
        assert len(file.read()) < 1024


@pytest.mark.check("U-11")
def test_no_sheet_asks_for_the_dark_theme_past_the_choice():
    """Colours of both themes are said by light-dark(), which follows the system and the choice."""
    folder = settings.BASE_DIR / "static" / "css"

    sheets = {file.name: file.read_text() for file in folder.glob("*.css")}

    assert [name for name, text in sheets.items() if "prefers-color-scheme" in text] == []


@pytest.mark.check("U-10")
def test_nothing_moves_for_who_wants_no_motion():
    folder = settings.BASE_DIR / "static" / "css"
    moving = re.compile(r"\b(?:transition|animation|scroll-behavior)\s*:")
    wanted = "prefers-reduced-motion: no-preference"

    sheets = {file.name: file.read_text() for file in folder.glob("*.css")}

    assert [
        name for name, text in sheets.items() if moving.search(text) and wanted not in text
    ] == []


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in ("lost", "sign-in", "feedback")])
def test_other_sites_can_show_a_link_to_every_page(client, kind):
    content = client.get(KINDS[kind]).content.decode()

    named = dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', content))
    page = Page(client.get(KINDS[kind]))
    assert named["og:title"].replace("&#x27;", "'") == page.title.strip()
    assert named["og:description"] == named["description"] != ""
    assert named["og:url"] == page.canonical
    assert (named["og:type"], named["twitter:card"]) == ("website", "summary_large_image")
    picture = urlsplit(named["og:image"]).path
    assert resolve(picture).url_name in ("card", "site-card")
    assert client.get(picture).headers["Content-Type"] == "image/png"
