"""Reads from pages of other sites; verbs, headers and faults of the API's addresses."""

import json
import logging
import re

import pytest
from django.conf import settings
from django.test import Client

from tests import factories
from tests.api.test_tokens import ADDRESSES

pytestmark = pytest.mark.django_db
ORIGIN = {"origin": "https://elsewhere.example"}
ALLOWED = "Access-Control-Allow-Origin"
PREFLIGHT = ORIGIN | {"access-control-request-method": "GET"}


def cors(response):
    return {name for name in response.headers if name.lower().startswith("access-control")}


@pytest.mark.parametrize("headers", [{}, ORIGIN, {"origin": "null"}])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/articles/7/", 200),
        ("/api/v1/articles/999/", 404),
        ("/api/v1/ships/", 404),
        ("/api/v1/areas/?x=1", 400),
        ("/api/v1/areas/?q=%00", 400),
    ],
)
def test_every_site_reads_everything_alike(client, address, status, headers):
    response = client.get(address, headers=headers)

    assert (response.status_code, response.headers[ALLOWED]) == (status, "*")
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "origin" not in response.headers.get("Vary", "").lower()
    shown = response.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "Link", "RateLimit-Limit", "Retry-After", "Content-Disposition"} <= {*shown}


@pytest.mark.parametrize("address", ["/", "/activities/", "/admin/login/", "/healthz", "/nope/"])
def test_pages_are_for_no_other_site(client, address):
    assert cors(client.get(address, headers=ORIGIN)) == set()
    assert cors(client.options(address, headers=PREFLIGHT)) == set()


def test_preflight_allows_reading_for_a_day(client):
    response = client.options("/api/v1/articles/", headers=PREFLIGHT)

    assert (response.status_code, response.content) == (200, b"")
    assert {name.lower(): response.headers[name] for name in cors(response)} == {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET, HEAD, OPTIONS",
        "access-control-allow-headers": "accept, accept-language, authorization, if-none-match",
        "access-control-expose-headers": ", ".join(settings.CORS_EXPOSE_HEADERS),
        "access-control-max-age": "86400",
    }
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def is_let(client, method, headers, *, credentials=False, **more):
    """Whether a browser would let a page send this, by the rules of the Fetch standard."""
    asked = {"access-control-request-method": method, **more}
    if headers:
        asked["access-control-request-headers"] = ",".join(sorted(headers))
    said = client.options("/api/write/", headers=ORIGIN | asked).headers
    methods = said.get("Access-Control-Allow-Methods", "").split(", ")
    allowed = said.get("Access-Control-Allow-Headers", "").split(", ")
    wanted = "https://elsewhere.example" if credentials else "*"
    return (
        said.get(ALLOWED) == wanted
        and (not credentials or said.get("Access-Control-Allow-Credentials") == "true")
        # A POST passes without being named.
        and (method in ("GET", "HEAD", "POST") or method in methods)
        and {*headers} <= {*allowed}
    )


@pytest.fixture
def writable(settings):
    settings.ROOT_URLCONF = "tests.api.writing_urls"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "headers", [[], ["authorization"], ["accept", "accept-language", "if-none-match"]]
)
def test_browsers_let_pages_of_any_site_read(client, writable, method, headers):
    assert is_let(client, method, headers)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", []),
        ("POST", ["authorization"]),
        ("POST", ["authorization", "content-type", "idempotency-key"]),
        ("PUT", ["authorization"]),
        ("PATCH", ["authorization", "if-match"]),
        ("DELETE", ["authorization"]),
        ("GET", ["x-requested-with"]),
    ],
)
def test_browsers_let_no_page_of_another_site_write(client, writable, method, headers):
    assert not is_let(client, method, headers)


def test_browsers_let_no_page_of_another_site_use_cookies(client, writable):
    assert not is_let(client, "GET", [], credentials=True)
    assert not is_let(client, "GET", [], credentials=True, cookie="session=abc")


@pytest.mark.parametrize("origin", ["null", "http://[", "https://elsewhere.example:99999", "x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_strange_origins_are_told_no_more(client, method, origin):
    headers = {"origin": origin, "access-control-request-method": method}
    headers["access-control-request-private-network"] = "true"

    response = client.options("/api/v1/articles/", headers=headers)

    assert response.status_code == 200
    assert response.headers.get(ALLOWED, "*") == "*"
    assert "Access-Control-Allow-Private-Network" not in response.headers
    assert method == "GET" or cors(response) == set()


@pytest.mark.parametrize("order", [({}, ORIGIN), (ORIGIN, {})])
def test_answers_from_memory_say_it_too(remembering, order):
    first, second = (remembering.get("/api/v1/articles/7/", headers=each) for each in order)
    known = remembering.get("/api/v1/articles/7/", headers={"if-none-match": first.headers["ETag"]})

    assert [each.headers[ALLOWED] for each in (first, second, known)] == ["*"] * 3
    assert first.headers["ETag"] == second.headers["ETag"]
    assert known.status_code == 304


@pytest.mark.parametrize("address", [each for each in ADDRESSES if "submissions" not in each])
def test_verbs_of_every_address(client, address):
    options, wrong = client.options(address), client.post(address)

    assert (options.status_code, options.content) == (204, b"")
    assert options.headers["Allow"] == wrong.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert (wrong.status_code, json.loads(wrong.content)["status"]) == (405, 405)
    assert wrong.headers["Content-Type"] == "application/problem+json"
    assert ALLOWED not in wrong.headers


@pytest.mark.parametrize("address", [a for a in ADDRESSES if not a.endswith(("mit/", "draw/"))])
def test_head_is_get_without_its_body(client, address):
    whole, head = client.get(address), client.head(address)

    assert head.content == b""
    assert head.status_code == whole.status_code
    assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize("accept", [None, "text/html", "image/png"])
def test_errors_have_one_shape_whatever_is_accepted(client, accept):
    headers = {"accept": accept} if accept else {}

    for method, address in (("get", "/api/v1/areas/?x=1"), ("post", "/api/v1/areas/")):
        response = getattr(client, method)(address, headers=headers)
        assert response.headers["Content-Type"] == "application/problem+json"
        assert json.loads(response.content)["status"] == response.status_code >= 400


def test_fault_of_ours_is_a_problem_with_a_reference_and_no_trace(settings, caplog):
    settings.ROOT_URLCONF = "tests.api.breaking_urls"
    client = Client(raise_request_exception=False)
    _token, secret = factories.token()

    with caplog.at_level(logging.ERROR):
        response = client.get("/api/broken/", headers={"authorization": f"Bearer {secret}"})
    problem = json.loads(response.content)

    assert (response.status_code, problem["status"]) == (500, 500)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers[ALLOWED] == "*"
    assert problem.keys() == {"type", "title", "status", "detail"}
    assert (problem["type"], problem["title"]) == ("about:blank", "Our fault")
    assert not re.search("keyboard|RuntimeError|Traceback|/api/", response.content.decode())
    [reference] = re.findall(r"its reference is (\w{12})\.", problem["detail"])
    assert f"Reference {reference}: GET /api/broken/" in caplog.text
    assert secret not in caplog.text
