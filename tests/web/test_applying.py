"""The ways into a partner: asking to join, applying, accepting an invitation."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from registry.actions import memberships
from registry.models import JoinRequest, Submission
from tests import factories
from tests.web.reading import Page
from tests.web.signed import kept, signed_in, told
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner(name="Institute of Retorts")


@pytest.fixture
def focal(of):
    return factories.focal_point(of)


@pytest.fixture
def invited(of, focal):
    """An invitation of new@example.org, and the address of its page."""
    invitation, secret = memberships.invite(
        partner=of, email="new@example.org", role="contributor", by=focal
    )
    return invitation, reverse("invitation", args=[secret])


def read(response):
    return " ".join(Page(response).text.split())


def test_asking_to_join_is_kept_once_and_shown(of):
    user = factories.person()
    client, address = signed_in(user), reverse("desk-join", args=[of.slug])
    page = Page(client.get(address))

    response = client.post(address, {"message": "I run the field office."}, follow=True)
    client.post(address, {"message": "Again."})

    assert faults(page) == []
    assert "You have asked to speak for “Institute of Retorts”." in read(response)
    assert "Institute of Retorts waits for its focal points since" in read(response)
    [asked] = JoinRequest.objects.filter(user=user)
    assert (asked.partner, asked.message) == (of, "I run the field office.")


def test_too_long_a_message_is_kept_on_the_page(of):
    client = signed_in(factories.person())

    response = client.post(reverse("desk-join", args=[of.slug]), {"message": "x" * 1001})

    assert response.status_code == 422
    assert read(response).count("The text must be 1,000 characters or fewer.") == 2
    assert "x" * 1001 in response.content.decode()
    assert JoinRequest.objects.count() == 0


def test_only_partners_can_be_joined_and_members_are_led_on(of, focal):
    other = factories.partner(standing="named")
    client = signed_in(focal)

    for slug in (other.slug, "nobody"):
        assert client.post(reverse("desk-join", args=[slug])).status_code == 404
    led = client.get(reverse("desk-join", args=[of.slug]))
    assert led.headers["Location"] == reverse("desk-partner", args=[of.slug])
    assert JoinRequest.objects.count() == 0


@pytest.mark.check("U-53")
def test_application_says_what_it_takes_and_begins_once():
    user = factories.person()
    client, address = signed_in(user), reverse("desk-apply")
    page = Page(client.get(address))

    for said in ("What you need", "about ten minutes", "What happens next", "Who sees it"):
        assert said in page.text
    assert faults(page) == []
    assert Submission.objects.count() == 0

    ticket = {"ticket": str(uuid.uuid4())}
    first, second = client.post(address, ticket), client.post(address, ticket)

    [application] = Submission.objects.filter(author=user)
    assert (application.noun, application.kind, application.partner) == ("partner", "create", None)
    assert (
        first.headers["Location"]
        == second.headers["Location"]
        == f"{application.get_absolute_url()}"
    )
    assert application.reference in read(client.get(address))


@pytest.mark.check("T9")
def test_to_look_at_an_invitation_changes_nothing(of, focal, invited):
    _invitation, address = invited
    guest = signed_in(factories.person(email="NEW@example.org"))
    before = kept()

    for client in (Client(), guest, signed_in(focal)):
        response = client.get(address)
        assert client.head(address).status_code == response.status_code == 200
        text = read(response)
        assert "You are invited to speak for Institute of Retorts" in text
        assert f"Invited new@example.org By {focal.name} As contributor" in text
        assert faults(Page(response)) == []
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "strict-origin"

    assert kept() == before


def test_invited_person_accepts(of, invited):
    invitation, address = invited
    guest = factories.person(email="NEW@example.org")

    response = signed_in(guest).post(address, follow=True)

    assert "You speak for “Institute of Retorts” now, as a contributor." in read(response)
    assert of.memberships.get(user=guest).role == "contributor"
    invitation.refresh_from_db()
    assert invitation.accepted_at is not None


def test_who_is_not_signed_in_comes_back_to_accept(of, invited):
    _invitation, address = invited
    before = kept()

    response = Client().post(address)

    assert response.headers["Location"] == f"/account/sign-in/?next={address}"
    assert kept() == before


def test_forwarded_invitation_is_not_accepted(of, invited):
    _invitation, address = invited
    stranger = factories.person()
    client, before = signed_in(stranger), kept()

    page = read(client.get(address))
    response = client.post(address)

    assert f"You are signed in as {stranger.email}. This invitation is for new@example.org" in page
    assert response.status_code == 409
    assert "This invitation is for new@example.org; sign in with that address." in read(response)
    assert kept() == before


@pytest.mark.check("B20")
def test_used_old_taken_back_and_unknown_links_are_told_the_same(of, focal, invited):
    invitation, old = invited
    guest = factories.person(email="new@example.org")
    client = signed_in(guest)
    unknown = told(client.get(reverse("invitation", args=["x" * 43])))
    with time_machine.travel(invitation.expires_at + dt.timedelta(seconds=1)):
        late = signed_in(guest)
        assert told(late.get(old)) == told(late.post(old)) == unknown

    client.post(old)
    assert told(client.get(old)) == unknown
    other, secret = memberships.invite(
        partner=of, email="x@example.org", role="contributor", by=focal
    )
    memberships.revoke(invitation=other, by=focal)
    assert told(client.get(reverse("invitation", args=[secret]))) == unknown
    assert unknown[0] == 404
    assert "ask whoever invited you for a new one" in unknown[1].decode()
