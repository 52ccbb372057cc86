"""Writes: done once however often they are sent, from a known version, by a token that may."""

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from registry import tasks
from registry.models import Event, IdempotencyKey, Meeting
from tests import factories

pytestmark = pytest.mark.django_db
NEW = {"title": "Zinnober forum", "kind": "forum", "start": "2019"}


@pytest.fixture(autouse=True)
def writable(settings):
    settings.ROOT_URLCONF = "tests.api.writing_urls"


@pytest.fixture
def secret():
    return factories.token(scope="write")[1]


def send(secret, method, address="/api/write/", body=None, kind="application/json", **headers):
    if isinstance(body, dict | list):
        body = json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if secret:
        named["authorization"] = f"Bearer {secret}"
    verb = getattr(Client(raise_request_exception=False), method)
    return verb(address, body or "", content_type=kind, headers=named)


def problem(response):
    assert response.headers["Content-Type"] == "application/problem+json"
    return json.loads(response.content)


def test_sent_again_it_is_answered_again_and_done_once(secret):
    first, again = (send(secret, "post", body=NEW, idempotency_key="k1") for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    for name in ("ETag", "Location", "Content-Type", "Cache-Control"):
        assert first.headers[name] == again.headers[name]
    assert (first.headers["ETag"], first.headers["Location"]) == (
        '"v1"',
        "/api/write/zinnober-forum/",
    )
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Meeting.objects.filter(title=NEW["title"]).count() == 1
    assert Event.objects.about("meeting", "zinnober-forum").count() == 1


@pytest.mark.parametrize("address", ["/api/write/", "/api/write/?x=1"])
def test_key_of_another_request_is_refused(secret, address):
    send(secret, "post", body=NEW, idempotency_key="k1")
    body = NEW if "?" in address else NEW | {"title": "Other"}

    refused = send(secret, "post", address, body=body, idempotency_key="k1")

    assert (refused.status_code, problem(refused)["detail"]) == (
        422,
        "Idempotency-Key “k1” was sent with another request.",
    )
    assert not Meeting.objects.filter(title="Other").exists()


def test_keys_of_two_tokens_have_nothing_to_do_with_each_other(secret):
    other = factories.token(scope="write")[1]
    send(secret, "post", body=NEW, idempotency_key="k1")

    assert send(other, "post", body=NEW, idempotency_key="k1").status_code == 201
    assert Meeting.objects.filter(title=NEW["title"]).count() == 2


def test_refused_write_leaves_the_key_free(secret):
    refused = send(secret, "post", body=NEW | {"start": "soon"}, idempotency_key="k1")

    assert [each["pointer"] for each in problem(refused)["errors"]] == ["/start"]
    assert not IdempotencyKey.objects.exists()
    assert send(secret, "post", body=NEW, idempotency_key="k1").status_code == 201


def test_running_write_is_waited_for_and_a_cut_off_one_done_after_a_minute(secret):
    send(secret, "post", body=NEW, idempotency_key="k1")
    IdempotencyKey.objects.update(status=None)
    claimed = IdempotencyKey.objects.get().claimed_at

    with time_machine.travel(claimed + dt.timedelta(seconds=20), tick=False):
        waiting = send(secret, "post", body=NEW, idempotency_key="k1")
    with time_machine.travel(claimed + dt.timedelta(seconds=60), tick=False):
        done = send(secret, "post", body=NEW, idempotency_key="k1")

    assert (waiting.status_code, waiting.headers["Retry-After"]) == (409, "41")
    assert problem(waiting)["title"] == "Still running"
    assert (done.status_code, "Idempotency-Replayed" in done.headers) == (201, False)
    assert IdempotencyKey.objects.get().status == 201


def test_answers_are_kept_for_a_day(secret):
    send(secret, "post", body=NEW, idempotency_key="k1")
    send(secret, "post", body=NEW | {"title": "Other"}, idempotency_key="k2")
    old = timezone.now() - dt.timedelta(hours=25)
    IdempotencyKey.objects.filter(key="k1").update(created_at=old)

    tasks.clear_idempotency_keys()

    assert [each.key for each in IdempotencyKey.objects.all()] == ["k2"]


@pytest.mark.parametrize("key", ["", "two words", "é", "x" * 256])
def test_key_is_needed(secret, key):
    refused = send(secret, "post", body=NEW, **({"idempotency_key": key} if key else {}))

    assert refused.status_code == 400
    assert problem(refused)["detail"].startswith("Send Idempotency-Key: ")


@pytest.mark.parametrize("method", ["patch", "put", "delete"])
@pytest.mark.parametrize(
    ("sent", "status"),
    [("", 428), ("*", 400), ("v1", 400), ('W/"v1"', 400), ('"v0"', 400), ('"v1", "v2"', 400)],
)
def test_version_is_needed(secret, method, sent, status):
    slug = factories.meeting().slug
    headers = {"if_match": sent} if sent else {}

    refused = send(secret, method, f"/api/write/{slug}/", body={}, **headers)

    assert (refused.status_code, problem(refused)["status"]) == (status, status)
    assert "If-Match" in problem(refused)["detail"]
    assert Meeting.objects.get(slug=slug).version == 1


def test_other_version_is_refused_with_both_texts(secret):
    meeting = factories.meeting(title="Stored")
    address = f"/api/write/{meeting.slug}/"
    done = send(secret, "patch", address, body={"title": "First"}, if_match='"v1"')

    late = send(secret, "patch", address, body={"title": "Late"}, if_match='"v1"')
    future = send(secret, "patch", address, body={"title": "Late"}, if_match='"v9"')

    assert (done.status_code, done.headers["ETag"]) == (200, '"v2"')
    assert late.status_code == future.status_code == 412
    assert (late.headers["ETag"], problem(late)["version"]) == ('"v2"', 2)
    [both] = problem(late)["errors"]
    assert (both["pointer"], both["current"], both["proposed"]) == ("/title", "First", "Late")
    assert Meeting.objects.get(pk=meeting.pk).title == "First"


def test_withdrawal_by_version_with_a_reason(secret):
    meeting = factories.meeting()
    address = f"/api/write/{meeting.slug}/"

    silent = send(secret, "delete", address, if_match='"v1"')
    done = send(secret, "delete", address, body={"reason": "Held twice."}, if_match='"v1"')

    assert (silent.status_code, done.status_code) == (409, 200)
    assert Client().get(f"/api/v1/meetings/{meeting.slug}/").status_code == 410


def test_tokens_that_only_read_and_nobody_do_not_write():
    reader = factories.token()[1]

    refused = send(reader, "post", body=NEW, idempotency_key="k1")
    nobody = send("", "post", body=NEW, idempotency_key="k1")

    assert (refused.status_code, nobody.status_code) == (403, 401)
    assert problem(refused)["detail"].startswith("This token reads only")
    assert nobody.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status", "detail"),
    [
        ("title=x", "application/x-www-form-urlencoded", 415, "Send Content-Type: application"),
        ("{}", "text/plain", 415, "Send Content-Type: application"),
        ('{"title":\n nope}', "application/json", 400, "No JSON at line 2, column 2."),
        (b'{"title": "\xff"}', "application/json", 400, "Byte 11 is not UTF-8."),
        ('{"title": NaN}', "application/json", 400, "It holds a number"),
        ('{"a":' + "1" * 5000 + "}", "application/json", 400, "It holds a number"),
        ("[" * 100_000, "application/json", 400, ""),
        ('{"title": "a", "title": "b"}', "application/json", 400, "“title” stands twice"),
        ('{"a": {"b": 1, "b": 2}}', "application/json", 400, "“b” stands twice"),
        ("[]", "application/json", 400, "Send a JSON object"),
        (" " * (1024 * 1024 + 1), "application/json", 413, "At most 1 MiB"),
    ],
    ids=range(11),
)
def test_body_is_json_and_nothing_else(secret, body, kind, status, detail):
    refused = send(secret, "post", body=body, kind=kind, idempotency_key="k1")

    assert (refused.status_code, problem(refused)["status"]) == (status, status)
    assert problem(refused)["detail"].startswith(detail)


def test_fields_that_nobody_gives_are_refused_by_name(secret):
    more = dict.fromkeys(("id", "version", "withdrawn_at", "created_at", "a/b~c"), 1)

    refused = send(secret, "post", body=NEW | more, idempotency_key="k1")

    pointers = [each["pointer"] for each in problem(refused)["errors"]]
    assert refused.status_code == 400
    assert pointers == ["/id", "/version", "/withdrawn_at", "/created_at", "/a~1b~0c"]
    assert not Meeting.objects.filter(title=NEW["title"]).exists()


def test_verbs_that_an_address_does_not_have(secret):
    refused = send(secret, "put", body={})

    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST, OPTIONS")
