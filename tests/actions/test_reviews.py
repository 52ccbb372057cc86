"""Who sees a submission, and what reviewers say of it."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from registry.actions import reviews
from registry.errors import Refused
from registry.models import Presence, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of):
    return factories.contributor(of)


def test_who_sees_a_submission(of, by):
    asgm, waste = (factories.area() for _ in range(2))
    other = factories.focal_point(factories.partner())
    touching, elsewhere = factories.reviewer(asgm), factories.reviewer(waste)
    draft = factories.draft(by, of, areas=[asgm.slug])
    handed_in = factories.submitted(by, of, areas=[asgm.slug])

    def seen(user):
        return set(Submission.objects.visible_to(user)) & {draft, handed_in}

    assert seen(by) == seen(factories.contributor(of)) == seen(factories.editor())
    assert seen(by) == {draft, handed_in}
    assert seen(touching) == {handed_in}
    assert seen(other) == seen(elsewhere) == seen(factories.person()) == set()


def test_internal_notes_are_not_for_the_partner(of, by):
    submission, editor = factories.submitted(by, of), factories.editor()

    reviews.note(submission=submission, text="Ask the field office.", by=editor)
    reviews.comment(submission=submission, text="Thank you.", field="title", by=editor)
    reviews.comment(submission=submission, text="You are welcome.", by=by)

    assert [(r.text, r.for_partner) for r in submission.remarks.order_by("pk")] == [
        ("Ask the field office.", False),
        ("Thank you.", True),
        ("You are welcome.", True),
    ]
    with pytest.raises(PermissionDenied):
        reviews.note(submission=submission, text="Me too.", by=by)


def test_one_takes_it_on_and_hands_it_over(of, by):
    submission = factories.submitted(by, of)
    first, second = factories.editor(), factories.editor()

    reviews.claim(submission=submission, by=first)
    with pytest.raises(Refused, match="has taken this on"):
        reviews.claim(submission=submission, by=second)
    reviews.hand_over(submission=submission, to=second, by=first)

    assert Submission.objects.get(pk=submission.pk).claimed_by == second


def test_two_who_have_it_open_see_each_other(of, by):
    submission, editor = factories.submitted(by, of), factories.editor()

    assert reviews.be_present(submission=submission, by=by) == []
    assert reviews.be_present(submission=submission, by=editor) == [by]


def test_who_has_left_is_forgotten(of, by):
    submission, editor = factories.submitted(by, of), factories.editor()
    reviews.be_present(submission=submission, by=by)

    with time_machine.travel(timezone.now() + 2 * reviews.PRESENT):
        assert reviews.be_present(submission=submission, by=editor) == []

    assert [each.user for each in Presence.objects.all()] == [editor]
