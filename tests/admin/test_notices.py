"""Messages in the administration: what was given up stands first and is sent again."""

import html

import pytest
from django.utils import timezone

from registry.models import Event, Notice
from registry.permissions import ADMINISTRATOR
from tests.admin.pages import address, list_of
from tests.notices import WORDS, notice, person

LIST = list_of(Notice)
State = Notice.State


@pytest.fixture
def failed(db):
    made = notice(user=person(email="gone@example.org"))
    Notice.objects.filter(pk=made.pk).update(
        state=State.FAILED, attempts=1, first_try_at=timezone.now(), last_error="550 No such person"
    )
    return made


def test_given_up_messages_stand_first(as_editor, failed):
    later = [notice(), notice()]

    page = as_editor.get(LIST)

    assert [*page.context["cl"].result_list] == [failed, later[1], later[0]]
    assert "550 No such person" in page.content.decode()


@pytest.mark.parametrize(
    "asked", [{"state": "failed"}, {"q": "gone@example.org"}, {"q": "No such person"}]
)
def test_list_is_narrowed_by_state_and_words(as_editor, failed, asked):
    notice()

    page = as_editor.get(
        LIST, {("state__exact" if k == "state" else k): v for k, v in asked.items()}
    )

    assert [*page.context["cl"].result_list] == [failed]


def test_list_is_narrowed_by_kind(as_editor, failed):
    other = notice(Notice.Kind.COMMENT_ADDED)

    page = as_editor.get(LIST, {"kind__exact": "comment_added"})

    assert [*page.context["cl"].result_list] == [other]


def test_one_and_three_rows_take_as_many_questions(as_editor, django_assert_num_queries):
    notice()
    as_editor.get(LIST)  # the first of a session keeps the session
    with django_assert_num_queries(20):
        as_editor.get(LIST)
    notice(), notice()
    with django_assert_num_queries(20):
        as_editor.get(LIST)


def test_message_is_read_not_changed(as_editor, failed):
    text = html.unescape(as_editor.get(address(failed)).content.decode())

    assert WORDS["title"] in text and failed.message_id in text
    assert 'name="_save"' not in text
    assert as_editor.post(address(failed), {"state": "sent"}).status_code == 403
    assert as_editor.get(list_of(Notice, "add")).status_code == 403


@pytest.mark.parametrize("kind", [Notice.Kind.INVITED, Notice.Kind.ACCOUNT])
def test_words_that_open_a_door_are_shown_to_nobody(as_administrator, kind):
    made = notice(kind)

    text = as_administrator.get(address(made)).content.decode()

    for secret in (WORDS["link"], WORDS["text"], "accounts/key", "<p>Open it.</p>"):
        assert secret not in text
    assert "whoever has its link could act for the person" in text


def _send_again(client, *made):
    asked = {"action": "send_again", "_selected_action": [each.pk for each in made]}
    return client.post(LIST, asked, follow=True).content.decode()


def test_given_up_messages_are_sent_again(as_editor, editor, failed):
    text = _send_again(as_editor, failed)

    assert "1 message will be sent again." in text
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (State.QUEUED, 0)
    assert Event.objects.about("notice", str(failed.pk)).get().actor_id == editor.pk


def test_others_are_refused_in_a_sentence(as_editor, failed):
    waiting = notice()

    text = _send_again(as_editor, failed, waiting)

    assert "was not given up." in text and "1 message will be sent again." in text
    waiting.refresh_from_db()
    assert waiting.state == State.QUEUED


def test_who_has_no_role_sees_and_sends_nothing(client, failed, staff):
    user = staff(ADMINISTRATOR)
    user.groups.clear()
    client.force_login(user)

    assert client.get(LIST).status_code == 403
    asked = {"action": "send_again", "_selected_action": [failed.pk]}
    assert client.post(LIST, asked).status_code == 403
    failed.refresh_from_db()
    assert failed.state == State.FAILED
