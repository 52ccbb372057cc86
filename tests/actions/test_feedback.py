"""Feedback is kept, moves on by rule, and loses its address after twelve months."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from registry import tasks
from registry.actions import feedback
from registry.errors import Refused
from registry.models import Event, Feedback, Notice
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db

Status = Feedback.Status


def test_only_those_who_decide_are_told():
    editor, _member = factories.editor(), factories.contributor(factories.partner())

    factories.feedback()

    assert [notice.recipient for notice in Notice.objects.filter(kind="feedback")] == [editor]


@pytest.mark.parametrize("given", [{"text": " "}, {"text": "x" * 5001}, {"email": "nobody"}])
def test_what_cannot_be_kept_is_refused(given):
    with pytest.raises(ValidationError):
        factories.feedback(**given)

    assert (Feedback.objects.count(), Event.objects.filter(noun="feedback").count()) == (0, 0)


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (Status.NEW, Status.ANSWERED, True),
        (Status.NEW, Status.CLOSED, True),
        (Status.NEW, Status.NEW, False),
        (Status.ANSWERED, Status.CLOSED, True),
        (Status.ANSWERED, Status.NEW, False),
        (Status.CLOSED, Status.NEW, True),
        (Status.CLOSED, Status.ANSWERED, False),
    ],
)
def test_status_moves_by_rule(before, after, may):
    editor, said = factories.editor(), factories.feedback()
    Feedback.objects.update(status=before)

    if not may:
        with pytest.raises(Refused, match=said.reference):
            feedback.mark(feedback=said, status=after, by=editor)
    else:
        feedback.mark(feedback=said, status=after, by=editor)

    said.refresh_from_db()
    assert said.status == (after if may else before)
    marked = Event.objects.filter(noun="feedback", verb="mark").values_list("before", "after")
    assert list(marked) == ([({"status": before}, {"status": after})] if may else [])


def test_only_editors_deal_with_it():
    said = factories.feedback()
    member = factories.contributor(factories.partner())

    with pytest.raises(PermissionDenied):
        feedback.mark(feedback=said, status=Status.CLOSED, by=member)
    with pytest.raises(PermissionDenied):
        feedback.erase_addresses(by=member)


def test_address_is_erased_after_twelve_months_and_the_text_stays():
    old, new = (factories.feedback(email="reader@example.org") for _ in range(2))
    without = factories.feedback()
    now = timezone.now()
    past = now - dt.timedelta(days=366)
    Feedback.objects.exclude(pk=new.pk).update(created_at=past)

    tasks.erase_addresses()

    for each in (old, new, without):
        each.refresh_from_db()
    assert (old.email, old.text) == ("", "The year is wrong.")
    assert old.erased_at >= now
    assert (new.email, new.erased_at) == ("reader@example.org", None)
    assert without.erased_at is None
    erased = Event.objects.filter(verb="erase address").values_list("key", "actor")
    assert list(erased) == [(old.reference, "system")]
    assert feedback.erase_addresses(by=SYSTEM) == 0


def test_job_is_on_the_timetable(settings):
    named = [job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()]

    assert "registry.tasks.erase_addresses" in named
