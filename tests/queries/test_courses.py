"""What a submission said before, from what the trail keeps of each change."""

import uuid

import pytest

from registry.actions import activities, drafts, reviews, submissions
from registry.permissions import SYSTEM
from registry.queries import courses
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of):
    return factories.contributor(of)


def save(submission, by, **values):
    return drafts.save(submission=submission, values=values, version=submission.version, by=by)


def said(submission):
    return submission.base | submission.values


def test_every_version_can_be_read_again(of, by):
    record = factories.activity(
        title="Before", summary="Retorts.", participations=[{"partner": of.slug, "role": "lead"}]
    )
    change = drafts.revise(
        record=record, partner=of, ticket=uuid.uuid4(), values={"title": "After"}, by=by
    )
    versions = {change.version: said(change)}
    for values in (
        {"summary": "Retorts for women.", "end": "2030"},
        {"title": "Long after", "end": ""},
        # Back to what the record says: it is no longer proposed.
        {"title": "Before", "countries": ["GH"]},
        {"summary": "Retorts."},
    ):
        change = save(change, by, **values)
        versions[change.version] = said(change)
    events = courses.events_of(change)

    assert len(versions) == 5
    for version, values in versions.items():
        assert courses.at_version(change, events, version).values == values
    assert courses.at_version(change, events, 0) is None


def test_a_new_start_from_the_record_loses_nothing_of_what_was_said(of, by):
    record = factories.activity(
        title="Before", participations=[{"partner": of.slug, "role": "lead"}]
    )
    change = drafts.revise(
        record=record, partner=of, ticket=uuid.uuid4(), values={"title": "After"}, by=by
    )
    activities.change(record=record, values={"title": "Meanwhile"}, version=1, by=SYSTEM)
    change = drafts.rebase(submission=change, version=1, by=by)
    change = save(change, by, title="Long after")

    earlier = courses.at_version(change, courses.events_of(change), 2)

    assert (earlier.values["title"], earlier.by) == ("After", [str(by)])


def test_versions_before_a_new_start_are_read_as_they_were(of, by):
    record = factories.activity(
        title="Before", summary="Retorts.", participations=[{"partner": of.slug, "role": "lead"}]
    )
    given = {"partner": of, "ticket": uuid.uuid4(), "by": by}
    change = drafts.revise(record=record, values={"title": "After"}, **given)
    versions = {change.version: said(change)}
    change = save(change, by, summary="Retorts for women.")
    versions[change.version] = said(change)
    meanwhile = {"title": "After", "summary": "Meanwhile.", "end": "2030"}
    activities.change(record=record, values=meanwhile, version=1, by=SYSTEM)

    change = drafts.rebase(submission=change, version=change.version, by=by)

    versions[change.version] = said(change)
    assert change.values == {"summary": "Retorts for women."}
    for version, values in versions.items():
        assert courses.at_version(change, courses.events_of(change), version).values == values


def test_what_it_said_when_it_was_in_review(of, by):
    editor = factories.editor()
    submission = factories.submitted(by, of, summary="One.")
    assert courses.when_asked(submission, courses.events_of(submission)) is None
    assert courses.when_submitted(submission, courses.events_of(submission)) is None

    corrected = save(submission, editor, summary="Two.")
    events = courses.events_of(corrected)
    assert courses.when_submitted(corrected, events).values["summary"] == "One."
    assert courses.when_submitted(corrected, events).by == [str(editor)]

    asked = reviews.ask_changes(
        submission=corrected, text="?", version=corrected.version, by=factories.editor()
    )
    mended = save(asked, by, summary="Three.")
    again = submissions.submit(submission=mended, version=mended.version, by=by)
    earlier = courses.when_asked(again, courses.events_of(again))
    assert (earlier.values["summary"], earlier.by) == ("Two.", [str(by)])


def test_talk_is_no_step(of, by):
    submission, editor = factories.submitted(by, of), factories.editor()
    reviews.comment(submission=submission, text="Hello.", by=editor)
    reviews.note(submission=submission, text="Hm.", by=editor)
    reviews.claim(submission=submission, by=editor)
    reviews.hand_over(submission=submission, to=None, by=editor)

    steps = courses.steps(courses.events_of(submission))

    assert [(step.verb, step.said, step.is_move) for step in steps] == [
        ("hand over", "gave it back to all who review", False),
        ("hand over", "took it on", False),
        ("submit", "handed it in", True),
        ("start", "began to write", False),
    ]
