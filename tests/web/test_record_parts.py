"""The pages of records are built alike: facts first, relations next, where they come from last."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from articles.models import Country
from partnership import urls
from registry.models import Entry
from registry.queries.representation import read_body
from tests import factories
from tests.web.reading import Page
from tests.web.test_pages import found

pytestmark = pytest.mark.django_db

NOUNS = (
    "activity",
    "area",
    "contribution",
    "country",
    "decision",
    "guidance",
    "meeting",
    "partner",
)
ADDRESSES = ("/articles/7/", "/articles/12/", "/countries/gh/", "/areas/asgm/", "/partners/unep/")
RELATION = re.compile(
    r'<section class="relation"[^>]*>\s*<h2[^>]*>.*?<span class="count">([\d\u202f]+)</span></h2>'
    r'(?:(?!</section>).)*?<p class="all"><a href="([^"]+)">',
    re.DOTALL,
)
STAT = re.compile(r'<li><a href="(/[^"]+)"><strong>([\d\u202f]+)</strong>')
ALSO = re.compile(r'<li><a href="([^"]+)">[^<]+</a> <span class="count">([\d\u202f]+)</span></li>')
CELL = re.compile(r'<td><div><a href="([^"]+)">([\d\u202f]+)</a>')


class Outline(HTMLParser):
    """The headings of a page by level and id, its places in their order, and what is in each dd."""

    def __init__(self, response):
        super().__init__()
        self.levels, self.places, self.said = [], [], []
        self._is_inside, self._is_over = False, False
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attributes):
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
            # The places of the frame are not those of the record.
            self.places += [] if self._is_over else [dict(attributes).get("id")]
        if tag == "dd":
            self.said.append("")
            self._is_inside = True

    def handle_endtag(self, tag):
        self._is_inside = self._is_inside and tag != "dd"
        self._is_over = self._is_over or tag == "main"

    def handle_data(self, data):
        if self._is_inside:
            self.said[-1] += data.strip()


def number(text):
    return int(text.replace("\u202f", ""))


def numbers(pattern, content, order=(0, 1)):
    """What a pattern finds in a page: address of a list, and the number said of it."""
    pairs = [(pair[order[0]], pair[order[1]]) for pair in pattern.findall(content)]
    return [(unescape(address), number(n)) for address, n in pairs]


def wrong(client, told):
    """The numbers that are not those of their lists."""
    return [(address, n) for address, n in told if found(client.get(address)) != n]


def addresses():
    """Pages of each noun: the first and the last of its records."""
    for noun in NOUNS:
        entries = Entry.objects.public().filter(noun=noun).order_by("key")
        yield from (read_body(entry.body)["path"] for entry in (entries[0], entries.last()))


def test_headings_are_in_order_and_nothing_is_left_empty(client, registry_data):
    for address in (*addresses(), *ADDRESSES):
        page = Outline(client.get(address))

        steps = [
            after - before for before, after in zip(page.levels, page.levels[1:], strict=False)
        ]
        assert page.levels.count(1) == 1, address
        assert max(steps) <= 1, address
        assert "" not in page.said, address


def test_facts_come_first_and_where_they_come_from_last(client, registry_data):
    for address in addresses():
        places = Outline(client.get(address)).places

        assert places[:2] == [None, "facts"], address
        assert places[-2:] == ["cite", "provenance"], address


def test_article_has_guidance_first_and_where_it_comes_from_last(client, registry_data):
    named = [place for place in Outline(client.get("/articles/7/")).places if place]

    order = ["guidance", "asks", "dates", "activities", "who", "decisions", "contribute"]
    assert [place for place in named if not place.startswith("kind-")] == [
        *order,
        "cite",
        "provenance",
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_short_list_says_how_long_its_list_is(client, registry_data, address):
    told = numbers(RELATION, client.get(address).content.decode(), order=(1, 0))

    assert len(told) >= 1
    assert wrong(client, told) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_strip_says_how_long_lists_are(client, registry_data, address):
    content = client.get(address).content.decode()
    strip = content[content.index('<ul class="strip">') :]
    told = numbers(STAT, strip[: strip.index("</ul>")])

    assert wrong(client, told) == []


def test_see_also_says_how_long_lists_are(client, registry_data):
    guide = next(
        body
        for body in map(
            read_body, Entry.objects.filter(noun="guidance").values_list("body", flat=True)
        )
        if len(body["articles"]) == 1 and len(body["publishers"]) == 1
    )

    told = numbers(ALSO, client.get(guide["path"]).content.decode())

    assert [address.partition("?")[0] for address, _n in told] == [
        "/guidance/",
        "/activities/",
        "/guidance/",
    ]
    assert wrong(client, told) == []


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/areas/asgm/", "/countries/gh/", "/partners/unep/"])
def test_table_of_numbers_says_how_long_lists_are(client, registry_data, address):
    told = numbers(CELL, client.get(address).content.decode())

    assert len(told) > 9
    assert wrong(client, told) == []


def test_citation_names_who_when_what_and_where(client, registry_data):
    publisher = factories.partner(name="Quicksilver Institute")
    document = factories.guidance(title="A guide", year=2019, publishers=[publisher.slug])

    text = Page(client.get(document.get_absolute_url())).text

    said = " ".join(text[text.index("How to cite") : text.index("Permanent address")].split())
    day = document.updated_at.strftime("%-d %B %Y")
    assert said == (
        "How to cite Quicksilver Institute (2019). A guide. Registry of the Global Mercury "
        f"Partnership, version 1 of {day}. http://127.0.0.1:8000/guidance/{document.slug}/"
    )


def test_citation_of_the_reference_book_names_the_revision(client, registry_data):
    text = " ".join(Page(client.get("/articles/7/")).text.split())

    assert re.search(
        r"Article 7\. Artisanal and small-scale gold mining\. Registry of the Global Mercury "
        r"Partnership, revision [\d\u202f]+\. http://127.0.0.1:8000/articles/7/",
        text,
    )


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_record_offers_its_forms_and_its_permanent_address(client, registry_data, prefix):
    activity = factories.activity(source="https://www.example.org/a", source_system="GEF")
    permanent = reverse("activity-detail", args=[activity.slug])

    page = Page(client.get(f"{prefix}{permanent}"))

    assert f"/api/v1/activities/{activity.slug}/" in page.alternates
    assert f"/api/v1/activities/{activity.slug}/" in page.links
    # The permanent address names no language.
    assert permanent in page.links
    assert "example.org" in page.facts.values()


def reporting(request):
    """Stands for the form about errors."""
    raise Http404


class WithForm:
    """The routes of the site, and one of the form about errors."""

    urlpatterns = [path("feedback/", reporting, name="feedback"), *urls.urlpatterns]
    handler404 = urls.handler404


@pytest.mark.parametrize("address", ["/articles/7/", "/countries/gh/", "/areas/asgm/"])
def test_error_can_be_reported_where_there_is_a_form(client, registry_data, settings, address):
    settings.ROOT_URLCONF = WithForm

    page = Page(client.get(address))

    assert f"/feedback/?about={quote(address, safe='')}" in page.links


def test_licence_is_said_and_none_is_invented(client, registry_data):
    facts = Page(client.get("/areas/asgm/")).facts

    assert facts["Licence of the data"] == (
        "Not decided yet: until then all rights are reserved. Using and citing it"
    )


def test_long_title_is_set_smaller(client, registry_data):
    short = factories.activity(title="Short")
    long = factories.activity(title="Mercury " * 30)

    assert "<h1>" in client.get(short.get_absolute_url()).content.decode()
    assert '<h1 class="long">' in client.get(long.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Partner of the Global Mercury Partnership"),
        (
            {"standing": "named", "type": "", "evidence": ""},
            "Not a partner of the Global Mercury Partnership",
        ),
    ],
)
def test_organisation_says_whether_it_is_a_partner(client, registry_data, values, said):
    organisation = factories.partner(**values)

    content = client.get(organisation.get_absolute_url()).content.decode()

    assert re.search(rf'<strong class="standing[^"]*">{said}</strong>', content)


def test_roles_of_a_partner_are_counted_apart(client, registry_data):
    partner = factories.partner()
    for role in ("lead", "lead", "funding"):
        factories.activity(participations=[{"partner": partner.slug, "role": role}])

    content = client.get(partner.get_absolute_url()).content.decode()

    assert numbers(STAT, content) == [
        (f"/activities/?lead={partner.slug}", 2),
        (f"/activities/?funder={partner.slug}", 1),
    ]


def test_entities_that_an_association_represents_stand_apart(client, registry_data):
    association = factories.partner(is_association=True, represented_count=40)
    factories.partner(
        name="Mercury-free dentists", standing="represented", represented_by=association.slug
    )

    text = " ".join(Page(client.get(association.get_absolute_url())).text.split())

    assert "Entities it represents 1 Mercury-free dentists" in text
    assert "Represents 40 entities, as it says" in text


# Where lists are held, a page asks for bodies, and for what no list holds. Names of organisations
# are too many to be held: each list that is narrowed by one asks whether there is one.
QUESTIONS = {"activity": 3, "guidance": 3, "partner": 17, "area": 4, "country": 4, "article": 9}


@pytest.mark.slow
@pytest.mark.parametrize("noun", QUESTIONS)
def test_page_asks_the_database_as_often_for_much_as_for_little(
    client, registry_data, knowing, noun, django_capture_on_commit_callbacks
):
    asked = []

    for many in (1, 3, 25):
        with django_capture_on_commit_callbacks(execute=True):
            address = a_page_with(noun, many)
        connection.run_on_commit.clear()
        client.get(address)  # what is held is read once
        with CaptureQueriesContext(connection) as questions:
            client.get(address)
        asked.append(len(questions))

    assert asked == [QUESTIONS[noun]] * 3


def a_page_with(noun, many):
    """A page to which so many records belong; or which itself belongs to so many."""
    area, partner = factories.area(), factories.partner()
    codes = list(Country.objects.order_by("code").values_list("code", flat=True)[:many])
    articles = [{"article": number, "basis": "stated"} for number in range(3, 15)][:many]
    for at in range(many):
        activity = factories.activity(
            areas=[area.slug],
            countries=codes,
            articles=articles,
            participations=[{"partner": partner.slug, "role": "lead"}],
            start=str(2000 + at),
        )
        document = factories.guidance(
            areas=[area.slug], articles=articles, publishers=[partner.slug]
        )
    records = {"activity": activity, "guidance": document, "partner": partner, "area": area}
    if noun in records:
        return records[noun].get_absolute_url()
    return {"country": f"/countries/{codes[0].lower()}/", "article": "/articles/3/"}[noun]
