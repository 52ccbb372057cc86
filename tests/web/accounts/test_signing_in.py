"""In by address and password, in a second step by code; out by a button."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.test import Client

from registry.models import User
from tests import factories
from tests.factories import PASSWORD
from tests.web.accounts.acting import SIGN_IN, code, is_in, sign_in, signed_in, verbs

pytestmark = pytest.mark.django_db
WRONG = "The e-mail address or the password is not right. Check both, or reset the password."
SECOND = "/account/sign-in/code/"
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def person():
    return factories.signed_up(email="ana@example.org")


@pytest.fixture
def secret(person):
    return factories.second_factor(person)


@pytest.mark.parametrize("email", ["ana@example.org", "ANA@Example.ORG", " ana@example.org "])
def test_in_by_address_and_password(person, email):
    answer = sign_in(email)

    assert answer.headers["Location"] == "/account/"
    assert is_in(answer.client)
    assert verbs(person) == ["sign in"]


def test_then_onward(person):
    answer = sign_in(person.email, onward="?next=/activities/%3Farticle=7")

    assert answer.headers["Location"] == "/activities/?article=7"


@pytest.mark.parametrize(
    "password", ["", "x", PASSWORD.upper(), PASSWORD + " ", " " + PASSWORD, "x" * 257]
)
def test_wrong_password(person, password):
    page = sign_in(person.email, password)

    assert page.status_code == 200
    assert not is_in(page.client)
    assert COOKIE not in page.client.cookies
    # What was typed is kept, but for the password.
    assert 'value="ana@example.org"' in page.content.decode()


def test_refusal_is_told_and_put_into_the_trail_without_what_was_typed(person):
    page = sign_in(person.email, "a secret of somebody")
    nobody = sign_in("nobody@example.org", "a secret of somebody")

    assert page.context["form"].errors == {"login": [WRONG]}
    assert nobody.context["form"].errors == {"login": [WRONG]}
    assert verbs(person) == ["refuse sign-in"]
    from registry.models import Event

    told = [f"{vars(event)}" for event in Event.objects.filter(verb="refuse sign-in")]
    assert len(told) == 2
    assert "secret" not in str(told) and "nobody@" not in str(told)
    assert [event.key for event in Event.objects.filter(key="unknown")] == ["unknown"]


def test_new_session_at_sign_in(person):
    client = Client()
    client.get("/account/sign-in/passkey/")  # which keeps its question in a session
    before = client.cookies[COOKIE].value

    signed_in(person, client)

    assert client.cookies[COOKIE].value != before
    stranger = Client()
    stranger.cookies[COOKIE] = before
    assert not is_in(stranger)


def test_out_by_post_alone_and_the_session_is_gone_on_the_server(person):
    client = signed_in(person)
    key = client.cookies[COOKIE].value

    asked = client.get("/account/sign-out/")
    assert asked.status_code == 200 and is_in(client)
    left = client.post("/account/sign-out/")

    assert left.headers["Location"] == "/account/sign-in/"
    # Texts that the browser kept for when the line drops are not for who comes next.
    assert left.headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in asked.headers
    client.cookies[COOKIE] = key
    assert not is_in(client)
    assert verbs(person) == ["sign in", "sign out"]
    assert "You are signed out." in client.get(SIGN_IN).content.decode()


def test_closed_account_is_out_at_the_next_request_and_stays_out(person):
    client = signed_in(person)

    User.objects.update(is_active=False)

    assert not is_in(client)
    assert sign_in(person.email).context["form"].errors == {"login": [WRONG]}


def test_second_step(person, secret):
    first = sign_in(person.email, onward="?next=/account/details/")
    client = first.client
    between = is_in(client)
    second = client.post(SECOND, {"code": code(secret)})

    assert (first.headers["Location"], between) == (SECOND, False)
    assert second.headers["Location"] == "/account/details/"
    assert is_in(client)
    from registry.models import Event

    assert Event.objects.get(verb="sign in").note == "password, totp"


def test_second_step_without_the_first_leads_to_it(client):
    assert client.get(SECOND).headers["Location"] == SIGN_IN
    assert client.post(SECOND, {"code": "123456"}).headers["Location"] == SIGN_IN


def test_second_step_waits_a_quarter_of_an_hour(person, secret):
    with time_machine.travel("2026-03-04 05:00Z", tick=False):
        client = signed_in(person)
    with time_machine.travel("2026-03-04 05:16Z", tick=False):
        assert client.post(SECOND, {"code": code(secret)}).headers["Location"] == SIGN_IN


@pytest.mark.parametrize("typed", ["", "000000", "x", "12345678", "٠١٢٣٤٥", "1" * 41])
def test_wrong_code(person, secret, typed):
    client = signed_in(person)
    if code(secret) == typed:
        typed = "000001"

    page = client.post(SECOND, {"code": typed})

    assert list(page.context["form"].errors) == ["code"]
    assert not is_in(client)
    assert verbs(person) == ["refuse sign-in"]


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_code_of_the_half_minute_before_and_after_is_taken(person, secret, steps, is_taken):
    with time_machine.travel("2026-03-04 05:00Z", tick=False):
        client = signed_in(person)
        client.post(SECOND, {"code": code(secret, steps)})

        assert is_in(client) is is_taken


@pytest.mark.parametrize("later", [0, 29, 31, 59])
def test_code_is_taken_once(person, secret, later):
    with time_machine.travel(1_772_600_400, tick=False):
        used = code(secret, 1)
        first = signed_in(person)
        first.post(SECOND, {"code": used})
    with time_machine.travel(1_772_600_400 + later, tick=False):
        second = signed_in(person)
        second.post(SECOND, {"code": f"{used[:3]} {used[3:]}"})
        page = second.post(SECOND, {"code": used})

        assert is_in(first) and not is_in(second)
        assert "it was used before" in page.content.decode()


def test_recovery_code_lets_in_once_and_is_told(person, secret):
    codes = Authenticator.objects.create(
        user=person,
        type="recovery_codes",
        data={"seed": factories.sealing.seal("0123456789abcdef"), "used_mask": 0},
    )
    one, two, *_rest = codes.wrap().get_unused_codes()

    first, again, other = (signed_in(person) for _ in range(3))
    first.post(SECOND, {"code": one})
    again.post(SECOND, {"code": one})
    other.post(SECOND, {"code": f"{two[:4]}-{two[4:]}"})

    assert [is_in(each) for each in (first, again, other)] == [True, False, True]
    assert [m.subject.partition(" –")[0] for m in mail.outbox] == ["A recovery code was used"] * 2


def test_secret_sealed_with_a_key_that_is_lost_matches_no_code(person, secret, settings):
    settings.SECRET_KEY = "another one, of more than fifty characters, for the tests"
    client = signed_in(person)

    page = client.post(SECOND, {"code": code(secret)})

    assert page.status_code == 200 and not is_in(client)


def test_secret_sealed_with_a_former_key_is_read(person, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one, of more than fifty characters, for the tests"
    client = signed_in(person)

    client.post(SECOND, {"code": code(secret)})

    assert is_in(client)


def test_secret_is_not_readable_in_the_database(person, secret):
    [held] = Authenticator.objects.values_list("data", flat=True)

    assert secret not in str(held)


def test_administrations_own_sign_in_leads_to_ours(client):
    for path in ("/admin/", "/admin/login/?next=/admin/", "/admin/login/?next=//evil.example"):
        answer = client.get(path, follow=True)
        assert answer.redirect_chain[-1] == (SIGN_IN + "?next=%2Fadmin%2F", 302)
    typed = {"username": "ana@example.org", "password": PASSWORD}
    posted = client.post("/admin/login/", typed)
    assert posted.headers["Location"] == SIGN_IN + "?next=%2Fadmin%2F"
