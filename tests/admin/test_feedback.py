"""Editors read what visitors wrote, and mark it; they change nothing of it."""

import html

import pytest

from registry.models import Feedback
from tests import factories
from tests.admin.pages import address, list_of

pytestmark = pytest.mark.django_db

LIST = list_of(Feedback)


def marked(client, action, *every):
    return client.post(
        LIST, {"action": action, "_selected_action": [each.pk for each in every]}, follow=True
    )


def test_list_and_page_show_what_was_said(as_editor):
    said = factories.feedback(text="The link is <b>dead</b>.", email="reader@example.org")

    rows = html.unescape(as_editor.get(LIST).content.decode())
    page = as_editor.get(address(said)).content.decode()

    assert said.reference in rows and "The link is" in rows
    assert 'href="mailto:reader@example.org"' in page
    assert 'href="/activities/"' in page
    assert "&lt;b&gt;dead" in page and "<b>dead" not in page
    assert 'name="_save"' not in page


@pytest.mark.parametrize("about", ["https://evil.example/", "//evil.example/", "a title"])
def test_only_pages_of_ours_are_linked(as_editor, about):
    page = as_editor.get(address(factories.feedback(about=about))).content.decode()

    assert f'href="{about}' not in page


def test_several_are_marked_at_once_and_what_cannot_be_is_said(as_editor):
    first, second, closed = (factories.feedback() for _ in range(3))
    Feedback.objects.filter(pk=closed.pk).update(status="closed")

    answer = marked(as_editor, "mark_answered", first, second, closed)

    text = html.unescape(answer.content.decode())
    assert "2 are answered now." in text
    assert f"{closed.reference} is closed; this cannot be done to it." in text
    assert list(Feedback.objects.order_by("pk").values_list("status", flat=True)) == [
        "answered",
        "answered",
        "closed",
    ]


def test_it_is_closed_and_opened_again(as_editor):
    said = factories.feedback()

    marked(as_editor, "mark_closed", said)
    said.refresh_from_db()
    assert said.status == "closed"
    marked(as_editor, "mark_new", said)

    said.refresh_from_db()
    assert said.status == "new"


def test_trail_of_it_is_shown(as_editor):
    said = factories.feedback()

    history = as_editor.get(address(said, "history")).content.decode()

    assert "a visitor" in history


def test_one_and_three_rows_take_as_many_questions(as_editor, django_assert_num_queries):
    factories.feedback()
    as_editor.get(LIST)  # the first of a session keeps the session
    with django_assert_num_queries(19):
        as_editor.get(LIST)
    factories.feedback(), factories.feedback()
    with django_assert_num_queries(19):
        as_editor.get(LIST)
