"""Whoever is led on after a step stays on this site, whatever the address claims."""

import pytest
from django.test import Client

from registry.models import User
from tests import factories
from tests.factories import PASSWORD
from tests.scenes import as_left, made_once
from tests.web.accounts.acting import sign_in, signed_in

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example",
    "http://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "https://testserver@evil.example",
    "https://testserver.evil.example",
    "https://evil.example/testserver",
    "https://evil.example#testserver",
    "https://evil.example?testserver",
    "https://testserver:443@evil.example",
    "@evil.example",
    "evil.example",
    ".evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript://testserver/%0aalert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://evil.example",
    "blob:https://evil.example/1",
    "\thttps://evil.example",
    " https://evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\x00//evil.example",
    "/\u2028/evil.example",
    "//еvil.example",
    "//xn--vil-dma.example",
    "//evil。example",
    "//[::1]",
    "//0x7f000001",
    "//127.0.0.1",
    "https://testserver/account/",
    "http://localhost/",
    "/%09/evil.example\x7f",
    "?next=//evil.example",
    "",
]


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """A person, and a client in which they have signed in."""
    with made_once(django_db_blocker):
        person = factories.signed_up()
        yield person, signed_in(person)


@pytest.fixture
def person(scene):
    return User.objects.get(pk=scene[0].pk)


@pytest.fixture
def inside(scene):
    """A client in which the person is."""
    return as_left(scene[1])


def test_enough_forms_are_tried():
    assert len(set(ELSEWHERE)) >= 40


@pytest.mark.parametrize("onward", ELSEWHERE, ids=ascii)
def test_sign_in_leads_nowhere_else(person, onward):
    in_query = Client().post(
        "/account/sign-in/",
        {"login": person.email, "password": PASSWORD},
        query_params={"next": onward.replace("\x00", "")},
    )
    in_body = Client().post(
        "/account/sign-in/", {"login": person.email, "password": PASSWORD, "next": onward}
    )

    assert in_query.headers["Location"] == in_body.headers["Location"] == "/account/"


STEPS = {
    "sign-out": ("/account/sign-out/", {}, "/account/sign-in/"),
    "confirm": ("/account/confirm/", {"password": PASSWORD}, "/account/"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("onward", ELSEWHERE, ids=ascii)
def test_other_steps_lead_nowhere_else(inside, onward, step):
    path, typed, usual = STEPS[step]

    answer = inside.post(path, typed | {"next": onward})

    assert answer.headers["Location"] == usual


@pytest.mark.parametrize("onward", ELSEWHERE, ids=ascii)
def test_pages_link_nowhere_else(onward):
    for path in ("/account/sign-in/", "/account/sign-in/passkey/", "/account/sign-up/"):
        text = Client().get(path, {"next": onward.replace("\x00", "")}).content.decode()
        assert 'href="//' not in text and 'href="javascript' not in text.lower()
        assert 'href="http' not in text and "<script>alert" not in text


@pytest.mark.parametrize(
    "onward", ["/", "/activities/?article=7&q=a%20b", "/account/sessions/#x", "/données/"]
)
def test_addresses_of_ours_are_kept(person, onward):
    answer = sign_in(person.email, onward="")
    answer = Client().post(
        "/account/sign-in/", {"login": person.email, "password": PASSWORD, "next": onward}
    )

    assert answer.headers["Location"] in (onward, "/donn%C3%A9es/")
