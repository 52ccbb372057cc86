"""One's own data: seen, taken, shown to whom one says, erased."""

import json

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from registry.actions import memberships
from registry.models import Entry, Membership, User
from registry.permissions import SYSTEM
from registry.queries.bodies import build
from tests import factories
from tests.factories import PASSWORD
from tests.web.accounts.acting import is_in, sign_in
from tests.web.reading import Page

pytestmark = pytest.mark.django_db
EMAIL = "canary-contact@example.org"


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def person(of):
    user = factories.signed_up(email=EMAIL, name="Canary Contact")
    memberships.add(partner=of, user=user, role="focal-point", by=factories.administrator())
    return user


@pytest.fixture
def mine(person):
    """The browser of a person who has just signed in."""
    return sign_in(EMAIL, PASSWORD).client


def shown(client, person, to):
    membership = person.memberships.get()
    return client.post(f"/account/data/shown/{membership.pk}/", {f"{membership.pk}-to": to})


def everywhere(of):
    """All that the public is told of a partner."""
    client = Client()
    pages = (
        "/partners/",
        of.get_absolute_url(),
        f"/api/v1/partners/{of.slug}/",
        "/api/v1/partners/?format=csv&limit=500",
        "/search/?q=canary",
    )
    return {page: client.get(page).getvalue().decode() for page in pages}


def test_nobody_is_shown_unless_they_say_so(of, person):
    assert [page for page, text in everywhere(of).items() if EMAIL in text] == []


def test_shown_on_the_page_alone_while_they_say_so(of, person, mine):
    shown(mine, person, "everyone")

    assert [p for p, text in everywhere(of).items() if EMAIL in text] == [of.get_absolute_url()]
    assert EMAIL not in Entry.objects.get(noun="partner", key=of.slug).body
    assert EMAIL not in next(iter(build("partner", [of.slug]))).json
    shown(mine, person, "nobody")
    assert [page for page, text in everywhere(of).items() if EMAIL in text] == []


def test_consent_is_kept_with_day_and_wording_and_taken_back_whole(person, mine):
    shown(mine, person, "partners")

    kept = person.memberships.get()
    assert (kept.shown_to, kept.shown_wording) == ("partners", memberships.WORDING)
    assert kept.shown_since is not None
    shown(mine, person, "nobody")
    kept.refresh_from_db()
    assert (kept.shown_to, kept.shown_since, kept.shown_wording) == ("nobody", None, None)


def test_nobody_agrees_for_somebody_else(of, person):
    focal_point = factories.focal_point(of)

    with pytest.raises(PermissionDenied):
        memberships.show(membership=person.memberships.get(), to="everyone", by=focal_point)
    with pytest.raises(ValidationError, match="is nobody to whom"):
        memberships.show(membership=person.memberships.get(), to="moon", by=person)
    assert Membership.objects.filter(shown_to="nobody").count() == 2


def test_kept_pages_follow_at_once(of, person, mine, remembering):
    assert EMAIL not in remembering.get(of.get_absolute_url()).content.decode()

    shown(mine, person, "everyone")

    from registry.queries import revision

    revision.forget()
    assert EMAIL in remembering.get(of.get_absolute_url()).content.decode()


def test_page_tells_what_is_kept_and_gives_a_copy(person, mine):
    page = Page(mine.get("/account/data/"))
    copy = mine.get("/account/data/copy/")

    assert "Name, e-mail address, language, a digest of the password" in page.text
    assert "/account/data/copy/" in page.links
    held = json.loads(copy.content)["held"]
    assert held["registry.User"][0]["email"] == EMAIL
    assert "password" not in held["registry.User"][0]
    assert "attachment" in copy.headers["Content-Disposition"]


def test_account_is_erased_by_a_button_and_only_when_meant(of, person, mine):
    asked = mine.get("/account/erase/").content.decode()
    assert of.name in asked
    refused = mine.post("/account/erase/", {})
    assert "Say that you understand it" in refused.content.decode()

    mine.post("/account/erase/", {"sure": "on"})

    erased = User.objects.get(pk=person.pk)
    assert (erased.name, erased.is_active, erased.erased_at is not None) == ("", False, True)
    assert mine.get("/account/").status_code == 302
    assert not is_in(sign_in(EMAIL, PASSWORD).client)


def test_whoever_signed_in_long_ago_is_asked_again(person):
    with time_machine.travel("2026-03-04 05:06Z", tick=False):
        client = sign_in(EMAIL, PASSWORD).client
    with time_machine.travel("2026-03-04 05:20Z", tick=False):
        for page in ("/account/erase/", "/account/data/copy/"):
            asked = client.get(page)
            assert asked.headers["Location"].startswith("/account/confirm/"), page


def test_people_of_partners_see_who_agreed_and_nobody_else_does(of, person, mine):
    other = factories.signed_up(email="other@example.org")
    memberships.add(partner=factories.partner(), user=other, role="contributor", by=SYSTEM)
    reader = sign_in("other@example.org", PASSWORD).client
    assert "Nobody has agreed" in reader.get("/account/contacts/").content.decode()

    shown(mine, person, "partners")

    told = Page(reader.get("/account/contacts/")).text
    assert EMAIL in told and of.name in told
    assert EMAIL not in Client().get(of.get_absolute_url()).content.decode()
    stranger = factories.signed_up(email="stranger@example.org")
    refused = sign_in(stranger.email, PASSWORD).client.get("/account/contacts/")
    assert (refused.status_code, EMAIL in refused.content.decode()) == (403, False)
