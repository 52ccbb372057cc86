"""Reading what is not handed in is kept; who is waited for is reminded."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from registry import tasks
from registry.actions import memberships, reading, reminders, reviews
from registry.models import Event
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db
BEGAN = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of):
    return factories.contributor(of)


def test_only_the_reading_of_what_is_not_handed_in_is_kept(of, by):
    editor, member = factories.editor(), factories.editor()
    memberships.add(partner=of, user=member, role="contributor", by=SYSTEM)
    draft, submission = factories.draft(by, of), factories.submitted(by, of)

    assert reading.note_read(submission=draft, by=editor).verb == "read"
    assert reading.note_read(submission=draft, by=editor) is None
    assert reading.note_read(submission=draft, by=member) is None
    assert reading.note_read(submission=submission, by=editor) is None
    asked = reviews.ask_changes(
        submission=submission, text="?", version=submission.version, by=editor
    )
    assert reading.note_read(submission=asked, by=editor).key == submission.reference
    with pytest.raises(PermissionDenied):
        reading.note_read(submission=draft, by=factories.person())

    assert Event.objects.filter(verb="read").count() == 2


def test_to_read_is_not_to_write(of, by):
    editor, draft = factories.editor(), factories.draft(by, of)

    reading.note_read(submission=draft, by=editor)

    assert reviews.is_independent(draft, editor)


def test_what_is_due_is_counted_by_who_may(of, by):
    factories.editor()
    with time_machine.travel(BEGAN, tick=False):
        factories.submitted(by, of)
        factories.draft(by, of)

    assert reminders.remind(now=BEGAN + dt.timedelta(days=6), by=SYSTEM) == 0
    assert reminders.remind(now=BEGAN + dt.timedelta(days=8), by=SYSTEM) == 2
    with pytest.raises(PermissionDenied):
        reminders.remind(now=BEGAN, by=by)


def test_the_timetable_reminds(of, by, caplog):
    factories.editor()
    with time_machine.travel(BEGAN, tick=False):
        factories.submitted(by, of)
    caplog.set_level("INFO", logger="registry.tasks")

    with time_machine.travel(BEGAN + dt.timedelta(days=8), tick=False):
        tasks.remind.delay()

    said = [r.getMessage() for r in caplog.records if r.name == "registry.tasks"]
    assert said == ["1 reminders are due"]
