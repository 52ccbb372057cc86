"""Withdrawing and restoring in the administration."""

import pytest

from registry.actions import activities
from registry.models import Activity, Entry, Event, Participation
from registry.permissions import SYSTEM
from tests.admin.pages import address


def _entry(activity):
    return Entry.objects.get(noun="activity", key=activity.slug)


def test_button_leads_to_the_question(as_editor, activity):
    assert "../withdraw/" in as_editor.get(address(activity)).content.decode()
    page = as_editor.get(address(activity, "withdraw"))
    assert page.status_code == 200
    assert not page.context["form"].is_bound


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdraw_without_a_reason_is_refused(as_editor, activity, reason):
    page = as_editor.post(address(activity, "withdraw"), {"version": 1, "reason": reason})
    assert "Say why it is withdrawn." in page.content.decode()
    assert _entry(activity).body


def test_withdraw_leaves_a_tombstone(as_editor, editor, activity):
    asked = {"version": 1, "reason": "Was never carried out."}
    page = as_editor.post(address(activity, "withdraw"), asked, follow=True)
    assert _entry(activity).withdrawn_at and not _entry(activity).body
    event = Event.objects.about("activity", activity.slug).first()
    assert (event.verb, event.note, event.actor_id) == (
        "withdraw",
        "Was never carried out.",
        editor.pk,
    )
    text = page.content.decode()
    assert "Withdrawn on" in text and "../restore/" in text and 'name="_save"' not in text
    assert Participation.objects.filter(activity=activity).count() == 2


def test_restore(as_editor, activity):
    activities.withdraw(record=activity, version=1, reason="A test.", by=SYSTEM)
    assert as_editor.get(address(activity, "restore")).status_code == 200
    assert as_editor.post(address(activity, "restore"), {"version": 2}).status_code == 302
    assert activity.title in _entry(activity).body
    assert Event.objects.about("activity", activity.slug).first().verb == "restore"


def test_answer_to_an_old_page_is_refused(as_editor, activity):
    activities.change(record=activity, values={"title": "New"}, version=1, by=SYSTEM)
    asked = {"version": 1, "reason": "Old."}
    page = as_editor.post(address(activity, "withdraw"), asked)
    assert "was changed by somebody else" in page.content.decode()
    assert 'name="version" value="2"' in page.content.decode()
    assert Activity.objects.get(pk=activity.pk).withdrawn_at is None


def test_twice_is_refused_in_words(as_editor, activity):
    activities.withdraw(record=activity, version=1, reason="A test.", by=SYSTEM)
    page = as_editor.post(address(activity, "withdraw"), {"version": 2, "reason": "Again."})
    assert "is withdrawn already" in page.content.decode()
    page = as_editor.post(address(activity, "restore"), {"version": 2})
    page = as_editor.post(address(activity, "restore"), {"version": 3})
    assert "is not withdrawn" in page.content.decode()


def test_nobody_deletes(as_administrator, activity, area, partner):
    for record in (activity, area, partner):
        assert as_administrator.post(address(record, "delete"), {"post": "yes"}).status_code == 403
        assert "deletelink" not in as_administrator.get(address(record)).content.decode()


def test_record_that_does_not_exist(as_editor, db):
    for page in ("withdraw", "restore"):
        assert as_editor.get(f"/admin/registry/activity/999999999/{page}/").status_code == 404
        assert as_editor.get(f"/admin/registry/activity/x/{page}/").status_code == 404
