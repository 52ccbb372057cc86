"""The queue of the review desk: who sees what of it, in which order, narrowed by what."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from registry.actions import drafts, memberships, reviews, submissions
from registry.models import Notice, Remark, Submission, SubmissionArea
from registry.permissions import SYSTEM
from tests import factories
from tests.web.reading import Page
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db
EVERYTHING = "?state=waiting&state=changes-asked&state=decided"


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of):
    return factories.contributor(of)


@pytest.fixture
def editor():
    return factories.editor(name="Ana Silva")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def rows(user, query=""):
    response = signed_in(user).get(f"/review/{query}")
    assert response.status_code == 200, response.content.decode()
    return response.context["page"].object_list


def queue(user, query=""):
    return [row.submission.reference for row in rows(user, query)]


def days_ago(days):
    return time_machine.travel(timezone.now() - dt.timedelta(days=days, hours=1), tick=False)


def handed_in(days, by, of, **values):
    with days_ago(days):
        return factories.submitted(by, of, **values)


def test_the_longest_waiting_stand_first_with_their_age(of, by, editor):
    newer, oldest, newest = (handed_in(days, by, of) for days in (3, 15, 0))

    found = rows(editor)

    assert [row.submission for row in found] == [oldest, newer, newest]
    assert [row.days for row in found] == [15, 3, 0]
    assert [str(row.clock.stage) for row in found] == ["overdue", "running", "running"]


def test_each_row_says_what_it_is_about(of, by, editor):
    area = factories.area(short_name="Small gold")
    record = factories.activity(
        title="Before", areas=[area.slug], participations=[{"partner": of.slug, "role": "lead"}]
    )
    values = {"title": "After", "end": "2027"}
    change = _submit(drafts.revise, by, record=record, partner=of, values=values)
    join = _submit(drafts.join, by, record=factories.activity(), partner=of, role="funding")
    person = factories.person()
    application = {
        "name": "Institute of Clean Rivers",
        "type": "academia",
        "country": "GH",
        "areas": [area.slug],
        "involvement": "Measures what the rivers carry.",
    }
    applies = _submit(drafts.start, person, noun="partner", partner=None, values=application)
    reviews.claim(submission=change, by=editor)
    for _time in range(2):
        reviews.recommend(submission=change, advice="decline", text="", by=factories.reviewer(area))

    told = {row.submission: row for row in rows(editor)}

    assert {each: told[each].kind for each in (change, join, applies)} == {
        change: "change of a record",
        join: "to take part in an activity",
        applies: "application",
    }
    assert told[change].changed == ["End", "Title"]
    assert told[join].changed == ["Who takes part"]
    assert told[applies].changed == []
    assert (told[change].areas, told[join].areas) == (["Small gold"], [])
    assert (told[change].advice, told[join].advice) == ([("decline", 2)], [])
    page = Page(signed_in(editor).get("/review/"))
    assert "Changes: End, Title" in page.text
    assert "Taken on by Ana Silva" in " ".join(page.text.split())
    assert "Recommended: decline (2)" in " ".join(page.text.split())


def _submit(open_, by, **given):
    draft = open_(ticket=uuid.uuid4(), by=by, **given)
    return submissions.submit(submission=draft, version=draft.version, by=by)


def test_a_recommendation_counts_for_what_was_recommended(of, by, editor):
    submission, reviewer = handed_in(1, by, of), factories.editor()
    for advice in ("decline", "approve"):
        reviews.recommend(submission=submission, advice=advice, text="", by=reviewer)
    assert rows(editor)[0].advice == [("approve", 1)]

    asked = reviews.ask_changes(
        submission=submission, text="Where?", version=submission.version, by=editor
    )
    submissions.submit(submission=asked, version=asked.version, by=by)

    assert rows(editor)[0].advice == []


def test_who_sees_what(of, by, editor):
    mine, other = factories.area(), factories.area()
    touching, elsewhere = handed_in(2, by, of, areas=[mine.slug]), handed_in(1, by, of)
    draft = factories.draft(by, of, areas=[mine.slug])
    asked = handed_in(3, by, of, areas=[mine.slug])
    reviews.ask_changes(submission=asked, text="Where?", version=asked.version, by=editor)
    references = {each: each.reference for each in (touching, elsewhere, draft, asked)}

    assert set(queue(editor, EVERYTHING)) == set(references.values()) - {draft.reference}
    assert queue(factories.administrator()) == queue(editor)
    assert queue(factories.reviewer(mine), EVERYTHING) == [touching.reference]
    assert queue(factories.reviewer(other), EVERYTHING) == []
    for nobody in (by, factories.person(), factories.focal_point(of)):
        assert signed_in(nobody).get("/review/").status_code == 404


def test_a_reviewer_of_the_partner_sees_no_advice_on_its_own(of, by, editor):
    area = factories.area()
    submission, reviewer = handed_in(1, by, of, areas=[area.slug]), factories.reviewer(area)
    reviews.recommend(submission=submission, advice="decline", text="No.", by=editor)
    assert rows(reviewer)[0].advice == [("decline", 1)]

    memberships.add(partner=of, user=reviewer, role="contributor", by=SYSTEM)

    assert rows(reviewer)[0].advice == []


def test_whoever_is_not_signed_in_is_led_there_first(settings, client):
    settings.LOGIN_URL = "/account/sign-in/"

    for address in ("/review/", "/review/S-0001-8/", "/review/?colour=red"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/sign-in/?next=/review/")


def test_nobody_on_the_way_keeps_it(editor):
    response = signed_in(editor).get("/review/")

    assert response.headers["Cache-Control"] == "private, no-store"


def test_filters_narrow(of, by, editor):
    area, colleague = factories.area(), factories.editor()
    another = factories.partner()
    old = handed_in(20, by, of, areas=[area.slug])
    due = handed_in(8, factories.contributor(another), another)
    new = handed_in(1, by, of)
    reviews.claim(submission=old, by=editor)
    reviews.claim(submission=due, by=colleague)

    assert queue(editor, "?taken=me") == [old.reference]
    assert queue(editor, "?taken=nobody") == [new.reference]
    assert queue(editor, "?taken=others") == [due.reference]
    assert queue(editor, "?not_taken=me") == [due.reference, new.reference]
    assert queue(editor, "?age=7") == [old.reference, due.reference]
    assert queue(editor, "?age=14") == [old.reference]
    assert queue(editor, f"?area={area.slug}") == [old.reference]
    assert queue(editor, "?area=none") == [due.reference, new.reference]
    assert queue(editor, f"?partner={another.slug}") == [due.reference]
    assert queue(editor, "?noun=guidance") == []
    assert queue(editor, f"?noun=activity&partner={of.slug}&taken=me,nobody") == [
        old.reference,
        new.reference,
    ]


def test_states_part_the_queue_and_are_counted(of, by, editor):
    waiting, asked, approved, gone = (handed_in(days, by, of) for days in (5, 4, 3, 2))
    reviews.ask_changes(submission=asked, text="Where?", version=asked.version, by=editor)
    reviews.approve(submission=approved, version=approved.version, by=editor)
    submissions.withdraw(submission=gone, version=gone.version, by=by)

    assert queue(editor) == queue(editor, "?state=waiting") == [waiting.reference]
    assert queue(editor, "?state=changes-asked") == [asked.reference]
    # What was decided last comes first.
    assert queue(editor, "?state=decided") == [gone.reference, approved.reference]
    states = signed_in(editor).get("/review/").context["states"]
    counts = {option.value: option.count for option, _address in states}
    assert counts == {"waiting": 1, "changes-asked": 1, "decided": 2}


def test_counts_of_a_filter_are_those_of_the_lists_behind_it(of, by, editor):
    area = factories.area()
    old = handed_in(20, by, of, areas=[area.slug])
    handed_in(8, by, of)
    reviews.claim(submission=old, by=editor)

    facets = {each.name: each for each in signed_in(editor).get("/review/").context["facets"]}

    assert set(facets) == {"taken", "age", "advised", "kind", "noun", "area", "partner"}
    for name, facet in facets.items():
        for option in facet.options:
            assert option.count == len(queue(editor, f"?{name}={option.value}")), option
    assert [(o.value, o.label) for o in facets["partner"].options] == [(of.slug, of.name)]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("colour=red", "colour"),
        ("state=lost", "lost"),
        ("area=gold", "gold"),
        ("noun=ship", "ship"),
        ("partner=nobody-knows", "nobody-knows"),
        ("taken=you", "you"),
        ("age=8", "8"),
        ("page=x", "page"),
        ("page=0", "page"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(editor, query, named):
    response = signed_in(editor).get(f"/review/?{query}")

    assert response.status_code == 400
    assert named in Page(response).text


def test_a_page_that_is_not_there(editor):
    assert signed_in(editor).get("/review/?page=2").status_code == 404


def test_an_empty_queue_says_so(editor):
    client = signed_in(editor)

    assert "Nothing here" in Page(client.get("/review/")).text
    narrowed = Page(client.get("/review/?age=14"))
    assert "Nothing matches all of these filters" in narrowed.text
    assert "/review/" in narrowed.links


def test_the_page_keeps_the_rules_of_pages(of, by, editor):
    empty = Page(signed_in(editor).get("/review/"))
    handed_in(20, by, of, title="<script>alert(1)</script> & so on")
    response = signed_in(editor).get(f"/review/{EVERYTHING}&taken=nobody&area=none")

    assert faults(empty) == faults(Page(response)) == []
    assert "<script>alert" not in response.content.decode()


def test_the_desk_and_the_administration_lead_to_each_other(editor):
    client = signed_in(editor)
    area_reviewer = signed_in(factories.reviewer(factories.area()))

    assert "/admin/" in Page(client.get("/review/")).links
    assert "/review/" in Page(client.get("/admin/")).links
    assert "To the administration" not in Page(area_reviewer.get("/review/")).text


@pytest.mark.slow
def test_a_hundred_rows_ask_as_many_questions_as_one(of, by, editor, django_assert_max_num_queries):
    area = factories.area()
    first = handed_in(3, by, of, areas=[area.slug])
    client = signed_in(editor)
    client.get("/review/")  # the first of a session keeps the session
    asked = []
    for wanted in (1, 100):
        _multiply(first, area, wanted - 1)
        with django_assert_max_num_queries(50) as questions:
            response = client.get("/review/")
        assert len(response.context["page"].object_list) == wanted
        asked.append(len(questions))

    assert asked[0] == asked[1]


def _multiply(submission, area, times):
    copies = []
    for number in range(times):
        copy = Submission.objects.get(pk=submission.pk)
        copy.pk, copy.number = None, 90_000 + number
        copy.reference, copy.ticket = f"S-9{number:04}", uuid.uuid4()
        copies.append(copy)
    made = Submission.objects.bulk_create(copies)
    SubmissionArea.objects.bulk_create([SubmissionArea(submission=s, area=area) for s in made])
    said = {"kind": "recommendation", "advice": "approve", "text": "", "version": 1}
    Remark.objects.bulk_create(
        [Remark(submission=s, author=s.author, at=timezone.now(), **said) for s in made]
    )


def test_who_asks_to_join_a_partner_without_a_focal_point_is_the_secretariats(of, editor):
    heard, reader = factories.partner(name="Heard"), factories.reviewer(factories.area())
    factories.focal_point(heard)
    for name, partner in (("Ada", of), ("Bea", heard)):
        asking = factories.person(name=name)
        memberships.ask_to_join(partner=partner, message="", by=asking)

    page = Page(signed_in(editor).get("/review/"))
    theirs = Page(signed_in(reader).get("/review/"))

    assert "Ada" in page.text and "Bea" not in page.text
    assert f"/desk/{of.slug}/members/" in page.links
    assert "Asking to speak for a partner" in page.text
    assert "Asking to speak for a partner" not in theirs.text
    told = Notice.objects.filter(kind="join_asked", recipient=editor)
    assert list(told.values_list("about_key", flat=True)) == [of.slug]
