"""Who waits for whom, and whom it is time to remind."""

import datetime as dt

import pytest
import time_machine

from registry.actions import drafts, memberships, reviews, submissions
from registry.permissions import SYSTEM
from registry.queries import clocks
from registry.queries.clocks import Side, Stage
from tests import factories

pytestmark = pytest.mark.django_db
BEGAN = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of):
    return factories.contributor(of)


def after(days, hours=0):
    return BEGAN + dt.timedelta(days=days, hours=hours)


def on(days):
    return time_machine.travel(after(days), tick=False)


def reminders(days, hours=0):
    """Those that are due then: kind, reference, the people."""
    return [
        (each.kind, each.submission.reference, set(each.to))
        for each in clocks.due_reminders(after(days, hours))
    ]


def test_the_clock_of_each_state(of, by):
    editor = factories.editor()
    with on(0):
        draft = factories.draft(by, of)
    with on(1):
        submission = submissions.submit(submission=draft, version=1, by=by)
    reviewer_clock = clocks.clock_of(submission, after(9))
    with on(10):
        asked = reviews.ask_changes(
            submission=submission, text="Where?", version=submission.version, by=editor
        )
    with on(12):
        mended = drafts.save(submission=asked, values={"end": "2030"}, version=asked.version, by=by)
    partner_clock = clocks.clock_of(mended, after(13))
    with on(14):
        again = submissions.submit(submission=mended, version=mended.version, by=by)
        reviews.approve(submission=again, version=again.version, by=editor)
    again.refresh_from_db()

    assert reviewer_clock == clocks.Clock(Side.REVIEWER, after(1), Stage.DUE)
    assert reviewer_clock.due_on == dt.date(2026, 3, 10)
    # Who writes is not asleep.
    assert partner_clock == clocks.Clock(Side.PARTNER, after(12), Stage.RUNNING)
    assert clocks.clock_of(again, after(30)) is None


@pytest.mark.parametrize(
    ("days", "hours", "stage"),
    [(6, 23, Stage.RUNNING), (7, 0, Stage.DUE), (13, 23, Stage.DUE), (14, 0, Stage.OVERDUE)],
)
def test_a_week_is_due_and_two_are_overdue(of, by, days, hours, stage):
    with on(0):
        submission = factories.submitted(by, of)

    assert clocks.clock_of(submission, after(days, hours)).stage == stage


def test_reviewers_of_the_area_are_reminded_and_after_two_weeks_the_secretariat(of, by):
    area, editor, other = factories.area(), factories.editor(), factories.administrator()
    reviewer, _elsewhere = factories.reviewer(area), factories.reviewer(factories.area())
    with on(0):
        submission = factories.submitted(by, of, areas=[area.slug])

    assert reminders(6, 23) == []
    assert reminders(7) == [("reviewer_reminder", submission.reference, {reviewer})]
    assert reminders(14) == [("escalation", submission.reference, {editor, other})]


def test_whoever_has_taken_it_on_is_reminded_alone(of, by):
    area, editor = factories.area(), factories.editor()
    factories.reviewer(area)
    factories.editor()
    with on(0):
        submission = factories.submitted(by, of, areas=[area.slug])
        reviews.claim(submission=submission, by=editor)

    assert reminders(8) == [("reviewer_reminder", submission.reference, {editor})]


def test_without_a_reviewer_of_the_area_the_secretariat_is_reminded(of, by):
    editor = factories.editor()
    with on(0):
        submission = factories.submitted(by, of)

    assert reminders(8) == [("reviewer_reminder", submission.reference, {editor})]


def test_people_of_the_partner_are_not_asked_to_review_their_own(of, by):
    area = factories.area()
    reviewer, editor, closed = factories.reviewer(area), factories.editor(), factories.editor()
    memberships.add(partner=of, user=reviewer, role="contributor", by=SYSTEM)
    closed.is_active = False
    closed.save()
    with on(0):
        submission = factories.submitted(by, of, areas=[area.slug])

    assert reminders(8) == [("reviewer_reminder", submission.reference, {editor})]


def test_author_and_focal_points_are_reminded_of_what_was_asked(of, by):
    focal, _another = factories.focal_point(of), factories.contributor(of)
    factories.editor()
    with on(0):
        submission = factories.submitted(by, of)
        reviews.ask_changes(
            submission=submission,
            text="Where?",
            version=submission.version,
            by=factories.editor(),
        )

    for days in (7, 14):
        assert reminders(days) == [("partner_reminder", submission.reference, {by, focal})]


def test_a_draft_that_sleeps_is_told_to_who_began_it(of, by):
    person = factories.person()
    factories.editor()
    with on(0):
        draft = factories.draft(by, of)
        leaver = memberships.add(partner=of, user=person, role="contributor", by=SYSTEM)
        left = factories.draft(person, of)
        factories.focal_point(of)
        memberships.remove(membership=leaver, by=SYSTEM)

    found = {reference: to for _kind, reference, to in reminders(8)}

    focal = set(of.memberships.filter(role="focal-point").values_list("user", flat=True))
    assert {user.pk for user in found[draft.reference]} == {by.pk} | focal
    assert {user.pk for user in found[left.reference]} == focal


def test_each_reminder_names_itself_once(of, by):
    factories.editor()
    with on(0):
        submission = factories.submitted(by, of)

    names = [clocks.due_reminders(after(days))[0].once for days in (7, 8, 13, 14, 40)]

    reference = submission.reference
    reminder = f"reviewer_reminder:{reference}:2026-03-02:due"
    escalation = f"escalation:{reference}:2026-03-02:overdue"
    assert names == [reminder] * 3 + [escalation] * 2


def test_reminders_ask_as_many_questions_for_many(of, by, django_assert_max_num_queries):
    area, asked = factories.area(), []
    factories.reviewer(area)
    for number in (1, 4):
        with on(0):
            for _one in range(number):
                factories.submitted(by, of, areas=[area.slug])
        with django_assert_max_num_queries(10) as questions:
            clocks.due_reminders(after(8))
        asked.append(len(questions))

    assert asked[0] == asked[1]
