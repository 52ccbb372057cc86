"""The page of every record: its words, its source, and what is not recorded of it."""

from urllib.parse import urlsplit

import pytest
from django.utils.html import escape

from registry.actions import contributions, guidance, meetings, partners
from registry.models import Entry
from registry.permissions import SYSTEM
from registry.queries.representation import read_body
from registry.queries.stored import body_of
from tests import factories
from tests.web.reading import Page

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


def heading(noun, body):
    """What the page of a record is headed with, at least."""
    if noun == "country":
        return body["names"]["en"]
    if noun == "decision":
        return body["code"] or "code not certain"
    return body.get("title") or body.get("purpose") or body["name"]


def source(body):
    """What is shown of a source: the host of an address, or the words."""
    host = (urlsplit(body["source"]).hostname or "").removeprefix("www.")
    return host if body["source"].startswith(("http://", "https://")) else body["source"]


def differing(noun):
    """Of all records of a noun, one for each set of things that are recorded and that are not."""
    bodies = [read_body(entry.body) for entry in Entry.objects.public().filter(noun=noun)]
    return {tuple(bool(value) for value in body.values()): body for body in bodies}.values()


@pytest.mark.slow
@pytest.mark.parametrize("noun", NOUNS)
def test_every_record_has_its_page(client, registry_data, noun):
    bodies = differing(noun)

    for body in bodies:
        response = client.get(body["path"])

        content = response.content.decode()
        main = content[content.index("<h1") : content.index("</h1>")]
        assert response.status_code == 200, body["path"]
        assert escape(heading(noun, body)).lower() in main.lower(), body["path"]
        if "source" in body:
            assert escape(source(body)) in content, body["path"]
    assert bodies


def test_what_is_not_recorded_of_an_activity_is_said(client, registry_data):
    activity = factories.activity()

    page = Page(client.get(activity.get_absolute_url()))

    unknown = ("Dates", "Status", "Countries", "Funding as reported", "Attribution", "Source")
    assert {name: page.facts[name] for name in unknown} == dict.fromkeys(unknown, "not recorded")
    assert page.facts["Confirmation"] == "Not confirmed by a partner since it was recorded."
    assert page.facts["Reference"] == activity.reference
    assert "No summary is recorded." in page.text


def test_what_is_not_recorded_of_a_document_is_said(client, registry_data):
    document = factories.guidance()

    page = Page(client.get(document.get_absolute_url()))

    unknown = ("Published by", "Year", "Source")
    assert {name: page.facts[name] for name in unknown} == dict.fromkeys(unknown, "not recorded")
    assert "No abstract is recorded." in page.text


def test_what_is_not_recorded_of_an_organisation_is_said(client, registry_data):
    organisation = factories.partner()

    page = Page(client.get(organisation.get_absolute_url()))

    unknown = ("Seat", "Web site", "Joined", "Source")
    assert {name: page.facts[name] for name in unknown} == dict.fromkeys(unknown, "not recorded")
    assert "No activity is recorded." in page.text
    assert "No publication is recorded." in page.text


def test_what_is_not_recorded_of_money_is_said(client, registry_data):
    gift = factories.contribution()

    page = Page(client.get(gift.get_absolute_url()))

    unknown = ("Years", "Amount as reported", "Form", "Serves", "Kind", "Source")
    assert {name: page.facts[name] for name in unknown} == dict.fromkeys(unknown, "not recorded")


def test_page_of_an_activity_tells_what_its_entry_tells(client, registry_data):
    body = next(
        read_body(entry.body)
        for entry in Entry.objects.public().filter(noun="activity", key__startswith="gef-9173-")
    )

    page = Page(client.get(body["path"]))

    assert page.facts["Reference"] == body["reference"]
    assert page.facts["GEF number"] == "9173"
    assert page.facts["Countries"] == ", ".join(each["name"] for each in body["countries"])
    for partner in body["partners"]:
        assert f"/partners/{partner['slug']}/" in page.links
    for article in body["articles"]:
        assert f"/articles/{article['number']}/" in page.links


def test_page_of_an_area_shows_its_leads_plan_and_numbers(client, registry_data):
    body = body_of("area", "asgm")

    page = Page(client.get("/areas/asgm/"))

    for lead in body["leads"]:
        assert f"/partners/{lead['slug']}/" in page.links
    for action in body["priority_actions"]:
        assert action["title"] in page.text
    assert "/activities/?area=asgm" in page.links
    assert "/guidance/?area=asgm" in page.links


def test_organisation_that_is_no_partner_is_never_called_one(client, registry_data):
    named = factories.partner(standing="named", type="", evidence="")

    content = client.get(named.get_absolute_url()).content.decode()

    assert "Named in a record, not a partner" in content


# Gone, and never there

WITHDRAWALS = {
    "guidance": (factories.guidance, guidance),
    "partner": (factories.partner, partners),
    "meeting": (factories.meeting, meetings),
    "contribution": (factories.contribution, contributions),
}
TITLE = {"partner": "name", "contribution": "purpose"}


@pytest.mark.parametrize("noun", WITHDRAWALS)
def test_withdrawn_record_is_gone_without_a_word_of_it(client, registry_data, noun):
    make, actions = WITHDRAWALS[noun]
    record = make(**{TITLE.get(noun, "title"): "Quicksilverado memories"})
    actions.withdraw(record=record, version=1, reason="Zinnwaldite affair.", by=SYSTEM)

    response = client.get(record.get_absolute_url())

    page = Page(response)
    assert response.status_code == 410
    assert page.headings == ["This record was withdrawn"]
    assert "Quicksilverado" not in response.content.decode()
    assert "Zinnwaldite" not in response.content.decode()
    assert {"/", "/activities/", "/guidance/"} <= set(page.links)


@pytest.mark.slow
def test_withdrawn_record_leaves_every_list_and_page(client, registry_data):
    words = {"title": "Quicksilverado project", "areas": ["cement"], "countries": ["AD"]}
    articles = [{"article": 8, "basis": "stated"}]
    activity = factories.activity(**words, articles=articles, start="2026")
    places = ("/", "/articles/8/", "/areas/cement/", "/countries/ad/", "/search/?q=quicksilverado")
    places += ("/activities/", "/activities/?country=AD")
    seen = [place for place in places if "Quicksilverado" in client.get(place).content.decode()]
    assert len(seen) >= 5

    factories.withdrawn(activity)

    for place in places:
        assert "Quicksilverado" not in client.get(place).content.decode(), place


@pytest.mark.parametrize(
    "address",
    [
        *(f"/{each}/nope/" for each in ("activities", "guidance", "partners", "meetings")),
        *(f"/{each}/nope/" for each in ("contributions", "decisions", "areas", "countries")),
        "/articles/2/",
        "/articles/15/",
        "/articles/99999999999999999999/",
        "/glossary/mercury/",
        "/activities/%ED%A0%80/",
        "/activities/%FF/",
        "/activities/../../etc/passwd/",
        "/index.php",
    ],
)
def test_unknown_address_is_helped_on(client, registry_data, address):
    response = client.get(address)

    page = Page(response)
    assert response.status_code == 404
    assert page.headings == ["There is no page at this address"]
    assert {"/", "/activities/", "/guidance/", "/articles/"} <= set(page.links)


@pytest.mark.parametrize("code", ["KE", "Ke", "kE"])
def test_country_code_in_capitals_is_led_on(client, registry_data, code):
    response = client.get(f"/countries/{code}/")

    assert (response.status_code, response.headers["Location"]) == (301, "/countries/ke/")


# Markup in the data

SCRIPT = "<script>alert('quicksilverado')</script>"


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (factories.activity, {"title": SCRIPT, "summary": f"A & B {SCRIPT}"}),
        (factories.guidance, {"title": SCRIPT, "abstract": SCRIPT, "subtitle": SCRIPT}),
        (factories.partner, {"name": SCRIPT, "involvement": SCRIPT, "areas_source": SCRIPT}),
        (factories.meeting, {"title": SCRIPT, "place": SCRIPT, "source": SCRIPT}),
        (factories.contribution, {"purpose": SCRIPT, "instrument": SCRIPT[:40]}),
    ],
)
def test_markup_in_a_record_is_text_everywhere(client, registry_data, make, values):
    record = make(**values)
    collection = record.get_absolute_url().rsplit("/", 2)[0] + "/"
    search = "/search/?q=quicksilverado"

    for address in (record.get_absolute_url(), f"{collection}?q=quicksilverado", search):
        response = client.get(address)

        assert SCRIPT in Page(response).text, address
        assert "<script>alert" not in response.content.decode(), address
    assert SCRIPT in Page(client.get(record.get_absolute_url())).title
    assert Page(client.get(search)).marks != []


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "' onmouseover='alert(1)"])
@pytest.mark.parametrize(
    "address", ["/activities/?q=", "/search/?q=", "/activities/?area=", "/search/?noun="]
)
def test_markup_in_an_address_is_text(client, registry_data, text, address):
    response = client.get(address, QUERY_STRING=f"{urlsplit(address).query}{text}")

    page = Page(response)
    assert page.inline == []
    assert "<script>alert" not in response.content.decode()
