"""Look-alikes while somebody writes: shown with reasons, answered, kept for the reviewer."""

import re

import pytest
from django.urls import reverse

from registry.models import Submission
from tests import factories

pytestmark = pytest.mark.django_db
TITLE = "Retorts for the goldsmiths of Tarkwa and Prestea"


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of, client):
    user = factories.contributor(of)
    client.force_login(user)
    return user


@pytest.fixture
def record():
    other = factories.partner(name="Goldsmiths' league")
    lead = [{"partner": other.slug, "role": "lead"}]
    return factories.activity(title=TITLE, countries=["GH"], participations=lead)


@pytest.fixture
def draft(of, by, record):
    return factories.draft(by, of, title=TITLE.upper(), countries=["GH"])


def _page(draft, name):
    return reverse(f"submission-{name}", args=[draft.reference])


def test_the_task_list_the_answers_and_the_review_point_at_them(client, draft, by):
    pages = [client.get(_page(draft, name)).text for name in ("detail", "check")]

    for page in pages:
        assert "One published record resembles this." in page
    alike = client.get(_page(draft, "alike")).text
    assert TITLE in alike
    assert "The same title" in alike
    assert "Led by <bdi>Goldsmiths&#x27; league</bdi>" in alike


def test_another_one_because_is_kept_for_the_reviewer(client, draft, by, record):
    sent = {"key": record.slug, "version": draft.version, "because": "Theirs ended in 2012."}
    client.post(_page(draft, "apart"), sent)

    kept = Submission.objects.get(pk=draft.pk)
    assert kept.not_the_same == {record.slug: "Theirs ended in 2012."}
    assert "resembles this" not in client.get(_page(draft, "detail")).text
    assert "Theirs ended in 2012." in client.get(_page(draft, "alike")).text


def test_saying_nothing_is_told(client, draft, by, record):
    sent = {"key": record.slug, "version": draft.version, "because": " "}

    page = client.post(_page(draft, "apart"), sent)

    assert page.status_code == 400
    assert page.text.count("Say what makes it another one.") == 2
    assert f'href="#because-{record.slug}"' in page.text


def test_taking_part_opens_a_request_to_join(client, draft, by, of, record):
    sent = {"key": record.slug, "role": "funding"}

    answer = client.post(_page(draft, "join"), sent)

    joining = Submission.objects.get(kind="join")
    assert answer.url == joining.get_absolute_url()
    assert {"partner": of.slug, "role": "funding"} in joining.values["participations"]
    assert re.findall(r"state-(\S+)\"", client.get(answer.url).text) == ["done"]


def test_what_resembles_nothing_says_so(client, of, by):
    draft = factories.draft(by, of, title="Zyzzyva quasar xylophone", summary="Quux.")

    page = client.get(_page(draft, "alike")).text

    assert "Nothing that is published resembles what you wrote so far." in page
