"""Every answer, of whatever kind, carries the headers that keep browsers safe."""

import pytest
from django.test import Client

from registry.models import Activity
from tests import factories

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.fixture
def browser(settings, tmp_path):
    settings.ROOT_URLCONF = "tests.partnership.breaking_urls"
    # As on a machine where no files were collected yet.
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = tmp_path, True
    return Client(raise_request_exception=False)


def withdrawn():
    return factories.withdrawn(factories.activity()).get_absolute_url()


ANSWERS = {
    "page": (lambda: "/", 200),
    "list": (lambda: "/activities/", 200),
    "record": (lambda: Activity.objects.order_by("pk")[0].get_absolute_url(), 200),
    "alive": (lambda: "/healthz", 200),
    "sign-in": (lambda: "/account/sign-in/", 200),
    "to the account": (lambda: "/account/", 302),
    "file": (lambda: "/static/css/site.css", 200),
    "api": (lambda: "/api/v1/activities/", 200),
    "led on": (lambda: "/countries/GH/", 301),
    "slash": (lambda: "/activities", 301),
    "to the sign-in": (lambda: "/admin/", 302),
    "refused filter": (lambda: "/activities/?colour=red", 400),
    "no text": (lambda: "/activities/?q=%00", 400),
    "too many": (lambda: "/activities/?" + "article=7&" * 1001, 400),
    "forbidden": (lambda: "/forbidden/", 403),
    "unknown": (lambda: "/nope/", 404),
    "unknown in the api": (lambda: "/api/v1/nope/", 404),
    "withdrawn": (withdrawn, 410),
    "broken": (lambda: "/broken/", 500),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_answer_carries_the_headers(browser, registry_data, kind):
    address, status = ANSWERS[kind]

    response = browser.get(address())
    response.close()

    headers = response.headers
    assert response.status_code == status
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert "Content-Security-Policy-Report-Only" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    )


def test_foreign_host_is_refused_with_the_headers(browser):
    response = browser.get("/", headers={"host": "evil.example.org"})

    assert response.status_code == 400
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert "evil.example.org" not in response.content.decode()


def test_what_broke_is_never_shown(browser):
    response = browser.get("/broken/")

    text = response.content.decode()
    assert "<h1>Something went wrong on our side</h1>" in text
    assert "cat" not in text
    assert "Traceback" not in text


@pytest.mark.slow
def test_reading_sets_no_cookie(browser, registry_data):
    for address in ("/", "/activities/", "/search/?q=gold", "/articles/7/", "/nope/", "/broken/"):
        assert dict(browser.get(address).cookies) == {}


def test_public_pages_are_not_posted_to(registry_data):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/activities/", {"q": "gold"}).status_code in (403, 405)


def test_safe_transport_in_production(client, settings, registry_data):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True

    response = client.get("/", secure=True)

    said = response.headers["Strict-Transport-Security"]
    assert said == "max-age=31536000; includeSubDomains; preload"


def policy_of(response):
    return set(response.headers["Content-Security-Policy"].split("; "))


def test_figures_alone_may_be_framed_elsewhere(client, registry_data):
    framed = (POLICY - {"frame-ancestors 'none'"}) | {"frame-ancestors *"}

    for name in ("matrix", "years", "countries"):
        response = client.get(f"/embed/{name}/")
        assert policy_of(response) == framed
        # Servers take names of just this type.
        assert {type(name) for name, _value in response.items()} == {str}
        assert "X-Frame-Options" not in response.headers
    for address in ("/", "/embed/nothing/", "/embed/", "/embed/matrix/?colour=red", "/embed/years"):
        response = client.get(address)
        assert policy_of(response) == POLICY, address
        assert response.headers["X-Frame-Options"] == "DENY"


def test_a_figure_from_memory_may_be_framed_too(remembering, registry_data):
    first = remembering.get("/embed/years/")
    tag = {"if-none-match": first.headers["ETag"]}

    for headers in ({}, tag):
        response = remembering.get("/embed/years/", headers=headers)
        assert "frame-ancestors *" in policy_of(response)
        assert "X-Frame-Options" not in response.headers
