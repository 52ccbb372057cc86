"""Keys of programs: known by a digest, refused when they cannot be used, never kept or leaked."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from registry.actions import accounts, tokens
from registry.errors import Refused
from registry.models import ApiToken, Event
from registry.models.tokens import digests, is_well_formed, new_secret
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def owner(db):
    return factories.editor(name="Ada")


def mint(owner, **values):
    given = {"name": "Harvester", "expires_on": TODAY + dt.timedelta(days=30)}
    return tokens.mint(owner=owner, by=owner, **(given | values))


def get(client, secret, address="token/"):
    response = client.get(f"/api/v1/{address}", headers={"authorization": f"Bearer {secret}"})
    return response, json.loads(response.content)


def test_key_tells_what_it_may(client, owner):
    token, secret = mint(owner, scope="write")

    response, said = get(client, secret)

    assert said == {
        "name": "Harvester",
        "prefix": secret[:12],
        "scope": "write",
        "expires_on": token.expires_on.isoformat(),
        "last_used_at": None,
        "owner": "Ada",
        "partner": None,
    }
    assert response.headers["Cache-Control"] == "private, no-store"
    assert get(client, secret)[1]["last_used_at"] is not None


def test_secret_is_kept_nowhere(owner):
    token, secret = mint(owner)

    event = Event.objects.filter(noun="token").latest("id")
    kept = str(vars(ApiToken.objects.get(pk=token.pk))) + str(event.after) + event.key
    assert secret not in kept
    assert secret[12:] not in kept
    assert (event.verb, event.key, event.actor) == ("mint token", secret[:12], "Ada")


def test_secrets_differ_and_check_themselves():
    drawn = {new_secret() for _ in range(100)}

    assert len(drawn) == 100
    assert all(is_well_formed(secret) for secret in drawn)
    assert not any(is_well_formed(secret[:-1] + "x") for secret in drawn)
    assert not is_well_formed("gmp_é" + "0" * 40)


def _expired(token):
    ApiToken.objects.filter(pk=token.pk).update(expires_on=TODAY - dt.timedelta(days=1))


def _closed(token):
    token.owner.is_active = False
    token.owner.save()


def _revoked(token):
    tokens.revoke(token=token, by=token.owner)


@pytest.mark.parametrize("end", [_expired, _closed, _revoked])
@pytest.mark.parametrize("address", ["", "activities/?limit=1", "changes/", "token/"])
def test_key_that_cannot_be_used_is_refused_everywhere(client, owner, end, address):
    token, secret = mint(owner)
    end(token)

    response, problem = get(client, secret, address)

    assert (response.status_code, problem["status"], problem["title"]) == (
        401,
        401,
        "Not signed in",
    )
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="registry"'


@pytest.mark.parametrize(
    "given", ["Bearer", "Bearer ", "Bearer gmp_unknown", "Basic YTpi", "gmp_", "Bearer é"]
)
def test_whatever_else_is_sent_is_refused(client, given):
    response = client.get("/api/v1/", headers={"authorization": given})

    assert response.status_code == 401
    assert json.loads(response.content)["detail"] != ""


def test_nobody_has_no_key_to_tell_of(client):
    response = client.get("/api/v1/token/")

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="registry"'


def test_key_in_an_address_is_refused_by_name(client, owner):
    _, secret = mint(owner)

    response = client.get(f"/api/v1/activities/?access_token={secret}")

    (error,) = json.loads(response.content)["errors"]
    assert (response.status_code, error["parameter"]) == (400, "access_token")
    assert "revoke" in error["detail"]
    assert secret not in response.content.decode()


def test_former_key_of_the_site_still_opens(client, owner, settings):
    _, secret = mint(owner)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" * 6

    assert get(client, secret)[0].status_code == 200
    assert len(set(digests(secret))) == 2


@pytest.mark.parametrize("days", [-1, 367])
def test_expiry_is_within_a_year(owner, days):
    with pytest.raises(ValidationError) as refused:
        mint(owner, expires_on=TODAY + dt.timedelta(days=days))

    assert list(refused.value.message_dict) == ["expires_on"]


def test_others_keys_are_an_administrators_to_make_and_end(owner):
    other, chief = factories.editor(), factories.administrator()
    token, _ = mint(owner)
    values = {"name": "For Ada", "expires_on": TODAY}

    with pytest.raises(PermissionDenied):
        tokens.mint(owner=owner, by=other, **values)
    with pytest.raises(PermissionDenied):
        tokens.revoke(token=token, by=other)

    assert tokens.mint(owner=owner, by=chief, **values)[0].owner == owner
    assert tokens.revoke(token=token, by=chief).revoked_at is not None
    with pytest.raises(Refused):
        tokens.revoke(token=token, by=chief)


def test_secretariat_makes_and_revokes_its_own_keys_in_the_administration(client, owner):
    accounts.set_up_groups(by=SYSTEM)
    others, _ = mint(factories.editor())
    client.force_login(owner)
    typed = {"name": "Dashboard", "scope": "read", "expires_on": TODAY.isoformat()}

    page = client.post("/admin/registry/apitoken/add/", typed, follow=True).content.decode()

    token = ApiToken.objects.get(name="Dashboard")
    assert token.owner == owner
    assert page.count(token.prefix) >= 2  # in the list, and in the key that is shown once
    assert others.prefix not in page
    assert page.count(f"{token.prefix}") > client.get(
        "/admin/registry/apitoken/"
    ).content.decode().count(token.prefix)

    chosen = {"action": "revoke", "_selected_action": [token.pk, others.pk]}
    client.post("/admin/registry/apitoken/", chosen)

    token.refresh_from_db()
    others.refresh_from_db()
    assert (token.revoked_at is None, others.revoked_at is None) == (False, True)
