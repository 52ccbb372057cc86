"""Who is told what becomes of a submission: nobody who may no longer read it."""

import pytest

from registry.actions import memberships, reviews, submissions
from registry.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def focal(of):
    return factories.focal_point(of)


@pytest.fixture
def by(of):
    return factories.contributor(of)


def _told(kind):
    return {notice.recipient for notice in Notice.objects.filter(kind=kind)}


def _leave(of, user):
    memberships.remove(membership=of.memberships.get(user=user), by=user)


def test_who_has_left_the_partner_is_not_told_what_was_decided(of, focal, by):
    editor = factories.editor()
    asked, declined, approved = (factories.submitted(by, of) for _ in range(3))
    _leave(of, by)

    reviews.comment(submission=asked, text="Which villages?", by=editor)
    reviews.ask_changes(submission=asked, text="Say.", version=asked.version, by=editor)
    reviews.decline(submission=declined, text="Twice.", version=declined.version, by=editor)
    reviews.approve(submission=approved, version=approved.version, by=editor)

    for kind in ("comment_added", "changes_asked", "submission_declined", "submission_approved"):
        assert _told(kind) == {focal}


def test_whoever_hands_in_for_one_who_left_has_the_receipt(of, focal, by):
    draft = factories.draft(by, of)
    _leave(of, by)

    submissions.submit(submission=draft, version=1, by=focal)

    assert _told("submission_received") == {focal}


def test_staff_who_wrote_for_a_partner_are_told(of, focal):
    editor, other = factories.editor(), factories.editor()
    written = factories.submitted(editor, of)

    reviews.approve(submission=written, version=written.version, by=other)

    assert _told("submission_received") == {editor}
    assert _told("submission_approved") == {editor, focal}
