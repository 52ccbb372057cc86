"""How often somebody wants messages: chosen behind the link in each, never by looking."""

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import NoticePreference, User
from registry.queries import mails
from tests.notices import person
from tests.web.reading import Page
from tests.web.test_rules import faults

pytestmark = [pytest.mark.django_db, pytest.mark.check("U-66")]
Group = NoticePreference.Group


@pytest.fixture
def user():
    return person()


@pytest.fixture
def address(user):
    return reverse("message-choice", args=[mails.choice_token(user, Group.COMMENTS)])


def _chosen(user):
    return dict(user.notice_preferences.values_list("group", "choice"))


def test_page_asks_and_changes_nothing(client, user, address):
    response = client.get(address)
    page = Page(response)

    assert faults(page) == []
    assert "Comments on submissions" in page.text
    assert _chosen(user) == {}
    assert "no-store" in response.headers["Cache-Control"]
    assert user.email not in response.content.decode()


@pytest.mark.parametrize("choice", NoticePreference.Choice.values)
def test_choice_is_kept_and_shown(client, user, address, choice):
    said = Page(client.post(address, {"choice": choice}))

    assert _chosen(user) == {"comments": choice}
    assert "Kept. You get these messages: " in said.text
    assert f'value="{choice}" checked' in client.get(address).content.decode()


def test_mail_programs_stop_them_in_one_step(user, address):
    # Without a cookie and without a token of a form.
    client = Client(enforce_csrf_checks=True)

    response = client.post(
        address,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 200
    assert _chosen(user) == {"comments": "never"}


@pytest.mark.parametrize("typed", [{}, {"choice": ""}, {"choice": "sometimes"}])
def test_what_is_no_choice_is_asked_again(client, user, address, typed):
    page = Page(client.post(address, typed))

    assert "Choose one of the three." in page.text
    assert _chosen(user) == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_token_that_is_not_ours_leads_nowhere(client, user, address, method):
    for wrong in (address[:-3] + "x/", reverse("message-choice", args=["x"])):
        assert getattr(client, method)(wrong, {"choice": "never"}).status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert getattr(client, method)(address, {"choice": "never"}).status_code == 404
    assert _chosen(user) == {}


def test_other_methods_are_refused(client, address):
    assert client.delete(address).status_code == 405
