"""Whose a desk is: what others learn of it, what looking changes, what stays in caches."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.reading import Page
from tests.web.signed import kept, signed_in, told
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db

# The pages of a desk, by name and what stands behind its partner.
OF_A_DESK = [
    ("desk-partner", []),
    ("desk-records", ["activity"]),
    ("desk-records", ["guidance"]),
    ("desk-members", []),
    ("desk-invite", []),
    ("desk-tokens", []),
    ("desk-token-new", []),
    ("desk-data", []),
    ("desk-submissions", ["csv"]),
    ("desk-role", [1]),
    ("desk-remove", [1]),
    ("desk-token-revoke", [1]),
]
POSTED = [("desk-take-back", [1]), ("desk-answer", [1]), ("desk-invite", []), ("desk-remove", [1])]


def at(name, slug, behind=()):
    return reverse(name, args=[slug, *behind])


def read(client, address):
    return " ".join(Page(client.get(address)).text.split())


@pytest.fixture
def of():
    return factories.partner(name="Institute of Retorts", acronym="IOR")


@pytest.fixture
def focal(of):
    return factories.focal_point(of)


@pytest.mark.parametrize(("name", "behind"), [*OF_A_DESK, *POSTED])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_not_signed_in_is_led_to_do_so_whatever_is_there(of, name, behind, method):
    address, unknown = at(name, of.slug, behind), at(name, "nobody", behind)

    response = getattr(Client(), method)(address)
    other = getattr(Client(), method)(unknown)

    assert response.headers["Location"] == f"/account/sign-in/?next={address}"
    assert other.headers["Location"] == f"/account/sign-in/?next={unknown}"
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("name", "behind"), OF_A_DESK)
def test_the_desk_of_others_answers_as_one_that_never_was(of, name, behind):
    for who in (factories.focal_point(factories.partner()), factories.person()):
        client = signed_in(who)

        assert told(client.get(at(name, of.slug, behind))) == told(
            client.get(at(name, "nobody", behind))
        )
        assert client.get(at(name, of.slug, behind)).status_code == 404


@pytest.mark.parametrize(("name", "behind"), POSTED)
def test_nothing_can_be_sent_to_the_desk_of_others(of, focal, name, behind):
    client, before = signed_in(factories.focal_point(factories.partner())), kept()

    response = client.post(
        at(name, of.slug, behind), {"email": "x@example.org", "answer": "accept"}
    )
    unknown = client.post(at(name, "nobody", behind), {"email": "x@example.org"})

    assert told(response) == told(unknown)
    assert (response.status_code, kept()) == (404, before)


@pytest.mark.parametrize(("name", "behind"), OF_A_DESK[:9])
def test_to_look_changes_nothing_and_stays_in_no_cache(of, focal, name, behind):
    client, address = signed_in(focal), at(name, of.slug, behind)
    factories.submitted(focal, of)
    before = kept()

    response = client.get(address)

    assert (response.status_code, kept()) == (200, before)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_no_stays_in_no_cache_either(of):
    contributor = signed_in(factories.contributor(of))

    refused = contributor.get(at("desk-invite", of.slug))
    unknown = contributor.get(at("desk-partner", "nobody"))

    assert (refused.status_code, unknown.status_code) == (403, 404)
    for response in (refused, unknown):
        assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("name", "behind"), OF_A_DESK[:8])
def test_pages_keep_the_rules_of_every_page(of, focal, name, behind):
    factories.submitted(focal, of)
    page = Page(signed_in(focal).get(at(name, of.slug, behind)))

    assert faults(page) == []
    assert page.title.endswith(
        "– Institute of Retorts – Partners' desk – Registry of the Global Mercury Partnership"
    )


def test_titles_tell_the_pages_apart(of, focal):
    client = signed_in(focal)
    titles = [
        Page(client.get(address)).title
        for address in (
            reverse("desk"),
            reverse("desk-apply"),
            *(at(name, of.slug, behind) for name, behind in OF_A_DESK[:8]),
        )
    ]

    assert len(set(titles)) == len(titles)


@pytest.mark.check("B25")
def test_public_pages_are_the_same_for_who_is_signed_in(of, focal, client):
    factories.draft(focal, of, title="Unheard of")

    for address in ("/", "/partners/", of.get_absolute_url()):
        assert signed_in(focal).get(address).content == client.get(address).content


@pytest.mark.check("B16")
def test_forms_from_elsewhere_are_refused(of, focal):
    client = Client(enforce_csrf_checks=True)
    client.force_login(focal)
    before = kept()

    for address in (at("desk-invite", of.slug), reverse("desk-apply")):
        response = client.post(address, {"ticket": str(uuid.uuid4()), "email": "x@example.org"})
        assert response.status_code == 403

    assert kept() == before
