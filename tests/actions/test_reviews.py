"""Who sees a submission, and what reviewers say of it."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from registry.actions import drafts, memberships, reviews, submissions
from registry.errors import Refused
from registry.models import Presence, Submission
from registry.permissions import SYSTEM
from registry.queries.reviewing import reviewers_of
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


def test_nobody_takes_on_what_they_or_their_partner_wrote(of, by):
    writer, member, editor = (factories.editor() for _ in range(3))
    memberships.add(partner=of, user=member, role="contributor", by=SYSTEM)
    submission = factories.draft(by, of)
    drafts.save(submission=submission, values={"summary": "Mended."}, version=1, by=writer)
    submission = submissions.submit(submission=submission, version=2, by=by)

    for own in (writer, member):
        with pytest.raises(PermissionDenied, match="somebody else has to decide"):
            reviews.claim(submission=submission, by=own)
        with pytest.raises(Refused, match="may not review this one"):
            reviews.hand_over(submission=submission, to=own, by=editor)

    assert Submission.objects.get(pk=submission.pk).claimed_by is None
    assert reviewers_of(submission) == [editor]


@pytest.mark.parametrize("say", ["comment", "note", "recommend"])
def test_what_is_said_is_said_of_it_as_it_is_now(of, by, say):
    area = factories.area()
    reviewer, editor = factories.reviewer(area), factories.editor()
    read = factories.submitted(by, of, areas=[area.slug])
    reviews.ask_changes(submission=read, text="Where?", version=read.version, by=editor)
    given = {"advice": "approve"} if say == "recommend" else {}

    with pytest.raises(PermissionDenied, match="may not review"):
        getattr(reviews, say)(submission=read, text="Yes.", by=reviewer, **given)

    assert list(read.remarks.values_list("kind", flat=True)) == ["reason"]


def test_what_was_thrown_away_meanwhile_is_said_to_be_gone(of, by):
    draft = factories.draft(by, of)
    drafts.discard(submission=Submission.objects.get(pk=draft.pk), version=1, by=by)

    with pytest.raises(Refused, match=f"{draft.reference} was thrown away meanwhile"):
        drafts.save(submission=draft, values={"summary": "More."}, version=1, by=by)


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
