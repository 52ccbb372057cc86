"""What is done at the review desk: each button, by whom, and what stands in its way."""

import re
import uuid

import pytest
from django.test import Client

from registry.actions import activities, drafts, memberships, reviews, submissions
from registry.models import Activity, Partner, Remark, Status, Submission
from registry.permissions import SYSTEM
from tests import factories
from tests.web.reading import Page
from tests.web.test_review_page import changed, opened, words
from tests.web.test_reviewing import signed_in
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of):
    return factories.contributor(of)


@pytest.fixture
def editor():
    return factories.editor(name="Ana Silva")


def do(user, submission, verb, **given):
    """Press a button of the screen as it was opened in the submission's version."""
    given = {"version": submission.version} | given
    return signed_in(user).post(f"/review/{submission.reference}/{verb}/", given)


def told(user, response):
    """What the page says after a button that worked."""
    assert response.status_code == 302, response.content.decode()
    page = signed_in(user).get(response.headers["Location"])
    assert page.status_code == 200


def now(submission):
    return Submission.objects.get(pk=submission.pk)


def said(submission):
    remarks = submission.remarks.order_by("pk")
    return [(r.kind, r.advice, r.field, r.text) for r in remarks]


def problems(response):
    return [each.said for each in response.context["tried"].problems]


def test_one_takes_it_on_gives_it_back_hands_it_over(of, by, editor):
    submission, colleague = factories.submitted(by, of), factories.editor(name="Li Wei")

    told(editor, do(editor, submission, "claim"))
    assert now(submission).claimed_by == editor
    refused = do(colleague, submission, "claim")
    assert refused.status_code == 409
    assert problems(refused) == ["Ana Silva has taken this on; ask them to hand it over."]

    told(editor, do(editor, submission, "hand-over", to=colleague.pk))
    assert now(submission).claimed_by == colleague
    told(colleague, do(colleague, submission, "give-back"))
    assert now(submission).claimed_by is None


def test_it_is_handed_over_only_to_who_may_have_it(of, by, editor):
    area = factories.area()
    submission = factories.submitted(by, of, areas=[area.slug])
    reviewer, stranger = factories.reviewer(area), factories.reviewer(factories.area())
    member = factories.editor()
    memberships.add(partner=of, user=member, role="contributor", by=SYSTEM)
    reviews.claim(submission=submission, by=editor)

    page = opened(editor, submission)

    offered = set(page.context["forms"]["hand_over"].people.values())
    assert {editor, reviewer} <= offered
    assert not {by, member, stranger} & offered
    for nobody in (by, member, stranger, "x", ""):
        wrong = do(editor, submission, "hand-over", to=getattr(nobody, "pk", nobody))
        assert wrong.status_code == 422
    assert now(submission).claimed_by == editor


def test_what_is_said_goes_where_it_belongs(of, by, editor):
    submission = factories.submitted(by, of)

    told(editor, do(editor, submission, "comment", text=" Which one? ", field="countries"))
    told(editor, do(editor, submission, "note", text="Ask the field office."))
    told(editor, do(editor, submission, "recommend", advice="ask-changes"))

    assert said(submission) == [
        ("comment", "", "countries", "Which one?"),
        ("note", "", "", "Ask the field office."),
        ("recommendation", "ask-changes", "", ""),
    ]


def test_area_reviewers_advise_and_do_not_decide(of, by, editor):
    area = factories.area()
    submission = factories.submitted(by, of, areas=[area.slug])
    reviewer = factories.reviewer(area)

    told(reviewer, do(reviewer, submission, "recommend", advice="approve", text="It agrees."))
    told(reviewer, do(reviewer, submission, "claim"))
    for verb in ("approve", "ask-changes", "decline"):
        refused = do(reviewer, submission, verb, text="Because.")
        assert refused.status_code == 403
        assert "may not decide on submissions" in words(refused)

    assert now(submission).status == Status.SUBMITTED
    assert now(submission).claimed_by == reviewer


def test_approval_publishes_and_says_so(of, by, editor):
    submission = factories.submitted(by, of, title="Retorts for all")
    page = words(opened(editor, submission))
    assert "Publishes as a new activity, at once: “Retorts for all”." in page
    assert "Attributed to the Partnership: by a partner within the Partnership." in page

    done = do(editor, submission, "approve", text="Thank you.")

    told(editor, done)
    record = Activity.objects.get(title="Retorts for all")
    assert (now(submission).status, now(submission).key) == (Status.APPROVED, record.slug)
    assert said(submission) == [("comment", "", "", "Thank you.")]


def test_consequences_are_said_for_each_kind(of, by, editor):
    activity = factories.activity(title="Theirs")
    draft = drafts.join(record=activity, partner=of, role="funding", ticket=uuid.uuid4(), by=by)
    join = submissions.submit(submission=draft, version=draft.version, by=by)
    change = changed(by, of, title="Training in three villages", url="https://example.org/x")
    values = {
        "name": "Institute of Clean Rivers",
        "type": "academia",
        "country": "GH",
        "areas": ["asgm"],
        "involvement": "Measures what the rivers carry.",
    }
    person = factories.person(name="Amina Yusuf")
    draft = drafts.start(
        noun="partner", partner=None, ticket=uuid.uuid4(), values=values, by=person
    )
    applies = submissions.submit(submission=draft, version=draft.version, by=person)

    pages = {each: words(opened(editor, each)) for each in (join, change, applies)}

    assert f"Adds {of} to those who take part in “Theirs”" in pages[join]
    assert "Changes 2 fields of “Training in two villages”" in pages[change]
    assert "version 1 becomes 2" in pages[change]
    assert "Makes “Institute of Clean Rivers” a partner, and Amina Yusuf its" in pages[applies]
    told(editor, do(editor, applies, "approve"))
    assert Partner.objects.get(name="Institute of Clean Rivers").memberships.get().user == person


@pytest.mark.parametrize("verb", ["ask-changes", "decline"])
def test_a_no_needs_words(of, by, editor, verb):
    submission = factories.submitted(by, of)

    wrong = do(editor, submission, verb, text="  ")

    assert wrong.status_code == 422
    assert problems(wrong) == ["Say why, so that the partner knows what to do."]
    assert f"#{verb}-text" in Page(wrong).links
    assert faults(Page(wrong)) == []
    assert now(submission).status == Status.SUBMITTED

    told(editor, do(editor, submission, verb, text="Which villages?"))
    after = {"ask-changes": Status.CHANGES_REQUESTED, "decline": Status.DECLINED}
    assert now(submission).status == after[verb]
    assert said(submission) == [("reason", "", "", "Which villages?")]


def test_what_was_typed_is_kept_where_something_is_missing(of, by, editor):
    submission = factories.submitted(by, of)

    wrong = do(editor, submission, "recommend", text="It agrees with the ministry.")

    assert wrong.status_code == 422
    assert problems(wrong) == ["This field is required."]
    assert "It agrees with the ministry.</textarea>" in wrong.content.decode()
    assert said(submission) == []


def test_what_the_partner_wrote_wrong_is_told_by_field(of, by, editor):
    factories.activity(gef_id="77777")
    submission = factories.submitted(by, of, gef_id="88888")
    Submission.objects.filter(pk=submission.pk).update(
        values=submission.values | {"countries": ["XX"], "title": ""}
    )

    wrong = do(editor, submission, "approve", text="Thank you.")

    assert wrong.status_code == 422
    assert problems(wrong) == [
        "Title: Enter the title of the activity.",
        "Countries: “XX” is not known here.",
    ]
    assert "#field-countries" in Page(wrong).links
    assert "Thank you.</textarea>" in wrong.content.decode()
    assert faults(Page(wrong)) == []
    assert now(submission).status == Status.SUBMITTED


def test_approval_of_what_was_changed_meanwhile_is_told_with_both_texts(of, by, editor):
    submission = factories.submitted(by, of, title="Retorts for all")
    drafts.save(
        submission=submission,
        values={"title": "Retorts for none"},
        version=submission.version,
        by=factories.editor(name="Li Wei"),
    )

    stale = do(editor, submission, "approve", text="Thank you.")

    assert stale.status_code == 409
    assert not Activity.objects.filter(title__startswith="Retorts for").exists()
    assert problems(stale)[0].endswith(
        "was changed by somebody else since you opened it. Nothing was saved."
    )
    assert problems(stale)[1].startswith("Li Wei changed it on ")
    [title] = stale.context["since_opened"]
    assert [(p.change.value, p.text) for p in title.pieces] == [
        ("same", "Retorts for "),
        ("removed", "all"),
        ("added", "none"),
    ]
    assert "Thank you.</textarea>" in stale.content.decode()
    assert faults(Page(stale)) == []

    # The page has the new version in its forms: read, then decided again.
    field = re.compile(r'name="version" value="(\d+)" id="approve-version"')
    version = field.search(stale.content.decode()).group(1)
    told(editor, do(editor, submission, "approve", version=version, text="Thank you."))
    assert Activity.objects.filter(title="Retorts for none").exists()


@pytest.mark.parametrize("verb", ["approve", "ask-changes", "decline", "claim", "recommend"])
def test_what_is_decided_already_says_by_whom(of, by, editor, verb):
    submission = factories.submitted(by, of)
    colleague = factories.editor(name="Li Wei")
    reviews.decline(submission=submission, text="Twice.", version=submission.version, by=colleague)

    late = do(editor, submission, verb, text="Which villages?", advice="approve")

    assert late.status_code == 409
    assert problems(late)[-1].startswith("Li Wei declined it on ")
    assert problems(late)[-1].endswith(" UTC.")
    if verb != "claim":
        assert "Which villages?" in words(late)
    assert late.context["forms"].keys() == {"comment", "note"}
    assert faults(Page(late)) == []
    assert [kind for kind, *_ in said(submission)] == ["reason"]


def test_a_record_that_moved_on_is_told_and_the_change_starts_from_it(of, by, editor):
    submission = changed(by, of, title="Training in three villages")
    record = Activity.objects.get(slug=submission.key)
    activities.change(record=record, values={"title": "Training of miners"}, version=1, by=SYSTEM)
    page = opened(editor, submission)
    assert "The published record has changed meanwhile" in words(page)
    assert "rebase" in page.context["forms"]

    overtaken = do(editor, submission, "approve", text="Thank you.")

    assert overtaken.status_code == 409
    assert [each.name for each in overtaken.context["sheet"].overtaken] == ["title"]
    texts = words(overtaken)
    assert "Training of miners" in texts
    assert "three villages" in texts
    assert faults(Page(overtaken)) == []
    assert Activity.objects.get(pk=record.pk).title == "Training of miners"

    told(editor, do(editor, submission, "rebase"))
    submission = now(submission)
    assert "rebase" not in opened(editor, submission).context["forms"]
    told(editor, do(editor, submission, "approve"))
    assert Activity.objects.get(pk=record.pk).title == "Training in three villages"


def test_ones_own_cannot_be_decided_by_any_way(of, by, editor):
    submission = factories.submitted(editor, of)

    for verb in ("approve", "ask-changes", "decline", "recommend"):
        refused = do(editor, submission, verb, text="Fine.", advice="approve")
        assert refused.status_code == 403
        assert "somebody else has to decide on it" in words(refused)

    assert now(submission).status == Status.SUBMITTED
    assert said(submission) == []


VERBS = (
    "claim",
    "give-back",
    "hand-over",
    "comment",
    "note",
    "recommend",
    "approve",
    "ask-changes",
    "decline",
    "rebase",
    "presence",
)


@pytest.mark.parametrize("verb", VERBS)
def test_for_others_there_is_nothing_to_be_done(of, by, editor, verb):
    area = factories.area()
    submission = factories.submitted(by, of, areas=[area.slug])
    draft = factories.draft(by, of, areas=[area.slug])
    given = {"text": "Mine now.", "advice": "approve", "to": editor.pk}

    for person in (by, factories.person(), factories.reviewer(factories.area())):
        assert do(person, submission, verb, **given).status_code == 404
    assert do(factories.reviewer(area), draft, verb, **given).status_code == 404

    assert said(submission) == said(draft) == []
    assert (now(submission).status, now(submission).claimed_by) == (Status.SUBMITTED, None)


def test_forms_of_other_sites_and_other_verbs_do_nothing(of, by, editor):
    submission = factories.submitted(by, of)
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    forged = client.post(f"/review/{submission.reference}/approve/", {"version": 2})
    by_address = signed_in(editor).get(f"/review/{submission.reference}/approve/")

    assert forged.status_code == 403
    assert by_address.headers["Location"] == f"/review/{submission.reference}/"
    assert do(editor, submission, "publish").status_code == 404
    assert now(submission).status == Status.SUBMITTED
    assert not Remark.objects.filter(submission=submission).exists()


def test_two_who_have_it_open_see_each_other(of, by, editor):
    submission, colleague = factories.submitted(by, of), factories.editor(name="Li Wei")

    assert opened(editor, submission).context["present"] == ""
    assert opened(colleague, submission).context["present"] == "Ana Silva has this open too."
    seen = do(editor, submission, "presence")
    assert seen.json() == {"said": "Li Wei has this open too."}
    assert seen.headers["Cache-Control"] == "private, no-store"

    reviews.ask_changes(
        submission=submission, text="Where?", version=submission.version, by=colleague
    )
    seen = do(editor, submission, "presence")
    assert seen.json()["said"].endswith(
        "It was changed since you opened it. Load it again before you decide."
    )
    assert signed_in(editor).get(f"/review/{submission.reference}/presence/").status_code == 405
