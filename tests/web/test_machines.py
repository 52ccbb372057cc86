"""What programs are told: site maps, what to leave alone, facts as JSON-LD, pictures."""

import json
import re
import struct
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import override_settings

from articles.languages import LANGUAGES, address_in
from registry.models import Entry
from registry.queries import public_pages
from tests import factories
from tests.web.reading import Page

pytestmark = pytest.mark.django_db

S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def tree(client, path):
    return ElementTree.fromstring(client.get(path).content)


def maps(client):
    return [
        loc.text.removeprefix(settings.SITE_URL)
        for loc in tree(client, "/sitemap.xml").iter(f"{S}loc")
    ]


def mapped(client):
    """Every address in every map, as often as it is there."""
    return [
        loc.text.removeprefix(settings.SITE_URL)
        for path in maps(client)
        for loc in tree(client, path).iter(f"{S}loc")
    ]


@pytest.mark.slow
def test_maps_hold_every_public_record_once_in_each_language_and_nothing_withdrawn(
    client, registry_data
):
    gone = factories.withdrawn(factories.activity()).get_absolute_url()
    public = Entry.objects.public().filter(noun__in=public_pages.NOUNS)
    records = [
        public_pages.path(noun, key)
        for noun, key in public.values_list("noun", "key")
        if noun != "article" or 3 <= int(key) <= 14
    ]

    addresses = mapped(client)

    assert len(addresses) == len(set(addresses))
    assert {address_in(path, code) for path in records for code in LANGUAGES} <= set(addresses)
    assert gone not in addresses
    standing = len(tree(client, "/sitemaps/pages-1.xml"))
    assert len(addresses) == len(records) * len(LANGUAGES) + standing


def test_page_in_a_map_names_itself_in_all_languages(client, registry_data):
    url = tree(client, "/sitemaps/article-1.xml").find(f"{S}url")

    named = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
    path = named["en"].removeprefix(settings.SITE_URL)
    assert named == {code: settings.SITE_URL + address_in(path, code) for code in LANGUAGES} | {
        "x-default": settings.SITE_URL + path
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", url.find(f"{S}lastmod").text)


def test_every_standing_page_in_the_map_is_there(client, registry_data):
    found = [
        loc.text.removeprefix(settings.SITE_URL)
        for loc in tree(client, "/sitemaps/pages-1.xml").iter(f"{S}loc")
    ]

    assert {"/", "/about/", "/privacy/", "/glossary/", "/fr/terms/"} <= set(found)
    assert {client.get(path).status_code for path in found if path.startswith(("/fr/", "/a"))} == {
        200
    }


@pytest.mark.parametrize(
    "path",
    ["activity-2", "activity-0", "pages-2", "term-1", "nothing-1", "activity-99999999999999999999"],
)
def test_map_that_there_is_not_is_not_found(client, registry_data, path):
    assert client.get(f"/sitemaps/{path}.xml").status_code == 404


def test_long_maps_are_cut(client, registry_data, monkeypatch):
    from registry.exchange import sitemaps

    monkeypatch.setattr(sitemaps, "PAGES", 100)

    activities = [path for path in maps(client) if "activity" in path]

    assert activities == [f"/sitemaps/activity-{number}.xml" for number in (1, 2, 3, 4)]
    sizes = [len(tree(client, path)) for path in activities]
    assert sizes == [600, 600, 600, 120]


def test_maps_ask_few_questions_however_long_they_are(
    client, registry_data, knowing, django_assert_num_queries
):
    client.get("/about/")
    with django_assert_num_queries(1):
        client.get("/sitemap.xml")
    for noun in ("area", "activity"):
        with django_assert_num_queries(1):
            client.get(f"/sitemaps/{noun}-1.xml")


def test_programs_are_told_what_to_leave_alone(client):
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    for path in ("/desk/", "/account/", "/admin/", "/search/", "/fr/feedback/", "/ar/review/"):
        assert f"Disallow: {path}" in lines
    assert lines[-1] == f"Sitemap: {settings.SITE_URL}/sitemap.xml"
    assert client.get("/fr/robots.txt").status_code == 404


def things(client, address):
    """What a page says of itself, by type."""
    content = client.get(address).content.decode()
    [said] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', content, re.DOTALL)
    graph = json.loads(said)
    assert graph["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in graph["@graph"]}


REQUIRED = {
    "/": ("WebSite", {"name", "url", "potentialAction", "publisher"}),
    "/data/": ("Dataset", {"name", "description", "url", "creator", "distribution", "version"}),
}


@pytest.mark.check("U-51")
@pytest.mark.parametrize("address", REQUIRED)
def test_page_says_what_it_is(client, registry_data, address):
    kind, required = REQUIRED[address]

    thing = things(client, address)[kind]

    assert required <= thing.keys()
    assert thing["url"] == f"{settings.SITE_URL}{address}"


def test_search_is_told_as_it_is_asked(client, registry_data):
    action = things(client, "/fr/")["WebSite"]["potentialAction"]

    template = action["target"]["urlTemplate"]
    assert template == f"{settings.SITE_URL}/fr/search/?q={{search_term_string}}"
    asked = template.removeprefix(settings.SITE_URL).replace("{search_term_string}", "gold")
    assert client.get(asked).status_code == 200


def test_files_of_the_data_set_can_be_taken(client, registry_data):
    files = things(client, "/data/")["Dataset"]["distribution"]

    assert len(files) == 20
    for file in files[:4]:
        response = client.get(file["contentUrl"].removeprefix(settings.SITE_URL))
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(file["encodingFormat"])
        b"".join(response)


def test_list_says_where_it_stands(client, registry_data):
    trail = things(client, "/fr/partners/")["BreadcrumbList"]["itemListElement"]

    assert [step["position"] for step in trail] == [1, 2]
    assert [step["item"] for step in trail] == [
        f"{settings.SITE_URL}/fr/",
        f"{settings.SITE_URL}/fr/partners/",
    ]


PICTURES = {
    "/cards/site.png",
    "/cards/article/7.png",
    "/cards/country/gh.png",
    "/cards/partner/unep.png",
    "/cards/area/asgm.png",
    "/fr/cards/article/7.png",
    "/ar/cards/article/7.png",
    "/zh/cards/country/cn.png",
    "/ru/cards/area/asgm.png",
}


def size(picture):
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", picture[16:24])


@pytest.mark.parametrize("address", sorted(PICTURES))
def test_picture_has_its_size_and_is_everybodys(client, registry_data, address):
    response = client.get(address)

    assert response.headers["Content-Type"] == "image/png"
    assert "public" in response.headers["Cache-Control"]
    assert size(response.content) == (1200, 630)
    assert len(response.content) < 300_000


def test_picture_of_every_kind_of_record_is_drawn(client, registry_data):
    for noun in ("activity", "guidance", "meeting", "contribution", "decision"):
        key = Entry.objects.public().filter(noun=noun).order_by("-pk")[0].key

        assert size(client.get(f"/cards/{noun}/{key}.png").content) == (1200, 630)


@pytest.mark.parametrize(
    "path", ["activity/none", "term/pag", "article/1", "article/99", "country/xx", "user/1"]
)
def test_there_is_no_picture_of_what_has_no_page(client, registry_data, path):
    assert client.get(f"/cards/{path}.png").status_code == 404


def test_picture_of_a_withdrawn_record_is_gone(client, registry_data):
    activity = factories.activity()
    address = f"/cards/activity/{activity.slug}.png"
    assert client.get(address).status_code == 200

    factories.withdrawn(activity)

    assert client.get(address).status_code == 410


@override_settings(SITE_URL="https://registry.example")
def test_addresses_are_those_of_the_public_site(client):
    page = Page(client.get("/about/"))

    assert page.canonical == "https://registry.example/about/"
    assert "https://registry.example/sitemap.xml" in client.get("/robots.txt").content.decode()


RECORDS = {
    "/activities/{}/": ("activity", "Project"),
    "/guidance/{}/": ("guidance", "CreativeWork"),
    "/partners/{}/": ("partner", "Organization"),
    "/meetings/{}/": ("meeting", "Event"),
    "/areas/{}/": ("area", "WebPage"),
    "/countries/{}/": ("country", "WebPage"),
    "/articles/{}/": ("article", "Legislation"),
    "/decisions/{}/": ("decision", "WebPage"),
}


@pytest.mark.check("U-51")
@pytest.mark.parametrize("address", RECORDS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_page_of_a_record_says_what_it_is_about(client, registry_data, address, language):
    noun, kind = RECORDS[address]
    found = Entry.objects.public().filter(noun=noun, body__contains='"place":"Geneva"')
    found = found if noun == "meeting" else Entry.objects.public().filter(noun=noun)
    key = "7" if noun == "article" else found.order_by("pk")[0].key.lower()
    path = address_in(address.format(key), language)

    said = things(client, path)

    assert set(said) == {kind, "BreadcrumbList"}
    assert said[kind]["url"] == said[kind]["mainEntityOfPage"] == settings.SITE_URL + path
    steps = said["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert steps[-1]["item"] == settings.SITE_URL + path
    assert all(step["name"].strip() for step in steps)


def test_page_of_a_record_shows_its_own_picture(client, registry_data):
    content = client.get("/partners/unep/").content.decode()
    arabic = client.get("/ar/partners/unep/").content.decode()
    french = client.get("/fr/partners/unep/").content.decode()

    picture = f'property="og:image" content="{settings.SITE_URL}'
    assert f'{picture}/cards/partner/unep.png"' in content
    assert f'{picture}/cards/partner/unep.png"' in arabic
    assert f'{picture}/fr/cards/partner/unep.png"' in french


def test_title_of_a_record_ends_no_element(client):
    activity = factories.activity(title="</script><script>alert(1)</script>")

    content = client.get(activity.get_absolute_url()).content.decode()

    assert "<script>alert" not in content
    thing = things(client, activity.get_absolute_url())["Project"]
    assert thing["name"] == "</script><script>alert(1)</script>"
