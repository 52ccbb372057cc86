"""The one screen for a decision: what it shows, and to whom."""

import uuid

import pytest
import time_machine

from registry.actions import drafts, memberships, reviews, submissions
from registry.models import Attachment, Event
from registry.permissions import SYSTEM
from tests import factories
from tests.web.reading import Page
from tests.web.test_reviewing import days_ago, signed_in
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner(name="Gold Council", website="https://www.gold.example.org/about")


@pytest.fixture
def by(of):
    return factories.contributor(of)


@pytest.fixture
def editor():
    return factories.editor(name="Ana Silva")


def opened(user, submission):
    return signed_in(user).get(f"/review/{submission.reference}/")


def words(response):
    return " ".join(Page(response).text.split())


def changed(by, of, record=None, **values):
    record = record or factories.activity(
        title="Training in two villages",
        summary="Retorts for miners.",
        kind="awareness",
        participations=[{"partner": of.slug, "role": "lead"}],
    )
    draft = drafts.revise(record=record, partner=of, ticket=uuid.uuid4(), values=values, by=by)
    return submissions.submit(submission=draft, version=draft.version, by=by)


def test_a_new_record_stands_there_whole_in_words(of, by, editor):
    response = opened(editor, factories.submitted(by, of, title="Retorts for all", end="2025-03"))

    said = {each.name: [p.text for p in each.pieces] for each in response.context["unchanged"]}
    assert said == {
        "title": ["Retorts for all"],
        "summary": ["Retorts and training for miners."],
        "kind": ["Demonstration"],
        "level": ["National"],
        "start": ["2024"],
        "end": ["March 2025"],
        "countries": ["Burkina Faso"],
        "participations": ["Gold Council · leads"],
        "articles": ["7. Artisanal and small-scale gold mining · stated"],
    }
    assert "gef_id" in [each.name for each in response.context["missing"]]
    assert "Not given: Status as reported, Regions" in words(response)
    assert faults(Page(response)) == []


def test_a_change_is_told_word_by_word_and_row_by_row(of, by, editor):
    submission = changed(
        by,
        of,
        title="Training in three villages",
        kind="capacity",
        countries=["GH"],
        participations=[{"partner": of.slug, "role": "funding"}],
    )

    response = opened(editor, submission)

    told = {
        each.name: [(p.change.value, p.text) for p in each.pieces]
        for each in response.context["changed"]
    }
    assert told == {
        "title": [
            ("same", "Training in "),
            ("removed", "two"),
            ("added", "three"),
            ("same", " villages"),
        ],
        "kind": [("removed", "Awareness and exchange"), ("added", "National capacity")],
        "countries": [("added", "Ghana")],
        "participations": [
            ("removed", "Gold Council · leads"),
            ("added", "Gold Council · funds"),
        ],
    }
    content = response.content.decode()
    assert '<del><span class="hidden">[removed: </span>two<span class="hidden">]</span>' in content
    assert '<ins><span class="hidden">[added: </span>three<span class="hidden">]</span>' in content
    assert "1 field that stays as it is" not in words(response)
    assert faults(Page(response)) == []


def test_what_a_decided_change_changed_stays_to_be_read(of, by, editor):
    submission = changed(by, of, title="Training in three villages")
    reviews.approve(submission=submission, version=submission.version, by=editor)

    response = opened(editor, submission)

    assert [each.name for each in response.context["changed"]] == ["title"]
    assert "Ana Silva approved it on" in words(response)
    assert response.context["forms"].keys() == {"comment", "note"}


def test_what_changed_since_changes_were_asked_for(of, by, editor):
    submission = changed(by, of, title="Training in three villages", summary="Retorts.")
    asked = reviews.ask_changes(
        submission=submission, text="Which ones?", version=submission.version, by=editor
    )
    mended = drafts.save(
        submission=asked,
        values={"summary": "Retorts for women.", "url": "https://gold.example.org/x"},
        version=asked.version,
        by=by,
    )
    mended = drafts.save(
        submission=mended,
        values={"summary": "Retorts for women miners."},
        version=mended.version,
        by=by,
    )
    submission = submissions.submit(submission=mended, version=mended.version, by=by)

    response = opened(editor, submission)

    told = {
        each.name: [(p.change.value, p.text) for p in each.pieces]
        for each in response.context["since_asked"]
    }
    assert told == {
        "summary": [("same", "Retorts"), ("added", " for women miners"), ("same", ".")],
        "url": [("added", "https://gold.example.org/x")],
    }
    assert f"by {by}." in words(response)


def test_what_the_secretariat_corrected_in_review_is_told(of, by, editor):
    submission = factories.submitted(by, of)
    assert opened(editor, submission).context["since_asked"] == []

    drafts.save(
        submission=submission, values={"end": "2030"}, version=submission.version, by=editor
    )

    found = opened(factories.editor(), submission).context["since_asked"]
    assert [(each.name, each.pieces[0].text) for each in found] == [("end", "2030")]


def test_the_address_of_the_author_is_held_against_the_web_site(of, by, editor):
    submission = factories.submitted(by, of)

    def said(email):
        by.email = email
        by.save()
        return words(opened(editor, submission))

    own = "writes from mail.gold.example.org (as the web site of the organisation)"
    assert own in said("kwame@mail.gold.example.org")
    assert "writes from gmail.com anybody can have an address there" in said("kwame@gmail.com")
    other = "writes from g0ld.example.org its web site is at gold.example.org"
    assert other in said("kwame@g0ld.example.org")


def test_two_conversations_stand_apart(of, by, editor):
    submission = factories.submitted(by, of)
    reviews.comment(submission=submission, text="Which village?", field="countries", by=editor)
    reviews.note(submission=submission, text="Ask the field office.", by=editor)
    reviews.recommend(submission=submission, advice="approve", text="It agrees.", by=editor)

    response = opened(factories.editor(), submission)

    outside, inside = response.context["outside"], response.context["inside"]
    assert [(each.text, each.about) for each in outside] == [("Which village?", "Countries")]
    assert [each.text for each in inside] == ["Ask the field office.", "It agrees."]
    assert "#field-countries" in Page(response).links
    assert "field-countries" in Page(response).ids


def test_what_reviewers_say_never_reaches_people_of_the_partner(of, by, editor):
    area = factories.area()
    submission = factories.submitted(by, of, areas=[area.slug])
    reviews.note(submission=submission, text="Ask the field office.", by=editor)
    reviews.recommend(submission=submission, advice="decline", text="Not theirs.", by=editor)
    reviews.comment(submission=submission, text="Which village?", by=editor)
    reviewer, member = factories.reviewer(area), factories.editor()
    assert "Ask the field office." in words(opened(reviewer, submission))

    for person in (reviewer, member):
        memberships.add(partner=of, user=person, role="contributor", by=SYSTEM)
        content = opened(person, submission).content.decode()
        assert "Which village?" in content
        for secret in ("Ask the field office.", "Not theirs.", "Among reviewers", "Recommends"):
            assert secret not in content

    assert opened(by, submission).status_code == 404


FORMS = {
    "editor": {"comment", "note", "claim", "recommend", "approve", "ask_changes", "decline"},
    "administrator": {"comment", "note", "claim", "recommend", "approve", "ask_changes", "decline"},
    "reviewer": {"comment", "note", "claim", "recommend"},
}


@pytest.mark.parametrize("role", FORMS)
def test_each_role_is_offered_what_it_may_do(of, by, role):
    area = factories.area()
    submission = factories.submitted(by, of, areas=[area.slug])
    person = factories.reviewer(area) if role == "reviewer" else getattr(factories, role)()

    response = opened(person, submission)

    assert response.context["forms"].keys() == FORMS[role]
    is_told = "The secretariat decides; you can recommend." in words(response)
    assert is_told == (role == "reviewer")


@pytest.mark.parametrize("how", ["author", "wrote in it", "member"])
def test_ones_own_is_for_others_to_decide_and_says_so(of, by, editor, how):
    if how == "author":
        submission = factories.submitted(editor, of)
    else:
        submission = factories.draft(by, of)
        writer = editor if how == "wrote in it" else by
        submission = drafts.save(
            submission=submission, values={"summary": "Mended."}, version=1, by=writer
        )
        submission = submissions.submit(submission=submission, version=2, by=by)
    if how == "member":
        memberships.add(partner=of, user=editor, role="contributor", by=SYSTEM)

    response = opened(editor, submission)

    assert response.context["forms"].keys() <= {"comment", "note"}
    assert "You wrote this or belong to the partner; somebody else has to" in words(response)


def test_what_is_not_theirs_to_review_is_not_there(of, by, editor):
    area = factories.area()
    reviewer = factories.reviewer(area)
    draft = factories.draft(by, of, areas=[area.slug])
    submission = factories.submitted(by, of, areas=[area.slug])
    unknown = signed_in(reviewer).get("/review/S-9999-9/")

    for person in (by, factories.person(), factories.reviewer(factories.area())):
        assert opened(person, submission).status_code == 404
    assert opened(reviewer, submission).status_code == 200
    assert opened(reviewer, draft).status_code == unknown.status_code == 404
    reviews.ask_changes(submission=submission, text="?", version=submission.version, by=editor)
    # While the partner writes, it is the partner's own.
    assert opened(reviewer, submission).status_code == 404


def test_who_of_the_secretariat_reads_a_draft_is_kept_once_a_day(of, by, editor):
    draft, submission = factories.draft(by, of), factories.submitted(by, of)
    with time_machine.travel("2026-12-01 12:00 +0000", tick=False):
        client = signed_in(editor)
        client.get(f"/review/{draft.reference}/")
        client.get(f"/review/{draft.reference}/")
        client.get(f"/review/{submission.reference}/")
    with time_machine.travel("2026-12-02 00:01 +0000", tick=False):
        client = signed_in(editor)
        client.get(f"/review/{draft.reference}/")

    read = Event.objects.filter(verb="read").order_by("id")
    assert [(e.key, e.actor_id, e.at.day) for e in read] == [
        (draft.reference, editor.pk, 1),
        (draft.reference, editor.pk, 2),
    ]


def test_what_others_type_is_shown_and_never_run(of, by, editor):
    bad = "<script>alert(1)</script> ‮"
    submission = changed(by, of, title=bad, summary=f"{bad} & {bad}")
    draft = factories.draft(by, of, title=bad)
    drafts.tell_apart(submission=draft, key=bad, because=bad, version=draft.version, by=by)
    reviews.comment(submission=submission, text=bad, by=by)
    reviews.note(submission=submission, text=bad, by=editor)

    for each in (submission, draft):
        response = opened(editor, each)
        assert "<script>alert" not in response.content.decode()
        assert "&lt;script&gt;alert(1)" in response.content.decode()
        assert faults(Page(response)) == []


def test_a_draft_may_hold_anything_and_can_still_be_read(of, by, editor):
    nonsense = {
        "title": {"a": [1]},
        "countries": [{"x": None}, 7, "XX", ["GH"]],
        "participations": "all of us",
        "articles": [{"article": "seven"}, None],
        "start": 2024,
        "kind": ["x"],
        "is_open": True,
    }
    nonsense.pop("is_open")
    draft = factories.draft(by, of)
    draft = drafts.save(submission=draft, values=nonsense, version=1, by=by)

    response = opened(editor, draft)

    assert response.status_code == 200
    assert "all of us" in words(response)


def test_why_a_look_alike_is_another_one_and_files_are_told(of, by, editor):
    record = factories.activity(title="Another project")
    draft = factories.draft(by, of)
    for key, because in ((record.slug, "It ended in 2019."), ("long-gone", "Never was.")):
        draft = drafts.tell_apart(
            submission=draft, key=key, because=because, version=draft.version, by=by
        )
    submission = submissions.submit(submission=draft, version=draft.version, by=by)
    for name, removed in (("report.pdf", None), ("old.pdf", submission.submitted_at)):
        Attachment.objects.create(
            submission=submission,
            number=uuid.uuid4(),
            name=name,
            media_type="application/pdf",
            size=2_400_000,
            sha256=name,
            added_by=by,
            added_at=submission.submitted_at,
            removed_at=removed,
        )

    response = opened(editor, submission)

    assert f"/activities/{record.slug}/" in Page(response).links
    assert "It ended in 2019." in words(response)
    assert "long-gone" in words(response)
    assert "report.pdf application/pdf, 2.3\xa0MB".replace("\xa0", " ") in words(response)
    assert "old.pdf" not in words(response)


def test_what_happened_is_told_last_to_first(of, by, editor):
    with days_ago(3):
        draft = factories.draft(by, of)
        for summary in ("One.", "Two."):
            draft = drafts.save(
                submission=draft, values={"summary": summary}, version=draft.version, by=by
            )
    submission = submissions.submit(submission=draft, version=draft.version, by=by)
    reviews.claim(submission=submission, by=editor)

    steps = opened(editor, submission).context["steps"]

    assert [(step.actor, step.said, step.times) for step in steps] == [
        ("Ana Silva", "took it on", 1),
        (str(by), "handed it in", 1),
        (str(by), "changed it", 2),
        (str(by), "began to write", 1),
    ]


def test_the_screen_asks_as_much_for_much_as_for_little(
    of, by, editor, django_assert_max_num_queries
):
    few, many = (factories.submitted(by, of) for _ in range(2))
    for number in range(15):
        reviews.comment(submission=many, text=f"{number}", by=factories.contributor(of))
    client, asked = signed_in(editor), []
    # The first page of a process reads what all others then hold.
    client.get(f"/review/{few.reference}/")

    for submission in (few, many, many):
        with django_assert_max_num_queries(60) as questions:
            client.get(f"/review/{submission.reference}/")
        asked.append(len(questions))

    assert asked[0] == asked[2]
