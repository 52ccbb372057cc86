"""Whether there is an account is told to nobody but whoever reads the mails of its address."""

import re

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from registry.models import User
from tests import factories
from tests.factories import PASSWORD
from tests.web.accounts.acting import signed_in

pytestmark = pytest.mark.django_db
FORMS = {
    "sign-up": (
        "/account/sign-up/",
        lambda email: {"name": "Ana", "email": email, "password1": PASSWORD},
    ),
    "sign-in": ("/account/sign-in/", lambda email: {"login": email, "password": "wrong" * 3}),
    "reset": ("/account/password/reset/", lambda email: {"email": email}),
}
# Drawn by chance for each page.
CHANCE = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def emails():
    """An address of each kind, of the same length."""
    factories.signed_up(email="known1@example.org")
    factories.signed_up(email="unprov@example.org", is_proved=False)
    user = factories.signed_up(email="closed@example.org")
    user.is_active = False
    user.save()
    return ["known1@example.org", "unprov@example.org", "closed@example.org", "unknow@example.org"]


def told(client, answer, email):
    """All that a stranger can see."""
    text = CHANCE.sub("", answer.content.decode()).replace(email, "…")
    headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
    cookies = {
        name: {key: morsel[key] for key in ("path", "max-age", "httponly", "samesite")}
        for name, morsel in answer.cookies.items()
    }
    onward = client.get(answer.headers.get("Location", "/account/sign-in/"))
    return (
        answer.status_code,
        text,
        headers,
        cookies,
        onward.status_code,
        CHANCE.sub("", onward.content.decode()),
    )


@pytest.mark.parametrize("form", FORMS)
def test_answers_are_the_same(emails, form):
    path, typed = FORMS[form]
    answers = []
    with time_machine.travel("2026-03-04 05:06Z", tick=False):
        for email in emails:
            client = Client()
            answer = client.post(path, typed(email))
            answers.append(told(client, answer, email))

    for answer in answers[1:]:
        for mine, theirs in zip(answer, answers[0], strict=True):
            assert mine == theirs


@pytest.mark.parametrize("form", ["sign-up", "reset"])
def test_one_mail_goes_out_whatever_there_is(emails, form):
    path, typed = FORMS[form]
    for email in emails:
        Client().post(path, typed(email))

    assert [message.to for message in mail.outbox] == [[email] for email in emails]


def test_change_of_address_tells_nothing(emails):
    answers = []
    for email in emails:
        client = signed_in(factories.signed_up())
        answer = client.post("/account/address/", {"email": email, "action_add": ""})
        text = CHANCE.sub("", client.get("/account/address/").content.decode())
        text = re.sub(r"person-\d+@", "person@", text).replace(email, "…")
        answers.append((answer.status_code, answer.headers["Location"], text))

    assert answers[1:] == answers[:1] * 3


class Counted(MD5PasswordHasher):
    """Counts how often a password is hashed: with a real hash, that is what takes time."""

    times = 0

    def encode(self, password, salt):
        Counted.times += 1
        return super().encode(password, salt)


@pytest.mark.parametrize("form", FORMS)
def test_answers_take_the_same_time(emails, settings, form):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    path, typed = FORMS[form]
    taken = []
    for email in emails:
        # Hashed as the site does, whatever made the account.
        for user in User.objects.filter(email=email):
            user.set_password(PASSWORD)
            user.save()
        Counted.times = 0
        Client().post(path, typed(email))
        taken.append(Counted.times)

    assert taken == [0 if form == "reset" else 1] * 4
