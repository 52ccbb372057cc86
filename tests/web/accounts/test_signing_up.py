"""Accounts are open to everybody, and open nothing before their address is proved."""

import pytest
import time_machine
from django.core import mail
from django.test import Client

from registry.models import Event, User
from tests import factories
from tests.factories import PASSWORD
from tests.web.accounts.acting import is_in, link, sign_in

pytestmark = pytest.mark.django_db
SIGN_UP = "/account/sign-up/"
ANA = {"name": "Ana", "email": "Ana@Example.org", "password1": PASSWORD}


def test_whoever_signs_up_follows_the_link_and_is_in(client):
    sent = client.post(SIGN_UP + "?next=/account/details/", ANA)
    before = is_in(client)
    [message] = mail.outbox
    asked = client.get(link())
    done = client.post(link())

    user = User.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (302, "/account/address/sent/")
    assert before is False
    assert (message.to, message.from_email) == (["ana@example.org"], "registry@127.0.0.1")
    assert "Is <strong>ana@example.org</strong> your address" in asked.content.decode()
    assert done.headers["Location"] == "/account/details/"
    assert is_in(client)
    assert (user.name, user.email, user.is_staff, user.language) == (
        "Ana",
        "ana@example.org",
        False,
        "en",
    )
    assert user.check_password(PASSWORD)
    trail = Event.objects.about("user", str(user.pk)).order_by("pk")
    assert [event.verb for event in trail] == ["sign up", "prove address", "sign in"]
    assert PASSWORD not in str([(event.before, event.after, event.note) for event in trail])


def test_link_alone_proves_nothing(client):
    client.post(SIGN_UP, ANA)

    # As programs do that look into mails.
    for _ in range(3):
        Client().get(link())

    assert User.objects.get().emailaddress_set.get().verified is False
    assert not is_in(client)


def test_link_in_another_browser_leads_to_the_sign_in(client):
    client.post(SIGN_UP, ANA)

    elsewhere = Client()
    done = elsewhere.post(link())

    assert done.headers["Location"] == "/account/sign-in/"
    assert not is_in(elsewhere)
    assert sign_in("ana@example.org", client=elsewhere).headers["Location"] == "/account/"


def test_link_works_once(client):
    client.post(SIGN_UP, ANA)
    path = link()
    client.post(path)

    again = Client()

    assert "was used before" in again.get(path).content.decode()
    assert again.post(path).status_code == 404
    assert not is_in(again)


def test_link_works_for_a_day(client):
    with time_machine.travel("2026-03-04 05:06Z", tick=False):
        client.post(SIGN_UP, ANA)
    path = link()

    with time_machine.travel("2026-03-05 05:05Z", tick=False):
        assert "your address" in client.get(path).content.decode()
    with time_machine.travel("2026-03-05 05:07Z", tick=False):
        assert "older than a day" in client.get(path).content.decode()
        assert client.post(path).status_code == 404
    assert User.objects.get().emailaddress_set.get().verified is False


@pytest.mark.parametrize("path", ["/account/address/confirm/x/", "/account/address/confirm/1:2:3/"])
def test_link_that_we_never_sent_does_nothing(client, path):
    assert "was used before" in client.get(path).content.decode()
    assert client.post(path).status_code == 404


def test_nothing_opens_before_and_the_right_password_sends_the_mail_again(client):
    user = factories.signed_up(is_proved=False)

    answer = sign_in(user.email, client=client)
    again = sign_in(user.email, client=client)

    assert answer.headers["Location"] == again.headers["Location"] == "/account/address/sent/"
    assert not is_in(client)
    # Within three minutes there is one mail, however often it is asked for.
    assert [message.subject.partition(" –")[0] for message in mail.outbox] == [
        "Confirm your new e-mail address"
    ]


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"name": ""}, "name", "Enter your name."),
        ({"name": "x" * 101}, "name", "Your name must be 100 characters or fewer."),
        ({"email": ""}, "email", "Enter your e-mail address."),
        ({"email": "ana"}, "email", "Enter an e-mail address in the form name@example.org."),
        ({"password1": ""}, "password1", "Enter a new password."),
        ({"password1": "eleven char"}, "password1", "The password must be 12 characters or more."),
        (
            {"password1": "x1" * 129},
            "password1",
            "The password must be 256 characters or fewer.",
        ),
        (
            {"password1": "administrator"},
            "password1",
            "Many people use this password, so it is tried first. Choose another one.",
        ),
        (
            {"name": "Anastasia Ruiz Vega", "password1": "anastasia ruiz vega"},
            "password1",
            "The password must not be like your name.",
        ),
        (
            {"email": "anastasia.ruiz@example.org", "password1": "anastasia.ruiz@example"},
            "password1",
            "The password must not be like your e-mail address.",
        ),
    ],
)
def test_each_rule_is_told_in_its_own_words(client, wrong, field, said):
    page = client.post(SIGN_UP, ANA | wrong)

    assert page.context["form"].errors == {field: [said]}
    assert (User.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize(
    "password",
    [
        "123456789012345",
        "ааааааааааааб",
        "            spaces",
        "汞汞汞汞汞汞汞汞汞汞汞汞",
        "x" * 20 + "y" * 236,
    ],
    ids=["digits", "cyrillic", "spaces", "chinese", "256"],
)
def test_password_is_not_composed_after_rules_and_kept_as_typed(client, password):
    if password == "123456789012345":
        password = "918273645546372819"
    client.post(SIGN_UP, ANA | {"password1": password})

    assert User.objects.get().check_password(password)


def test_two_at_once_with_one_address_end_alike(client, monkeypatch):
    from registry.web.accounts.forms import SignUpForm

    # Between the question whether it is taken and the answer, somebody else came.
    monkeypatch.setattr(SignUpForm, "validate_unique_email", lambda form, value: value)
    factories.signed_up(email="ana@example.org")

    answer = client.post(SIGN_UP, ANA)

    assert answer.headers["Location"] == "/account/address/sent/"
    assert User.objects.count() == 1
    assert "You have an account already" in mail.outbox[-1].subject


def test_whoever_is_in_is_led_on(client):
    client.force_login(factories.signed_up())

    assert client.get(SIGN_UP).headers["Location"] == "/account/"
    assert client.get("/account/sign-in/").headers["Location"] == "/account/"
