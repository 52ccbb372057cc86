"""Whether there is an account is told to nobody but whoever reads the mails of its address."""

import re
import statistics
import time

import pytest
from django.core import mail
from django.test import Client

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
KINDS = ("known", "unproved", "closed", "unknown")


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
    for email in emails:
        client = Client()
        answer = client.post(path, typed(email))
        answers.append(told(client, answer, email))

    assert answers[1:] == answers[:1] * 3


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


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_answers_take_the_same_time(settings, form):
    """With the real hash of passwords, which takes longer than all the rest."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(settings.ACCOUNT_RATE_LIMITS)
    path, typed = FORMS[form]
    taken = {"known": [], "unknown": []}
    for at in range(12):
        factories.signed_up(email=f"known-{at:02}@example.org")
        for kind, times in taken.items():
            client = Client()
            begun = time.process_time()
            client.post(path, typed(f"{kind}-{at:02}@example.org"))
            times.append(time.process_time() - begun)

    known, unknown = (statistics.median(times) for times in taken.values())

    # One more hash, or one less, would be a factor of two.
    assert 0.7 < known / unknown < 1.4
