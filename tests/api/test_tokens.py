"""Tokens at the door of the API: who is let in, who is refused, and what is told."""

import datetime as dt
import json

import pytest
import time_machine
from django.utils import timezone

from registry.actions import memberships, tokens
from registry.api.urls import urlpatterns
from registry.models import User
from registry.permissions import SYSTEM
from registry.queries.tokens import new_secret
from tests import factories

pytestmark = pytest.mark.django_db
ME = "/api/v1/token/"
ADDRESSES = sorted(
    "/api/v1/"
    + str(each.pattern)
    .replace("<int:key>", "7")
    .replace("<slug:key>", "x")
    .replace("<slug:name>", "years")
    for each in urlpatterns
    # Pages for people stand among the addresses for programs.
    if not str(each.pattern).startswith("docs/")
)


def get(client, address, sent):
    return client.get(address, headers={"authorization": sent})


def bearer(client, secret, address=ME):
    return get(client, address, f"Bearer {secret}")


def test_token_is_told_about_itself_and_never_an_address(client):
    owner = factories.editor(name="Ada Test")
    partner = factories.partner()
    memberships.add(partner=partner, user=owner, role="contributor", by=SYSTEM)
    token, secret = factories.token(owner, partner=partner, scope="write")

    response = bearer(client, secret)
    token.refresh_from_db()

    assert json.loads(response.content) == {
        "name": token.name,
        "prefix": secret[:12],
        "scope": "write",
        "partner": partner.slug,
        "expires_on": token.expires_on.isoformat(),
        "last_used_at": token.last_used_at.isoformat(),
        "owner": "Ada Test",
    }
    assert owner.email not in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"


def test_owner_without_a_name_is_not_named_by_e_mail(client):
    assert json.loads(bearer(client, factories.token()[1]).content)["owner"] is None


def revoked():
    token, secret = factories.token()
    tokens.revoke(token=token, by=token.owner)
    return f"Bearer {secret}"


def closed():
    token, secret = factories.token()
    User.objects.filter(pk=token.owner_id).update(is_active=False)
    return f"Bearer {secret}"


def expired():
    with time_machine.travel(timezone.now() - dt.timedelta(days=40)):
        return f"Bearer {factories.token()[1]}"


def unknown():
    return f"Bearer {new_secret()}"


def other_scheme():
    return "Basic QTpC"


def blank():
    return ""


BAD = (revoked, closed, expired, unknown, other_scheme, blank)


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_good_token_is_refused_never_taken_for_nobody(client, bad):
    sent = bad()

    for address in (ME, "/api/v1/articles/7/", "/api/v1/?format=nope"):
        response = get(client, address, sent)
        problem = json.loads(response.content)
        assert (response.status_code, problem["title"]) == (401, "Not signed in")
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="api"'
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/", "/api/v1/ships/", "/api/v2/areas/"])
def test_every_address_refuses_a_bad_token(client, address):
    assert bearer(client, "gmp_nonsense", address).status_code == 401


def test_nobody_is_told_to_sign_in(client):
    response = client.get(ME)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_last_day_counts(client):
    token, secret = factories.token(expires_on=timezone.localdate())

    assert bearer(client, secret).status_code == 200


@pytest.mark.parametrize("place", ["?q={}", "?access_token={}", "?limit=1&x=a{}", "?q=%67mp{}"])
def test_token_in_the_address_is_leaked(client, place):
    _token, secret = factories.token()
    secret = secret.removeprefix("gmp") if "%" in place else secret

    response = client.get("/api/v1/activities/" + place.format(secret))
    [error] = json.loads(response.content)["errors"]

    assert response.status_code == 400
    assert error["parameter"] == place.split("=")[-2].split("&")[-1].strip("?")
    assert error["detail"].startswith("A token stands in the address. Treat it as leaked")


def test_answers_to_a_token_are_its_own(client):
    _token, secret = factories.token()

    mine = bearer(client, secret, "/api/v1/articles/7/")
    anybodys = client.get("/api/v1/articles/7/")

    assert mine.content == anybodys.content
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert "public" in anybodys.headers["Cache-Control"]
