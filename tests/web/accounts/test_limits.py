"""How often one may try: never more than said, wherever one claims to be; victims get in."""

import pytest
import time_machine
from django.core import mail
from django.test import Client

from registry.models import Event
from tests import factories
from tests.factories import PASSWORD
from tests.web.accounts.acting import (
    NEW_PASSWORD,
    code,
    is_in,
    link,
    open_reset,
    sign_in,
    signed_in,
)

pytestmark = pytest.mark.django_db
TOO_MANY = (
    "There were too many wrong tries. Wait five minutes, or reset the password: "
    "the link in our mail lets you in at once."
)


@pytest.fixture(autouse=True)
def still():
    """No limit begins anew while a test runs."""
    with time_machine.travel("2026-03-04 05:06:00Z", tick=False):
        yield


@pytest.fixture
def person():
    return factories.signed_up(email="ana@example.org")


def guesses(times, email="ana@example.org", **given):
    """Guess so often; returns what the form said each time, or the status where there is none."""
    for at in range(times):
        page = sign_in(email, f"guess {at}", **given)
        form = page.context and page.context.get("form")
        yield form.errors["login"][0] if form else page.status_code


def checked():
    """How many guesses were held against a password."""
    return Event.objects.filter(verb="refuse sign-in").count()


def test_five_guesses_in_five_minutes_on_one_address(person):
    said = [*guesses(8)]

    assert said[5:] == [TOO_MANY] * 3
    assert TOO_MANY not in said[:5]
    assert checked() == 5
    assert sign_in(person.email).context["form"].errors == {"login": [TOO_MANY]}
    with time_machine.travel("2026-03-04 05:11:01Z", tick=False):
        assert is_in(sign_in(person.email).client)


def test_addresses_without_an_account_are_limited_alike():
    said = [*guesses(8, "nobody@example.org")]

    assert said[5:] == [TOO_MANY] * 3
    assert checked() == 5


@pytest.mark.slow
def test_one_password_on_many_accounts_from_one_place():
    people = [factories.signed_up() for _ in range(3)]

    for at in range(30):
        email = people[at].email if at < 3 else f"nobody-{at}@example.org"
        sign_in(email, "Summer 2026 summer")

    assert checked() == 10


@pytest.mark.slow
def test_claimed_addresses_have_no_effect(person):
    for at in range(200):
        claimed = {
            "x-forwarded-for": f"10.1.{at}.1",
            "forwarded": f"for=10.1.{at}.1",
            "x-real-ip": f"10.1.{at}.1",
            "client-ip": f"10.1.{at}.1",
        }
        sign_in(f"nobody-{at}@example.org", "Summer 2026 summer", headers=claimed)

    assert checked() == 10


def test_claimed_addresses_before_our_proxys_own_have_no_effect(settings):
    settings.BEHIND_PROXY = True
    for at in range(30):
        claimed = {"x-forwarded-for": f"10.1.{at}.1, 203.0.113.9"}
        sign_in(f"nobody-{at}@example.org", "Summer 2026 summer", headers=claimed)
    assert checked() == 10

    other = {"x-forwarded-for": "203.0.113.9, 203.0.113.10"}
    sign_in("nobody@example.org", "Summer 2026 summer", headers=other)

    assert checked() == 11


def test_one_customers_many_addresses_are_one():
    for at in range(30):
        sign_in(
            f"nobody-{at}@example.org", "Summer 2026 summer", REMOTE_ADDR=f"2001:db8:1:2::{at:x}"
        )

    assert checked() == 10


@pytest.mark.parametrize("address", ["", "unix:", "127.0.0.1:4711", "fe80::1%eth0", "x" * 500])
def test_whoever_comes_from_nowhere_is_let_in_too(person, address):
    assert is_in(sign_in(person.email, REMOTE_ADDR=address).client)


def test_right_password_is_no_try(person):
    for _ in range(8):
        assert is_in(sign_in(person.email).client)


def test_whoever_is_kept_out_comes_in_by_mail(person):
    # From many places, as long as it takes.
    for at in range(20):
        sign_in(person.email, f"guess {at}", REMOTE_ADDR=f"203.0.113.{at}")
    assert sign_in(person.email, REMOTE_ADDR="192.0.2.1").status_code == 200
    client = Client(REMOTE_ADDR="192.0.2.1")
    client.post("/account/password/reset/", {"email": person.email})

    client.post(open_reset(client, link()), {"password1": NEW_PASSWORD})

    assert is_in(client)
    assert is_in(sign_in(person.email, NEW_PASSWORD, REMOTE_ADDR="192.0.2.1").client)


def test_forms_of_the_sign_in_by_the_minute(person):
    statuses = [
        sign_in("x", "").status_code for _ in range(33)
    ]  # not even an address: nothing is checked

    assert statuses == [200] * 30 + [429] * 3
    page = sign_in(person.email)
    assert "Too many tries" in page.content.decode()
    assert page.headers["Retry-After"] == "60"


def test_mails_to_one_address():
    answers = [
        Client().post("/account/password/reset/", {"email": "Ana@example.org"}) for _ in range(5)
    ]

    assert [each.status_code for each in answers] == [302] * 3 + [429] * 2
    assert len(mail.outbox) == 3


def test_accounts_made_from_one_place():
    answers = [
        Client().post(
            "/account/sign-up/",
            {"name": "Ana", "email": f"ana-{at}@example.org", "password1": PASSWORD},
        )
        for at in range(12)
    ]

    assert [each.status_code for each in answers] == [302] * 10 + [429] * 2


@pytest.mark.slow
def test_codes_in_five_minutes_and_in_a_day(person):
    secret = factories.second_factor(person)
    tried, is_open = 0, True
    for minutes in range(0, 60, 6):
        with time_machine.travel(f"2026-03-04 06:{minutes:02}:00Z", tick=False):
            client = signed_in(person)
            for _ in range(6):
                client.post("/account/sign-in/code/", {"code": "000000"})
            tried = Event.objects.filter(verb="refuse sign-in", note="code").count()
    with time_machine.travel("2026-03-04 07:06:00Z", tick=False):
        client = signed_in(person)
        page = client.post("/account/sign-in/code/", {"code": code(secret)})
        is_open = is_in(client)
    with time_machine.travel("2026-03-05 07:06:00Z", tick=False):
        later = signed_in(person)
        later.post("/account/sign-in/code/", {"code": code(secret)})

        assert (tried, is_open, is_in(later)) == (60, False, True)
    assert page.context["form"].errors == {
        "code": [
            "There were too many wrong codes today. Use a passkey, or ask the secretariat for help."
        ]
    }


def test_passwords_asked_of_whoever_is_in(person):
    client = signed_in(person)

    answers = [
        client.post("/account/password/", {"oldpassword": f"guess {at}", "password1": NEW_PASSWORD})
        for at in range(7)
    ]

    assert [each.status_code for each in answers] == [200] * 5 + [429] * 2
