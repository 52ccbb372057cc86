"""A submission from its first field to its decision: what is kept, refused, published."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from registry.actions import activities, drafts, reviews, submissions
from registry.errors import Refused, Stale
from registry.models import Activity, Event, Membership, Partner, Status, Submission
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of):
    return factories.contributor(of)


def test_a_draft_begins_with_what_is_known(of, by):
    draft = drafts.start(noun="activity", partner=of, ticket=uuid.uuid4(), by=by)

    assert draft.values["participations"] == [{"partner": of.slug, "role": "lead"}]
    assert (draft.status, draft.version, draft.author, draft.title) == ("draft", 1, by, "")
    assert draft.reference.startswith("S-")


def test_one_ticket_opens_one_draft(of, by):
    ticket = uuid.uuid4()

    first = drafts.start(noun="activity", partner=of, ticket=ticket, by=by)
    again = drafts.start(noun="activity", partner=of, ticket=ticket, by=by)

    assert first == again
    assert Submission.objects.filter(author=by).count() == 1


def test_a_draft_may_be_wrong_and_keeps_what_was_typed(of, by):
    draft = factories.draft(by, of)
    typed = {"start": "last spring", "kind": "whatever", "countries": ["XX", "QQ"], "title": " A "}

    saved = drafts.save(submission=draft, values=typed, version=1, by=by)

    assert {name: saved.values[name] for name in typed} == typed | {
        "title": "A",
        "countries": ["QQ", "XX"],
    }
    assert (saved.version, saved.title) == (2, "A")


def test_saving_the_same_again_changes_nothing(of, by):
    draft = factories.draft(by, of)

    saved = drafts.save(submission=draft, values={"title": draft.title}, version=1, by=by)

    assert saved.version == 1
    assert Event.objects.about("submission", draft.reference).count() == 1


def test_the_second_of_two_is_told_both_texts(of, by):
    draft = factories.draft(by, of)
    drafts.save(submission=draft, values={"summary": "First."}, version=1, by=by)

    with pytest.raises(Stale) as stale:
        drafts.save(submission=draft, values={"summary": "Second."}, version=1, by=by)

    assert stale.value.differences() == [("summary", "First.", "Second.")]
    assert Submission.objects.get(pk=draft.pk).values["summary"] == "First."


@pytest.mark.parametrize(
    "values",
    [
        {"slug": "mine"},
        {"attribution": "unep"},
        {"confirmed_on": "2030-01-01"},
        {"status": "completed"},
        {"source": "me"},
        {"id": 1},
        {"title": "a\0b"},
        {"countries": [{"deep": "\ud800"}]},
    ],
    ids=str,
)
def test_what_is_not_theirs_to_say_is_refused_by_name(of, by, values):
    draft = factories.draft(by, of)

    with pytest.raises(ValidationError) as refused:
        drafts.save(submission=draft, values=values, version=1, by=by)

    assert list(refused.value.message_dict) == list(values)
    assert Submission.objects.get(pk=draft.pk).version == 1


def test_submitting_lists_everything_that_is_missing_or_wrong_at_once(of, by):
    empty = dict.fromkeys(("title", "summary", "kind", "level", "start"), "")
    wrong = {"countries": ["XX"], "articles": [], "participations": [], "gef_id": "9" * 200}
    draft = factories.draft(by, of, **empty, **wrong)

    with pytest.raises(ValidationError) as refused:
        submissions.submit(submission=draft, version=1, by=by)

    assert refused.value.message_dict == {
        "title": ["Enter the title of the activity."],
        "summary": ["Say in a few sentences what is done, and for whom."],
        "kind": ["Choose what kind of activity it is."],
        "level": ["Choose whether it is global, regional or national."],
        "start": ["Enter when it began or will begin; the year is enough."],
        "participations": ["Name at least one organisation and what it does."],
        "articles": ["Choose at least one article of the Convention it serves."],
        "countries": ["“XX” is not known here."],
        "gef_id": ["Ensure this value has at most 10 characters (it has 200)."],
    }
    assert Submission.objects.get(pk=draft.pk).status == Status.DRAFT


def test_what_only_the_database_knows_is_told_too(of, by):
    activities.create(
        values={"title": "Older", "kind": "awareness", "level": "global", "gef_id": "77777"},
        by=SYSTEM,
    )
    draft = factories.draft(by, of, gef_id="77777")

    with pytest.raises(ValidationError) as refused:
        submissions.submit(submission=draft, version=1, by=by)

    assert "Another activity has this GEF number." in str(refused.value)
    assert Activity.objects.filter(gef_id="77777").count() == 1


def test_checking_leaves_nothing_behind(of, by):
    before = Activity.objects.count(), Event.objects.exclude(noun="submission").count()

    factories.submitted(by, of)

    after = Activity.objects.count(), Event.objects.exclude(noun="submission").count()
    assert after == before


def test_submitting_twice_submits_once(of, by):
    draft = factories.draft(by, of)

    first = submissions.submit(submission=draft, version=1, by=by)
    again = submissions.submit(submission=draft, version=1, by=by)

    assert (first.reference, first.version) == (again.reference, again.version)
    assert Event.objects.about("submission", draft.reference).filter(verb="submit").count() == 1


def test_approval_publishes_exactly_what_was_submitted(of, by):
    editor = factories.editor()
    submission = factories.submitted(by, of, title="Retorts for all")

    record = reviews.approve(submission=submission, version=submission.version, by=editor)

    submission.refresh_from_db()
    stored = activities.SHAPE.read(record)
    assert {name: stored[name] for name in submission.values} == submission.values
    assert stored["attribution"] == "partner"
    assert stored["external_id"] == submission.reference
    assert stored["confirmed_on"] == submission.submitted_at.date().isoformat()
    assert (submission.status, submission.key) == (Status.APPROVED, record.slug)
    assert submission.decided_by == editor


def test_what_is_in_review_stays_as_it_was_submitted(of, by):
    submission = factories.submitted(by, of)

    with pytest.raises(Refused, match="is in review and cannot be changed now"):
        drafts.save(submission=submission, values={"title": "x"}, version=submission.version, by=by)


def test_a_change_holds_only_what_differs_and_leaves_the_record_until_approved(of, by):
    record = factories.activity(
        title="Before", participations=[{"partner": of.slug, "role": "lead"}]
    )
    change = drafts.revise(
        record=record, partner=of, ticket=uuid.uuid4(), values={"title": "After"}, by=by
    )
    drafts.save(submission=change, values={"summary": "", "level": "global"}, version=1, by=by)
    change = submissions.submit(submission=change, version=1, by=by)

    assert change.values == {"title": "After"}
    assert Activity.objects.get(pk=record.pk).title == "Before"

    reviews.approve(submission=change, version=change.version, by=factories.editor())

    record.refresh_from_db()
    assert (record.title, record.version) == ("After", 2)


def test_a_change_of_other_fields_meanwhile_is_no_obstacle(of, by):
    record, change = _change_in_review(of, by)
    activities.change(record=record, values={"summary": "Meanwhile."}, version=1, by=SYSTEM)

    reviews.approve(submission=change, version=change.version, by=factories.editor())

    record.refresh_from_db()
    assert (record.title, record.summary) == ("After", "Meanwhile.")


def test_a_change_of_the_same_field_meanwhile_is_told_with_both_texts(of, by):
    record, change = _change_in_review(of, by)
    activities.change(record=record, values={"title": "Meanwhile"}, version=1, by=SYSTEM)
    editor = factories.editor()

    with pytest.raises(Stale) as stale:
        reviews.approve(submission=change, version=change.version, by=editor)

    assert stale.value.differences() == [("title", "Meanwhile", "After")]

    change = drafts.rebase(submission=change, version=change.version, by=editor)
    reviews.approve(submission=change, version=change.version, by=editor)
    assert Activity.objects.get(pk=record.pk).title == "After"


def _change_in_review(of, by):
    record = factories.activity(
        title="Before", participations=[{"partner": of.slug, "role": "lead"}]
    )
    change = drafts.revise(
        record=record, partner=of, ticket=uuid.uuid4(), values={"title": "After"}, by=by
    )
    return record, submissions.submit(submission=change, version=1, by=by)


def test_nobody_decides_on_what_they_wrote_or_their_partner_submitted(of, by):
    writer, member = factories.editor(), factories.editor()
    Membership.objects.create(user=member, partner=of, role=Membership.Role.CONTRIBUTOR)
    submission = factories.draft(by, of)
    drafts.save(submission=submission, values={"summary": "Mended."}, version=1, by=writer)
    submission = submissions.submit(submission=submission, version=2, by=by)
    own = factories.submitted(writer, of)

    for about, who in ((submission, writer), (submission, member), (own, writer)):
        for decide in (
            lambda s, w: reviews.approve(submission=s, version=s.version, by=w),
            lambda s, w: reviews.decline(submission=s, version=s.version, text="No.", by=w),
            lambda s, w: reviews.ask_changes(submission=s, version=s.version, text="Go.", by=w),
            lambda s, w: reviews.recommend(submission=s, advice="approve", text="", by=w),
        ):
            with pytest.raises(PermissionDenied, match="somebody else has to decide"):
                decide(about, who)


def test_a_decision_to_decline_or_ask_needs_words(of, by):
    submission, editor = factories.submitted(by, of), factories.editor()

    for decide in (reviews.decline, reviews.ask_changes):
        with pytest.raises(ValidationError, match="Say why"):
            decide(submission=submission, version=submission.version, text=" ", by=editor)

    declined = reviews.decline(
        submission=submission, version=submission.version, text="Twice.", by=editor
    )
    assert declined.status == Status.DECLINED
    assert list(declined.remarks.values_list("kind", "text")) == [("reason", "Twice.")]
    with pytest.raises(Refused, match="is declined"):
        reviews.approve(submission=declined, version=declined.version, by=editor)


def test_what_was_asked_for_is_mended_and_handed_in_again(of, by):
    submission, editor = factories.submitted(by, of), factories.editor()
    asked = reviews.ask_changes(
        submission=submission, version=submission.version, text="Which villages?", by=editor
    )

    mended = drafts.save(
        submission=asked, values={"summary": "Three of them."}, version=asked.version, by=by
    )
    again = submissions.submit(submission=mended, version=mended.version, by=by)

    assert (asked.status, again.status) == (Status.CHANGES_REQUESTED, Status.SUBMITTED)


def test_withdrawn_is_withdrawn_and_discarded_is_gone_but_for_the_trail(of, by):
    handed_in, never = factories.submitted(by, of), factories.draft(by, of)

    gone = submissions.withdraw(submission=handed_in, version=handed_in.version, by=by)
    drafts.discard(submission=never, version=1, by=by)

    assert gone.status == Status.WITHDRAWN
    assert not Submission.objects.filter(pk=never.pk).exists()
    assert Event.objects.about("submission", never.reference).first().verb == "discard"
    with pytest.raises(Refused, match="was submitted; withdraw it instead"):
        drafts.discard(submission=gone, version=gone.version, by=by)


def test_an_application_makes_the_partner_and_its_first_focal_point():
    applicant, editor = factories.person(), factories.editor()
    values = {
        "name": "Institute of Clean Rivers",
        "type": "academia",
        "country": "GH",
        "areas": ["asgm"],
        "involvement": "Measures what the rivers carry.",
    }
    draft = drafts.start(
        noun="partner", partner=None, ticket=uuid.uuid4(), values=values, by=applicant
    )
    handed_in = submissions.submit(submission=draft, version=1, by=applicant)

    partner = reviews.approve(submission=handed_in, version=handed_in.version, by=editor)

    assert partner.standing == Partner.Standing.PARTNER
    assert partner.evidence == "self-stated"
    members = list(partner.memberships.values_list("user", "role"))
    assert members == [(applicant.pk, "focal-point")]
    assert Submission.objects.get(pk=draft.pk).partner == partner


def test_taking_part_in_anothers_activity_changes_that_alone(of, by):
    record = factories.activity(
        participations=[{"partner": factories.partner().slug, "role": "lead"}]
    )
    joining = drafts.join(
        record=record, partner=of, role="contributing", ticket=uuid.uuid4(), by=by
    )

    with pytest.raises(Refused, match="Here you propose to take part"):
        drafts.save(submission=joining, values={"title": "Ours"}, version=1, by=by)
    joining = submissions.submit(submission=joining, version=1, by=by)
    reviews.approve(submission=joining, version=joining.version, by=factories.editor())

    assert record.participations.filter(partner=of, role="contributing").exists()


def test_who_came_meanwhile_stays_when_somebody_joins(of, by):
    first, second = ({"partner": factories.partner().slug, "role": "lead"} for _ in range(2))
    record = factories.activity(participations=[first])
    joining = drafts.join(record=record, partner=of, role="funding", ticket=uuid.uuid4(), by=by)
    activities.change(
        record=record, values={"participations": [first, second]}, version=1, by=SYSTEM
    )

    joining = drafts.rebase(submission=joining, version=1, by=by)
    joining = submissions.submit(submission=joining, version=joining.version, by=by)
    reviews.approve(submission=joining, version=joining.version, by=factories.editor())

    stored = activities.SHAPE.read(record)["participations"]
    assert stored == [first, second, {"partner": of.slug, "role": "funding"}]


def test_anothers_record_cannot_be_changed(of, by):
    record = factories.activity()

    with pytest.raises(PermissionDenied, match="Only those who take part"):
        drafts.revise(record=record, partner=of, ticket=uuid.uuid4(), by=by)
