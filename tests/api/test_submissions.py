"""Submissions by programs: the same drafts, checks and review as through the pages."""

import datetime as dt
import json

import pytest
from django.test import Client

from registry.actions import drafts, reviews
from registry.models import Submission
from tests import factories

pytestmark = pytest.mark.django_db
ALL = "/api/v1/submissions/"


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of):
    return factories.contributor(of)


@pytest.fixture
def secret(of, by):
    return factories.token(by, scope="write", partner=of)[1]


def ask(secret, method, address=ALL, body=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if secret:
        named["authorization"] = f"Bearer {secret}"
    sent = json.dumps(body) if body is not None else ""
    verb = getattr(Client(raise_request_exception=False), method)
    response = verb(address, sent, content_type="application/json", headers=named)
    return response, json.loads(response.content) if response.content else None


def opened(secret, key="k1", **values):
    body = {"noun": "activity", "values": factories.WHOLE | values}
    return ask(secret, "post", body=body, idempotency_key=key)


def test_from_a_draft_to_a_public_record(secret):
    response, draft = opened(secret, summary="")
    here = response.headers["Location"]
    assert (response.status_code, draft["status"], response.headers["ETag"]) == (
        201,
        "draft",
        '"v1"',
    )
    assert dt.datetime.fromisoformat(draft["created_at"]).tzinfo and "T" in draft["created_at"]
    assert draft["missing"] == {"summary": ["Say in a few sentences what is done, and for whom."]}

    _, saved = ask(secret, "patch", here, {"values": {"summary": "Retorts."}}, if_match='"v1"')
    _, handed_in = ask(secret, "post", f"{here}submit/", {"version": 2.0}, idempotency_key="k2")
    assert (saved["version"], saved["missing"], handed_in["status"]) == (2, {}, "submitted")

    submission = Submission.objects.get(reference=draft["reference"])
    record = reviews.approve(
        submission=submission, version=submission.version, by=factories.editor()
    )
    _, decided = ask(secret, "get", here)
    assert (decided["status"], decided["key"]) == ("approved", record.slug)
    public = Client().get(f"/api/v1/activities/{record.slug}/").json()
    assert (public["title"], public["summary"]) == (factories.WHOLE["title"], "Retorts.")


def test_what_is_wrong_is_pointed_at_in_the_values(secret):
    response, _ = opened(secret, gef_id="1" * 50, countries=["XX"])
    here = response.headers["Location"]

    refused, problem = ask(secret, "post", f"{here}submit/", {"version": 1}, idempotency_key="k2")

    assert refused.status_code == 400
    assert [(each["pointer"], each["detail"]) for each in problem["errors"]] == [
        ("/values/countries", "“XX” is not known here."),
        ("/values/gef_id", "Ensure this value has at most 10 characters (it has 50)."),
    ]


@pytest.mark.parametrize(
    ("body", "pointer", "status"),
    [
        ({"noun": "need"}, "/noun", 400),
        ({"noun": "activity", "values": []}, "/values", 400),
        ({"noun": "activity", "values": {"slug": "x"}}, "/values/slug", 400),
        ({"noun": "activity", "values": {"status": "completed"}}, "/values/status", 400),
        ({"noun": "activity", "key": "nothing-here"}, "/key", 404),
        ({"noun": "activity", "role": "lead"}, "/key", 400),
        ({"noun": "activity", "partner": "other"}, "/partner", 400),
        ({"noun": "activity", "author": 1}, "/author", 400),
    ],
    ids=str,
)
def test_what_is_not_for_programs_to_say_is_refused_by_name(secret, body, pointer, status):
    response, problem = ask(secret, "post", body=body, idempotency_key="k1")

    assert response.status_code == status
    assert [each["pointer"] for each in problem["errors"]] == [pointer]
    assert not Submission.objects.exists()


def test_stale_versions_are_refused_with_both_texts(secret, by):
    response, draft = opened(secret)
    submission = Submission.objects.get(reference=draft["reference"])
    drafts.save(submission=submission, values={"summary": "Theirs."}, version=1, by=by)

    here = response.headers["Location"]
    stale, problem = ask(secret, "patch", here, {"values": {"summary": "Mine."}}, if_match='"v1"')
    unsaid, _ = ask(secret, "patch", here, {"values": {"summary": "Mine."}})

    assert (stale.status_code, stale.headers["ETag"], unsaid.status_code) == (412, '"v2"', 428)
    said = problem["errors"][0]
    assert (said["pointer"], said["current"], said["proposed"]) == (
        "/values/summary",
        "Theirs.",
        "Mine.",
    )


def test_another_partners_token_finds_nothing(secret):
    response, draft = opened(secret)
    here = response.headers["Location"]
    other = factories.partner()
    stranger = factories.token(factories.focal_point(other), scope="write", partner=other)[1]
    unknown = here.replace(draft["reference"], "S-9999-9")

    for method, ending, body, headers in (
        ("get", "", None, {}),
        ("patch", "", {"values": {}}, {"if_match": '"v1"'}),
        ("delete", "", {}, {"if_match": '"v1"'}),
        ("post", "submit/", {"version": 1}, {"idempotency_key": "a"}),
        ("post", "withdraw/", {"version": 1}, {"idempotency_key": "b"}),
    ):
        theirs, said = ask(stranger, method, here + ending, body, **headers)
        none, said_of_none = ask(stranger, method, unknown + ending, body, **headers)
        assert theirs.status_code == none.status_code == 404
        assert said == said_of_none
    _, listed = ask(stranger, "get")
    assert listed["results"] == []


def test_one_key_opens_one_draft(secret):
    answers = [opened(secret)[1]["reference"] for _ in range(3)]

    assert len(set(answers)) == Submission.objects.count() == 1


def test_a_change_and_a_request_to_take_part(secret, of):
    own = factories.activity(participations=[{"partner": of.slug, "role": "lead"}])
    anothers = factories.activity()

    _, change = ask(
        secret,
        "post",
        body={"noun": "activity", "key": own.slug, "values": {"title": "New"}},
        idempotency_key="k1",
    )
    refused, _ = ask(
        secret, "post", body={"noun": "activity", "key": anothers.slug}, idempotency_key="k2"
    )
    body = {"noun": "activity", "key": anothers.slug, "role": "funding"}
    _, joining = ask(secret, "post", body=body, idempotency_key="k3")

    assert (change["kind"], change["values"], change["key"]) == (
        "change",
        {"title": "New"},
        own.slug,
    )
    assert refused.status_code == 403
    assert joining["values"]["participations"] == [{"partner": of.slug, "role": "funding"}]


def test_the_list_comes_in_pages_and_by_status(secret):
    references = [opened(secret, key=f"k{n}")[1]["reference"] for n in range(3)]

    _, first = ask(secret, "get", f"{ALL}?limit=2")
    _, last = ask(secret, "get", first["next"])
    _, none = ask(secret, "get", f"{ALL}?status=submitted")
    refused, problem = ask(secret, "get", f"{ALL}?status=lost&colour=red")

    assert [each["reference"] for each in first["results"] + last["results"]] == references
    assert (last["next"], none["results"]) == (None, [])
    assert refused.status_code == 400
    assert problem["errors"][0]["parameter"] == "colour"


def test_notes_of_reviewers_never_reach_a_program(secret, by):
    response, draft = opened(secret)
    ask(
        secret,
        "post",
        f"{response.headers['Location']}submit/",
        {"version": 1},
        idempotency_key="s",
    )
    submission = Submission.objects.get(reference=draft["reference"])
    editor = factories.editor()
    reviews.note(submission=submission, text="Canary", by=editor)
    reviews.comment(submission=submission, text="Thank you.", by=editor)

    answer, body = ask(secret, "get", response.headers["Location"])

    assert [each["text"] for each in body["remarks"]] == ["Thank you."]
    assert b"Canary" not in answer.content


def test_nobody_in_particular_and_readers_write_nothing(of, by):
    reader = factories.token(by, scope="read", partner=of)[1]

    assert ask(None, "get")[0].status_code == 401
    assert opened(None)[0].status_code == 401
    assert opened(reader)[0].status_code == 403
    assert ask(reader, "get")[1]["results"] == []
    assert not Submission.objects.exists()
