"""Second factors: set up, removed, asked of all staff; and confirmed anew before they change."""

import json

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver

from partnership.languages import Language
from registry.models import Event
from tests import factories
from tests.factories import PASSWORD
from tests.web.accounts.acting import code, is_in, signed_in, verbs

pytestmark = pytest.mark.django_db
FACTORS = "/account/second-factor/"
APP, CODES = FACTORS + "app/", FACTORS + "codes/"
TYPES = Authenticator.Type


@pytest.fixture
def person():
    return factories.signed_up(email="ana@example.org")


@pytest.fixture
def client(person):
    return signed_in(person)


def held(user):
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def set_up_app(client):
    """Set up an app; returns its secret."""
    secret = client.get(APP).context["form"].secret
    client.post(APP, {"code": code(secret)})
    return secret


def test_app_is_set_up_with_codes_for_the_day_it_is_lost(
    client, person, django_capture_on_commit_callbacks
):
    shown = client.get(APP)
    secret = shown.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(APP, {"code": code(secret)})

    text = shown.content.decode()
    assert secret in text and 'src="data:image/svg+xml;base64,' in text
    assert done.headers["Location"] == CODES
    assert held(person) == {TYPES.TOTP, TYPES.RECOVERY_CODES}
    page = client.get(CODES).content.decode()
    assert page.count("<li><code>") == 10
    file = client.get(CODES + "download/")
    assert len(file.content.split()) == 10
    assert file.headers["Content-Type"] == "text/plain"
    assert verbs(person) == ["sign in", "add second factor", "end sessions"]
    assert mail.outbox[-1].subject.startswith("An app was set up as second factor")


def test_first_second_factor_ends_sessions_that_began_without(client, person):
    other = signed_in(person)

    set_up_app(client)

    assert (is_in(client), is_in(other)) == (True, False)


def test_wrong_code_sets_up_nothing_and_keeps_the_key(client, person):
    secret = client.get(APP).context["form"].secret

    page = client.post(APP, {"code": "x"})

    assert page.context["form"].errors["code"]
    assert page.context["form"].secret == secret
    assert held(person) == set()


def test_app_is_removed_and_the_codes_with_it(client, person):
    set_up_app(client)

    asked = client.get(APP + "remove/")
    client.post(APP + "remove/")

    assert asked.status_code == 200
    assert held(person) == set()
    assert verbs(person)[-1] == "remove second factor"
    assert mail.outbox[-1].subject.startswith("The app was removed")


def test_new_codes_take_the_place_of_the_old(client, person, django_capture_on_commit_callbacks):
    set_up_app(client)
    before = client.get(CODES + "download/").content

    with django_capture_on_commit_callbacks(execute=True):
        client.post(CODES + "new/")

    after = client.get(CODES + "download/").content
    assert set(before.split()) & set(after.split()) == set()
    assert verbs(person)[-1] == "make recovery codes"
    assert mail.outbox[-1].subject.startswith("New recovery codes were made")


def test_there_are_no_codes_without_a_factor(client):
    assert client.get(CODES).status_code == 404
    assert client.get(CODES + "download/").status_code == 404
    page = client.post(CODES + "new/")
    assert "Set up an app or a passkey first" in page.content.decode()


SENSITIVE = [
    APP,
    FACTORS + "passkeys/add/",
    "/account/address/",
]


@pytest.mark.parametrize("path", SENSITIVE)
def test_minutes_after_the_sign_in_the_password_is_asked_again(person, path):
    with time_machine.travel("2026-03-04 05:00Z", tick=False):
        client = signed_in(person)
    with time_machine.travel("2026-03-04 05:06Z", tick=False):
        typed = {"email": "new@example.org", "action_add": ""}
        asked = client.post(path, typed) if "address" in path else client.get(path)
        assert asked.headers["Location"].startswith("/account/confirm/?next=%2Faccount%2F")
        wrong = client.post(asked.headers["Location"], {"password": "x"})
        assert wrong.context["form"].errors["password"]
        right = client.post(asked.headers["Location"], {"password": PASSWORD})

        if "address" in path:
            # What was sent goes on by itself.
            assert mail.outbox[-1].to == ["new@example.org"]
        else:
            assert client.get(right.headers["Location"]).status_code == 200


def test_with_a_second_factor_the_password_alone_confirms_nothing(person):
    secret = factories.second_factor(person)
    with time_machine.travel("2026-03-04 05:00Z", tick=False):
        client = signed_in(person)
        client.post("/account/sign-in/code/", {"code": code(secret)})
    with time_machine.travel("2026-03-04 05:06Z", tick=False):
        asked = client.get(APP + "remove/").headers["Location"]
        assert asked.startswith("/account/confirm/code/?")
        by_password = client.post("/account/confirm/", {"password": PASSWORD})
        assert by_password.headers["Location"] == "/account/confirm/code/"
        assert client.get(APP + "remove/").status_code == 302
        client.post(asked, {"code": "000000"})
        assert client.get(APP + "remove/").status_code == 302
        client.post(asked, {"code": code(secret)})
        assert client.get(APP + "remove/").status_code == 200


NO_CREDENTIALS = [
    "",
    "x",
    "1",
    "[]",
    "{}",
    "null",
    '"x"',
    '{"id": 1}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {"clientDataJSON": "AA", "attestationObject": "AA", "userHandle": "MQ"},
        }
    ),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "AA",
                "signature": "AA",
                "userHandle": "MQ",
            },
        }
    ),
    '{"response": {"userHandle": 7}}',
    "[" * 500,
]


@pytest.mark.parametrize("sent", NO_CREDENTIALS)
@pytest.mark.parametrize("path", ["/account/sign-in/passkey/", FACTORS + "passkeys/add/"])
def test_whatever_is_sent_as_a_passkey_is_refused_in_words(person, path, sent):
    client = Client()
    if "sign-in" not in path:
        signed_in(person, client)
    client.get(path)

    page = client.post(path, {"name": "Key", "credential": sent})

    assert page.status_code == 200
    assert "The browser did not give a passkey that this account knows" in page.content.decode()
    assert TYPES.WEBAUTHN not in held(person)


def admin_paths():
    """A path for every route of the administration, with something in the place of each key."""
    spoken = [
        each
        for one in get_resolver().url_patterns
        if isinstance(one.pattern, Language)
        for each in one.url_patterns
    ]
    [admin] = [each for each in spoken if str(each.pattern) == "admin/"]
    for route in routes(admin, "/"):
        yield route.replace("<path:object_id>", "1").replace("<int:content_type_id>", "1")


def routes(resolver, prefix):
    prefix += str(resolver.pattern)
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from routes(each, prefix)
        elif "(?P" not in str(each.pattern):
            yield prefix + str(each.pattern)


@pytest.mark.slow
def test_administration_opens_to_nobody_without_a_second_factor():
    user = factories.administrator()
    user.authenticator_set.all().delete()
    client = Client()
    client.force_login(user)
    paths = [path for path in admin_paths() if path != "/admin/login/"]
    events = Event.objects.count()

    answers = {
        (method, path): getattr(client, method)(path, headers={"x-requested-with": "x"})
        for path in [*paths, "/admin/registry/activity", "/admin/nope/"]
        for method in ("get", "post")
    }

    assert len(paths) > 80
    assert {
        asked: answer.status_code
        for asked, answer in answers.items()
        if answer.status_code != 302
        or not answer.headers["Location"].startswith(("/admin/login/", "/admin/"))
    } == {}
    last = client.get("/admin/", follow=True)
    assert last.redirect_chain[-1] == (FACTORS, 302)
    assert "Set up a second factor first" in last.content.decode()
    assert Event.objects.count() == events


def test_recovery_codes_alone_are_no_second_factor():
    user = factories.administrator()
    user.authenticator_set.update(type=TYPES.RECOVERY_CODES)
    client = Client()
    client.force_login(user)

    assert client.get("/admin/").status_code == 302


def test_staff_set_up_a_second_factor_and_are_in(django_capture_on_commit_callbacks):
    user = factories.administrator()
    user.authenticator_set.all().delete()
    client = signed_in(user)
    assert client.get("/admin/").status_code == 302
    assert "opens only to those" in client.get("/account/").content.decode()

    set_up_app(client)

    assert client.get("/admin/").status_code == 200
    assert 'href="/admin/"' in client.get(CODES).content.decode()


def test_whoever_is_no_staff_is_told_so(client):
    answer = client.get("/admin/", follow=True)

    assert answer.status_code == 403
    assert "You may not do this" in answer.content.decode()


def test_administration_is_left_by_post_alone():
    user = factories.administrator()
    client = Client()
    client.force_login(user)

    assert client.get("/admin/logout/").status_code == 405
    assert is_in(client)
    assert client.post("/admin/logout/").headers["Location"] == "/account/sign-in/"
    assert not is_in(client)
    assert verbs(user) == ["sign out"]


def test_lost_second_factors_are_removed_on_the_server(capsys):
    user = factories.administrator()

    call_command("reset_second_factor", user.email.upper())

    assert held(user) == set()
    assert verbs(user) == ["remove second factor"]
    with pytest.raises(CommandError, match="There is no account for “nobody@example.org”."):
        call_command("reset_second_factor", "nobody@example.org")
