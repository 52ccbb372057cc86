"""Every way to err is told in one shape, and says where the trouble stands."""

import json

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
KEY = {"idempotency-key": "k1"}
LISTED = "/api/v1/activities/"
# Who asks, how, where, with what headers and body; then the status, and where it says that it is.
WAYS = [
    ("nobody", "get", LISTED + "?colour=red", {}, "", 400, [("parameter", "colour")]),
    ("nobody", "get", LISTED + "?article=one", {}, "", 400, [("parameter", "article")]),
    ("nobody", "get", LISTED + "?x=1&y=2", {}, "", 400, [("parameter", "x"), ("parameter", "y")]),
    ("nobody", "get", LISTED + "?limit=0", {}, "", 400, [("parameter", "limit")]),
    ("nobody", "get", LISTED + "?format=pdf", {}, "", 400, [("parameter", "format")]),
    ("nobody", "get", LISTED + "?q=%00", {}, "", 400, [("parameter", "q")]),
    ("nobody", "get", LISTED + "?q=%FF", {}, "", 400, [("parameter", "q")]),
    ("nobody", "get", "/api/v1/areas/%00/", {}, "", 400, []),
    ("nobody", "get", LISTED + "?" + "&".join(["x=1"] * 1100), {}, "", 400, []),
    ("nobody", "get", "/api/v1/activities/none-such/", {}, "", 404, []),
    ("nobody", "get", "/api/v1/ships/", {}, "", 404, []),
    ("nobody", "post", "/api/v1/ships/", {}, "{}", 404, []),
    ("nobody", "delete", LISTED, {}, "", 405, []),
    ("nobody", "get", "/api/v1/areas/", {"accept": "image/png"}, "", 406, []),
    ("nobody", "get", "/api/v1/token/", {}, "", 401, []),
    ("nobody", "post", "/api/write/", KEY, "{}", 401, []),
    ("stranger", "get", LISTED, {}, "", 401, [("header", "Authorization")]),
    ("reader", "post", "/api/write/", KEY, "{}", 403, []),
    ("writer", "post", "/api/write/", {}, "{}", 400, [("header", "Idempotency-Key")]),
    ("writer", "post", "/api/write/", KEY, "{", 400, []),
    ("writer", "post", "/api/write/", KEY, '{"id": 1}', 400, [("pointer", "/id")]),
    ("writer", "post", "/api/write/", KEY, " " * 2**21, 413, [("header", "Content-Length")]),
    ("writer", "patch", "/api/write/x/", {}, "{}", 428, [("header", "If-Match")]),
    ("writer", "patch", "/api/write/x/", {"if-match": "v1"}, "{}", 400, [("header", "If-Match")]),
    ("writer", "patch", "/api/write/x/", {"if-match": '"v1"'}, "{}", 404, []),
]


def send(who, method, address, headers, body, kind="application/json"):
    secret = {
        "stranger": lambda: "gmp_nobody",
        "reader": lambda: factories.token()[1],
        "writer": lambda: factories.token(scope="write")[1],
        "nobody": str,
    }[who]()
    if secret:
        headers = headers | {"authorization": f"Bearer {secret}"}
    given = {} if method == "get" else {"data": body, "content_type": kind}
    return getattr(Client(), method)(address, headers=headers, **given)


@pytest.fixture(autouse=True)
def writable(settings):
    settings.ROOT_URLCONF = "tests.api.writing_urls"


def told(response):
    """The problem, once its shape is found to be that of all problems."""
    problem = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "no-store" in response.headers["Cache-Control"]
    assert problem["status"] == response.status_code
    assert {"type", "title", "status"} <= problem.keys()
    assert problem.keys() <= {"type", "title", "status", "detail", "errors", "version"}
    assert problem["title"] and (problem.get("detail") or problem["errors"])
    return problem


def places(problem):
    """Where each error of a problem says that it stands."""
    found = []
    for error in problem.get("errors", []):
        [kind] = error.keys() & {"parameter", "header", "pointer"}
        assert error["detail"]
        found.append((kind, error[kind]))
    return found


@pytest.mark.parametrize("way", WAYS, ids=lambda way: " ".join(way[:3])[:60])
def test_every_way_to_err_says_where(way):
    response = send(*way[:5])

    assert (response.status_code, places(told(response))) == way[5:]


def test_another_media_type_is_told_by_its_header():
    refused = send("writer", "post", "/api/write/", KEY, "a=b", "text/plain")

    assert (refused.status_code, places(told(refused))) == (415, [("header", "Content-Type")])


def test_stale_writes_are_told_both_texts_by_field():
    meeting = factories.meeting(title="Stored")
    body = json.dumps({"title": "Late", "place": "Geneva"})

    refused = send("writer", "patch", f"/api/write/{meeting.slug}/", {"if-match": '"v7"'}, body)

    assert refused.status_code == 412
    assert sorted(places(told(refused))) == [("pointer", "/place"), ("pointer", "/title")]
    assert told(refused)["version"] == 1
