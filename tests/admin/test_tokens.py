"""API tokens in the administration."""

import pytest
from django.urls import reverse

from registry.models import ApiToken, Event
from registry.queries.tokens import digest_of, token_with
from tests import factories
from tests.admin.pages import address, list_of, typed

ADD = list_of(ApiToken, "add")


def test_secret_is_shown_once(as_editor, editor):
    data = typed(as_editor.get(ADD)) | {"name": "Nightly copy"}

    page = as_editor.post(ADD, data)
    secret = page.context["secret"]
    token = ApiToken.objects.get()

    assert page.content.decode().count(secret) == 1
    assert "no-store" in page.headers["Cache-Control"]
    assert (token_with(secret), token.owner, token.scope) == (token, editor, "read")
    later = as_editor.get(address(token)).content.decode()
    later += as_editor.get(address(token, "history")).content.decode()
    assert secret not in later
    assert digest_of(secret) not in later


def test_end_is_refused_in_a_sentence(as_editor):
    data = typed(as_editor.get(ADD)) | {"name": "Copy", "expires_on": "2001-01-01"}

    page = as_editor.post(ADD, data)

    [said] = page.context["adminform"].form.errors["expires_on"]
    assert said.startswith("“2001-01-01” is not a day from ")
    assert not ApiToken.objects.exists()


def test_editors_see_their_own_administrators_all(as_editor, editor, as_administrator):
    mine, _secret = factories.token(editor)
    hers, _secret = factories.token()

    assert [*as_editor.get(list_of(ApiToken)).context["cl"].result_list] == [mine]
    assert {*as_administrator.get(list_of(ApiToken)).context["cl"].result_list} == {mine, hers}
    assert as_editor.get(address(hers)).status_code == 302
    assert as_editor.post(address(hers, "revoke")).status_code == 404
    hers.refresh_from_db()
    assert hers.revoked_at is None


def test_revoke(as_editor, editor):
    token, _secret = factories.token(editor)
    page = address(token, "revoke")

    assert as_editor.get(page).status_code == 200
    token.refresh_from_db()
    assert token.revoked_at is None

    assert as_editor.post(page).headers["Location"] == list_of(ApiToken)
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert Event.objects.about("token", str(token.pk)).first().verb == "revoke"
    assert "is revoked already" in as_editor.post(page).content.decode()


@pytest.mark.django_db
def test_pages_need_signing_in(client):
    assert client.get(reverse("admin:registry_apitoken_add")).status_code == 302
