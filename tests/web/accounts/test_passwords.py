"""Passwords: reset by mail, changed by hand; either way whoever else was in is out."""

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client

from registry.models import User
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
    verbs,
)

pytestmark = pytest.mark.django_db
RESET, CHANGE = "/account/password/reset/", "/account/password/"


@pytest.fixture
def person():
    return factories.signed_up(email="ana@example.org")


def ask(email="ana@example.org"):
    """Ask for the mail; returns the path of its link."""
    answer = Client().post(RESET, {"email": email})
    assert answer.headers["Location"] == "/account/password/reset/sent/"
    return link()


def test_mail_goes_to_the_address_of_the_account(person):
    ask("ANA@Example.org")

    [message] = mail.outbox
    assert message.to == ["ana@example.org"]
    assert message.subject == f"Set a new password – {settings.SITE_NAME}"
    assert PASSWORD not in message.body


def test_reset_signs_in_and_ends_all_sessions(person):
    old = signed_in(person)
    client = Client()

    form = open_reset(client, ask())
    shown = client.get(form).content.decode()
    done = client.post(form, {"password1": NEW_PASSWORD})

    assert "For the account <strong>ana@example.org</strong>" in shown
    assert done.headers["Location"] == "/account/"
    assert (is_in(client), is_in(old)) == (True, False)
    assert is_in(sign_in(person.email, NEW_PASSWORD).client)
    assert not is_in(sign_in(person.email, PASSWORD).client)
    assert verbs(person) == ["sign in", "reset password", "sign in", "sign in", "refuse sign-in"]
    assert [m.subject.partition(" –")[0] for m in mail.outbox] == [
        "Set a new password",
        "Your password was reset",
    ]


def test_key_is_in_no_address_once_the_page_is_open(person):
    path = ask()

    form = open_reset(Client(), path)

    assert form.endswith("-set-password/")
    assert path.rstrip("/").partition("-")[2] not in form


def test_opening_the_link_changes_nothing_and_signs_nobody_out(person):
    other = signed_in(factories.signed_up())
    before = User.objects.get(pk=person.pk).password

    other.get(open_reset(other, ask()))

    assert User.objects.get(pk=person.pk).password == before
    assert is_in(other)


def test_link_works_once(person):
    path = ask()
    client = Client()
    client.post(open_reset(client, path), {"password1": NEW_PASSWORD})

    again = Client()
    page = again.get(path)

    assert "This link does not work any more" in page.content.decode()
    assert not is_in(again)


def test_form_that_was_open_already_works_once(person):
    path, clients = ask(), (Client(), Client())
    forms = [open_reset(client, path) for client in clients]

    for client, form in zip(clients, forms, strict=True):
        client.post(form, {"password1": NEW_PASSWORD + client.__class__.__name__})

    assert [is_in(client) for client in clients] == [True, False]


@pytest.mark.parametrize(
    ("later", "works"), [("2026-03-05 05:05Z", True), ("2026-03-05 05:07Z", 0)]
)
def test_link_works_for_a_day(person, later, works):
    with time_machine.travel("2026-03-04 05:06Z", tick=False):
        path = ask()
    with time_machine.travel(later, tick=False):
        assert (Client().get(path).status_code == 302) is bool(works)


def test_link_dies_with_the_address_that_it_was_sent_to(person):
    path = ask()
    User.objects.filter(pk=person.pk).update(email="new@example.org")

    assert "does not work any more" in Client().get(path).content.decode()


def test_link_dies_with_the_next_sign_in(person):
    path = ask()
    signed_in(person)

    assert "does not work any more" in Client().get(path).content.decode()


@pytest.mark.parametrize(
    "path", ["1-x", "zzzzzzzzzzzzzzz-abc-def", "0-set-password", "1-set-password", "1--"]
)
def test_link_that_we_never_sent(client, path):
    page = client.get(f"/account/password/reset/{path}/")

    assert "does not work any more" in page.content.decode()
    posted = client.post(f"/account/password/reset/{path}/", {"password1": NEW_PASSWORD})
    assert "does not work any more" in posted.content.decode()


def test_second_step_is_asked_after_a_reset_too(person):
    secret = factories.second_factor(person)
    client = Client()

    done = client.post(open_reset(client, ask()), {"password1": NEW_PASSWORD})

    assert (done.headers["Location"], is_in(client)) == ("/account/sign-in/code/", False)
    client.post("/account/sign-in/code/", {"code": code(secret)})
    assert is_in(client)


def test_reset_proves_an_address_that_was_not():
    user = factories.signed_up(email="ana@example.org", is_proved=False)
    client = Client()

    client.post(open_reset(client, ask()), {"password1": NEW_PASSWORD})

    assert is_in(client)
    assert user.emailaddress_set.get().verified is True


def test_nobody_resets_by_an_address_to_which_somebody_only_means_to_change(person):
    person.emailaddress_set.create(email="stranger@example.net")

    Client().post(RESET, {"email": "stranger@example.net"})

    [message] = mail.outbox
    assert message.subject.startswith("There is no account for this address")
    assert "/reset/" not in message.body


def test_nobody_resets_the_password_of_a_closed_account(person):
    User.objects.update(is_active=False)

    Client().post(RESET, {"email": person.email})

    assert mail.outbox[0].subject.startswith("There is no account for this address")


def test_link_is_on_the_sites_own_address_whatever_the_request_says(person, settings):
    settings.ALLOWED_HOSTS = ["*"]

    Client().post(RESET, {"email": person.email}, headers={"host": "evil.example.net"})

    assert "evil" not in mail.outbox[0].body
    assert settings.SITE_URL in mail.outbox[0].body


def test_change_ends_the_others_and_keeps_this_one(person):
    here, there = signed_in(person), signed_in(person)

    done = here.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})

    assert done.headers["Location"] == "/account/"
    assert "All your other sessions have ended" in here.get("/account/").content.decode()
    assert (is_in(here), is_in(there)) == (True, False)
    assert verbs(person) == ["sign in", "sign in", "set password"]
    assert mail.outbox[-1].subject.startswith("Your password was changed")


def test_change_gives_the_session_a_new_key(person):
    client = signed_in(person)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value

    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        (
            {"oldpassword": "x"},
            "oldpassword",
            "This is not your password. Enter the one that you sign in with.",
        ),
        ({"oldpassword": ""}, "oldpassword", "Enter your password."),
        ({"password1": "short"}, "password1", "The password must be 12 characters or more."),
        ({"password1": ""}, "password1", "Enter a new password."),
        (
            {"password1": "ana@example.org1"},
            "password1",
            "The password must not be like your e-mail address.",
        ),
    ],
)
def test_each_rule_is_told_in_its_own_words(person, wrong, field, said):
    client = signed_in(person)

    page = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW_PASSWORD} | wrong)

    assert page.context["form"].errors == {field: [said]}
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_account_without_a_password_sets_one(person):
    client = Client()
    person.set_unusable_password()
    person.save()
    client.force_login(person)

    assert client.get(CHANGE).headers["Location"] == "/account/password/set/"
    client.post("/account/password/set/", {"password1": NEW_PASSWORD})

    assert User.objects.get(pk=person.pk).check_password(NEW_PASSWORD)
    assert client.get("/account/password/set/").headers["Location"] == CHANGE
