"""The page of a country: where it stands, its dates, its obligations in words, what is done."""

import datetime as dt
import re

import pytest

from registry.queries.articles import listing
from registry.queries.finder import duties
from tests import factories
from tests.web.reading import Page

TODAY = dt.date(2026, 11, 25)
NOBODY = duties.Standing("TK", duties.Kind.NONE)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry_data")]


def text_of(client, address):
    return " ".join(Page(client.get(address)).text.split())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("gh", "Party to the Minamata Convention in force since 16 August 2017"),
        ("et", "Signatory of the Minamata Convention, not a Party signed on"),
        ("tk", "Not recorded as a Party to the Minamata Convention no signature"),
    ],
)
def test_standing_is_said_plainly(client, code, said):
    text = text_of(client, f"/countries/{code}/")

    assert said in text
    assert ("mostly missing here" in text) == (code != "gh")


def test_dates_of_a_party_stand_among_those_of_the_convention(client):
    content = client.get("/countries/gh/").content.decode()

    line = content[content.index('class="timeline"') :]
    found = re.findall(
        r'<li( class="main")?><time datetime="([\d-]+)">', line[: line.index("</ol>")]
    )
    assert [(day, bool(is_main)) for is_main, day in found] == [
        ("2013-10-10", False),
        ("2014-09-24", True),
        ("2017-03-23", True),
        ("2017-08-16", False),
        ("2017-08-16", True),
    ]


def test_country_that_did_nothing_has_the_dates_of_the_convention_alone(client):
    content = client.get("/countries/tk/").content.decode().partition("</main>")[0]

    assert re.findall(r'<time datetime="([\d-]+)">', content) == ["2013-10-10", "2017-08-16"]


def test_obligations_with_a_deadline_are_those_of_the_articles(client):
    page = Page(client.get("/countries/gh/"))

    told = [link for link in page.links if re.fullmatch(r"/articles/\d+/#p[\d.()a-z]+", link)]
    assert told == [
        f"/articles/{number}/#p{provision.paragraph}"
        for number, provisions in duties.with_deadlines(NOBODY, TODAY)
        for provision in provisions
    ]
    assert len(told) == 17
    assert "16 August 2032 coming due 15 years after entry into force for the Party" in page.text
    assert "not before 16 August 2020" in page.text


def test_territory_has_no_obligations_of_its_own(client):
    assert "Obligations with a deadline" not in text_of(client, "/countries/tk/")
    assert "Obligations with a deadline, once it is a Party" in text_of(client, "/countries/et/")


def test_guidance_in_the_languages_of_its_plans_is_counted(client):
    content = client.get("/countries/bf/").content.decode()

    n = listing("guidance", language="fr").count()
    assert f'<a href="/guidance/?language=fr"><bdi>Français</bdi></a> <span class="count">{n}' in (
        content
    )
    assert "Guidance in its languages" not in text_of(client, "/countries/gh/")


def test_guidance_of_its_government_is_shown(client):
    ministry = factories.partner(type="government", country="GH")
    factories.guidance(title="Quicksilverado guide", publishers=[ministry.slug])

    text = text_of(client, "/countries/gh/")

    assert "Guidance produced here 1 Quicksilverado guide" in text
    assert "1 guidance document from here" in text


def test_groups_lead_to_their_lists(client):
    page = Page(client.get("/countries/bf/"))

    assert {"/countries/?ldc=true", "/countries/?lldc=true"} <= set(page.links)
    assert page.facts["Groups"] == "least developed countrylandlocked developing country"
    assert Page(client.get("/countries/gh/")).facts["Groups"] == "none of LDC, LLDC, SIDS"
