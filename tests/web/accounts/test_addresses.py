"""The address of an account: the new one proves itself, the old one is told."""

import pytest
from django.core import mail
from django.test import Client

from registry.models import Event, User
from tests import factories
from tests.factories import PASSWORD
from tests.web.accounts.acting import code, is_in, link, sign_in, signed_in, verbs

pytestmark = pytest.mark.django_db
ADDRESS = "/account/address/"
NEW = {"email": "New@example.org", "action_add": ""}


@pytest.fixture
def person():
    return factories.signed_up(email="ana@example.org")


@pytest.fixture
def client(person):
    return signed_in(person)


def test_new_address_counts_once_it_is_proved(client, person):
    client.post(ADDRESS, NEW)
    [asked] = mail.outbox
    waiting = (sign_in("new@example.org").status_code, User.objects.get().email)
    path = link()
    client.get(path)
    still = User.objects.get().email
    client.post(path)

    assert asked.to == ["new@example.org"]
    assert waiting == (200, "ana@example.org") and still == "ana@example.org"
    assert User.objects.get().email == "new@example.org"
    [held] = person.emailaddress_set.values("email", "verified", "primary")
    assert held == {"email": "new@example.org", "verified": True, "primary": True}
    assert is_in(sign_in("new@example.org").client)
    assert sign_in("ana@example.org").status_code == 200


def test_old_address_is_told(client):
    client.post(ADDRESS, NEW)
    client.post(link())

    told = mail.outbox[-1]
    assert told.to == ["ana@example.org"]
    assert "changed from ana@example.org to new@example.org" in told.body


def test_trail_has_both(client, person):
    client.post(ADDRESS, NEW)
    client.post(link())

    assert verbs(person) == ["sign in", "change address"]
    event = Event.objects.get(verb="change address")
    assert (event.before, event.after, event.actor_id) == (
        {"email": "ana@example.org"},
        {"email": "new@example.org"},
        person.pk,
    )


def test_whoever_has_a_second_factor_changes_too(person):
    secret = factories.second_factor(person)
    client = signed_in(person)
    client.post("/account/sign-in/code/", {"code": code(secret)})

    client.post(ADDRESS, NEW)
    client.post(link())

    assert User.objects.get().email == "new@example.org"


def test_change_is_called_off(client, person):
    client.post(ADDRESS, NEW)
    path = link()

    client.post(ADDRESS, {"email": "new@example.org", "action_remove": ""})

    assert [each.email for each in person.emailaddress_set.all()] == ["ana@example.org"]
    assert client.post(path).status_code == 404
    assert User.objects.get().email == "ana@example.org"


def test_second_change_takes_the_place_of_the_first(client, person):
    client.post(ADDRESS, NEW)
    first = link()
    client.post(ADDRESS, NEW | {"email": "other@example.org"})

    assert client.post(first).status_code == 404
    client.post(link())

    assert User.objects.get().email == "other@example.org"


def test_address_in_use_cannot_be_removed(client, person):
    client.post(ADDRESS, {"email": "ana@example.org", "action_remove": ""})

    assert person.emailaddress_set.get().email == "ana@example.org"


def test_nobody_else_moves_my_address(client):
    other = factories.signed_up(email="other@example.org")
    other.emailaddress_set.create(email="theirs@example.org")

    client.post(ADDRESS, {"email": "theirs@example.org", "action_remove": ""})
    client.post(ADDRESS, {"email": "theirs@example.org", "action_primary": ""})

    other.refresh_from_db()
    assert other.email == "other@example.org"
    assert other.emailaddress_set.count() == 2


def test_address_of_another_account_is_not_told_to_me_but_to_them(client):
    factories.signed_up(email="taken@example.org")

    answer = client.post(ADDRESS, NEW | {"email": "Taken@example.org"})
    free = client.post(ADDRESS, NEW)

    assert (answer.status_code, answer.headers["Location"]) == (302, ADDRESS)
    assert (free.status_code, free.headers["Location"]) == (302, ADDRESS)
    assert mail.outbox[0].to == ["taken@example.org"]
    assert mail.outbox[0].subject.startswith("You have an account already")
    assert "/address/confirm/" not in mail.outbox[0].body


def test_address_that_another_account_got_meanwhile_is_not_mine(client, person):
    client.post(ADDRESS, NEW)
    factories.signed_up(email="new@example.org")

    client.post(link())

    assert User.objects.get(pk=person.pk).email == "ana@example.org"
    assert "another account has it" in client.get("/account/").content.decode()


def test_address_that_somebody_signed_up_with_and_never_proved_is_not_mine_either(client, person):
    client.post(ADDRESS, NEW)
    factories.signed_up(email="new@example.org", is_proved=False)

    client.post(link())

    assert User.objects.get(pk=person.pk).email == "ana@example.org"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter your e-mail address."),
        ("x", "Enter an e-mail address in the form name@example.org."),
        (
            "ANA@example.org",
            "This is the address of your account, or you are changing to it already.",
        ),
        (
            f"{'x' * 60}@{'y' * 60}.{'y' * 60}.{'y' * 60}.{'y' * 60}.org",
            "The e-mail address must be 254 characters or fewer.",
        ),
    ],
)
def test_each_rule_is_told_in_its_own_words(client, typed, said):
    page = client.post(ADDRESS, NEW | {"email": typed})

    assert page.context["form"].errors["email"] == [said]
    assert mail.outbox == []


def test_confirming_another_accounts_address_leaves_whoever_is_in_as_they_are(person):
    other = factories.signed_up(is_proved=False)
    sign_in(other.email)
    path, client = link(), signed_in(person)

    client.get(path)

    assert is_in(client)


def test_link_of_mine_does_not_let_others_in(client, person):
    client.post(ADDRESS, NEW)
    stranger = Client()

    stranger.post(link())

    assert not is_in(stranger)
    assert not is_in(sign_in("new@example.org", PASSWORD + "x").client)
