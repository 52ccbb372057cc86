"""Reads from pages of other sites; verbs, headers and faults of the API's addresses."""

import json
import logging
import re

import pytest
from django.test import Client

from registry.queries import revision
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

    assert response.headers[ALLOWED] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response.headers["Access-Control-Max-Age"] == "86400"
    allowed = response.headers["Access-Control-Allow-Headers"]
    assert allowed == "accept, accept-language, authorization, if-none-match"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("order", [({}, ORIGIN), (ORIGIN, {})])
def test_answers_from_memory_say_it_too(settings, order):
    settings.PUBLIC_SECONDS, settings.PUBLIC_MEMORY = 60, 1_000_000
    revision.forget()
    client = Client()

    first, second = (client.get("/api/v1/articles/7/", headers=each) for each in order)
    known = client.get("/api/v1/articles/7/", headers={"if-none-match": first.headers["ETag"]})
    revision.forget()

    assert [each.headers[ALLOWED] for each in (first, second, known)] == ["*"] * 3
    assert first.headers["ETag"] == second.headers["ETag"]
    assert known.status_code == 304


@pytest.mark.parametrize("address", ADDRESSES)
def test_verbs_of_every_address(client, address):
    options, wrong = client.options(address), client.post(address)

    assert (options.status_code, options.content) == (204, b"")
    assert options.headers["Allow"] == wrong.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert (wrong.status_code, json.loads(wrong.content)["status"]) == (405, 405)
    assert wrong.headers["Content-Type"] == "application/problem+json"
    assert ALLOWED not in wrong.headers


@pytest.mark.parametrize("address", ADDRESSES)
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
    assert "keyboard" not in response.content.decode()
    [reference] = re.findall(r"its reference is (\w{12})\.", problem["detail"])
    assert f"Reference {reference}: GET /api/broken/" in caplog.text
    assert secret not in caplog.text
