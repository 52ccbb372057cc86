"""One's own API tokens for a partner."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from registry.models import ApiToken
from registry.queries.tokens import digest_of, token_with
from tests import factories
from tests.web.reading import Page
from tests.web.signed import kept, signed_in
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner(name="Institute of Retorts")


@pytest.fixture
def user(of):
    return factories.contributor(of)


def at(name, of, *behind):
    return reverse(name, args=[of.slug, *behind])


def read(response):
    return " ".join(Page(response).text.split())


def minted(client, of, **values):
    end = timezone.localdate() + dt.timedelta(days=30)
    given = {"name": "Nightly copy", "scope": "write", "expires_on": end.isoformat()}
    return client.post(at("desk-token-new", of), given | {"ticket": str(uuid.uuid4())} | values)


def test_secret_is_shown_once(of, user):
    client = signed_in(user)

    response = minted(client, of)
    token = ApiToken.objects.get()
    secret = response.context["secret"]
    later = client.get(at("desk-tokens", of))

    assert (token_with(secret), token.owner, token.partner, token.scope) == (
        token,
        user,
        of,
        "write",
    )
    assert response.content.decode().count(secret) == 1
    assert response.headers["Cache-Control"] == "private, no-store"
    assert faults(Page(response)) == faults(Page(later)) == []
    assert f"Nightly copy {secret[:12]}… · read and write · until" in read(later)
    assert secret not in later.content.decode()
    assert digest_of(secret) not in later.content.decode()


@pytest.mark.check("U-65")
def test_form_sent_twice_makes_one_token_and_shows_the_same_secret(of, user):
    client, ticket = signed_in(user), str(uuid.uuid4())

    first, second = (minted(client, of, ticket=ticket) for _each in range(2))

    assert ApiToken.objects.count() == 1
    assert first.context["secret"] == second.context["secret"]


@pytest.mark.check("U-55")
@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"name": ""}, "id_name", "Enter what the token is for."),
        ({"name": "x" * 101}, "id_name", "The name must be 100 characters or fewer."),
        ({"scope": ""}, "id_scope_0", "Choose what the token may do."),
        ({"expires_on": ""}, "id_expires_on", "Enter the last day on which the token is taken."),
        ({"expires_on": "soon"}, "id_expires_on", "Enter a day such as 2027-03-31."),
        ({"expires_on": "2001-01-01"}, "id_expires_on", "“2001-01-01” is not a day from"),
    ],
)
def test_what_is_wrong_is_said_above_and_beside(of, user, values, field, said):
    response = minted(signed_in(user), of, **values)

    assert response.status_code == 422
    assert f'<a href="#{field}">{said}' in response.content.decode()
    assert read(response).count(said) == 2
    assert ApiToken.objects.count() == 0


def test_revoke_says_what_it_means_and_does_it_once(of, user):
    token, _secret = factories.token(user, partner=of)
    client, address = signed_in(user), at("desk-token-revoke", of, token.pk)

    assert "This cannot be undone" in read(client.get(address))
    token.refresh_from_db()
    assert token.revoked_at is None

    assert "is revoked." in read(client.post(address, follow=True))
    token.refresh_from_db()
    assert token.revoked_at is not None
    again = client.post(address)
    assert again.status_code == 409
    assert "is revoked already" in read(again)


@pytest.mark.check("A-35")
def test_tokens_of_colleagues_and_of_other_partners_are_not_there(of, user):
    colleague, other = factories.focal_point(of), factories.partner()
    theirs, _secret = factories.token(colleague, partner=of)
    client, before = signed_in(user), kept()

    assert theirs.name not in read(client.get(at("desk-tokens", of)))
    assert client.post(at("desk-token-revoke", of, theirs.pk)).status_code == 404
    assert minted(client, other).status_code == 404
    assert kept() == before


def test_secretariat_is_sent_to_the_administration(of):
    response = signed_in(factories.editor()).get(at("desk-tokens", of))

    assert response.status_code == 403
    assert "Yours are made in the administration." in read(response)


def test_list_asks_as_many_questions_for_one_token_as_for_twenty(
    of, user, django_assert_num_queries
):
    client = signed_in(user)
    factories.token(user, partner=of)
    client.get("/desk/")  # the first of a session keeps the session
    with django_assert_num_queries(7):
        client.get(at("desk-tokens", of))

    for _each in range(19):
        factories.token(user, partner=of)
    with django_assert_num_queries(7):
        client.get(at("desk-tokens", of))
