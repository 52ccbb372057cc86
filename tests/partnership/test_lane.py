"""The lane in front of Django: the same bytes again, and never a private or an old one."""

import pytest
from django.conf import settings as site
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models import F
from django.test import Client, RequestFactory

from partnership.lane import Lane
from registry.api import downloads
from registry.models import Counter
from registry.queries import revision
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/",
    "/articles/7/",
    "/activities/?article=7",
    "/api/v1/activities/?limit=3&total=true",
]


class Counted:
    """Django, and how often it was asked; says something to each client alone."""

    def __init__(self):
        self.django, self.asked = get_wsgi_application(), 0

    def __call__(self, environ, start_response):
        self.asked += 1

        def say(status, headers, *more):
            return start_response(status, [*headers, ("RateLimit-Remaining", "41")], *more)

        return self.django(environ, say)


@pytest.fixture
def django(remembering):
    # Requests put old connections away, and one within a transaction looks unusable to them.
    connection.close_if_unusable_or_obsolete = lambda: None
    yield Counted()
    del connection.close_if_unusable_or_obsolete


@pytest.fixture
def lane(django):
    return Lane(django)


def ask(application, address, method="GET", **headers):
    path, _, query = address.partition("?")
    environ = RequestFactory().generic(method, path, QUERY_STRING=query, **headers).environ
    said = []
    answer = application(environ, lambda status, given, *more: said.append((status, given)))
    body = b"".join(answer)
    status, given = said[-1]
    return status, {name: value for name, value in given if name != "RateLimit-Remaining"}, body


@pytest.mark.parametrize("encoding", ["", "gzip", "gzip, br"])
def test_gives_the_same_again_without_django(lane, django, encoding):
    first = [ask(lane, each, HTTP_ACCEPT_ENCODING=encoding) for each in ADDRESSES]
    asked = django.asked

    again = [ask(lane, each, HTTP_ACCEPT_ENCODING=encoding) for each in ADDRESSES]

    assert again == first
    assert [status for status, _, _ in again] == ["200 OK"] * 4
    assert django.asked == asked == 4
    assert all("Content-Security-Policy" in headers for _, headers, _ in again)


def test_what_was_said_to_one_client_is_not_said_to_another(lane, django):
    said = []
    for _ in range(2):
        environ = RequestFactory().get("/articles/").environ
        lane(environ, lambda status, headers, *more: said.append(dict(headers)))

    assert ["RateLimit-Remaining" in headers for headers in said] == [True, False]


def test_tag_is_answered_without_a_body(lane, django):
    _, headers, _ = ask(lane, "/")

    status, again, body = ask(lane, "/", HTTP_IF_NONE_MATCH=f'"other", W/{headers["ETag"]}')

    assert (status, body, again["ETag"]) == ("304 Not Modified", b"", headers["ETag"])
    assert {"Content-Length", "Content-Type"} & again.keys() == set()
    assert django.asked == 1


def test_head_is_the_same_without_a_body(lane, django):
    _, headers, _ = ask(lane, "/")

    status, again, body = ask(lane, "/", "HEAD")

    assert (status, again, body) == ("200 OK", headers, b"")
    assert django.asked == 1


@pytest.mark.parametrize(
    "who",
    [
        {"HTTP_COOKIE": f"{site.SESSION_COOKIE_NAME}=abc"},
        {"HTTP_COOKIE": f"a=b; {site.SESSION_COOKIE_NAME}=abc"},
        {"HTTP_AUTHORIZATION": "Bearer something"},
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"HTTP_HOST": "127.0.0.1"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_ACCEPT_ENCODING": "br"},
        {"wsgi.url_scheme": "https"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
    ],
    ids=str,
)
def test_whoever_is_somebody_or_asks_otherwise_goes_on_to_django(lane, django, who):
    ask(lane, "/api/v1/")
    asked = django.asked

    ask(lane, "/api/v1/", **who)

    assert django.asked == asked + 1


def test_page_of_somebody_signed_in_is_never_given_to_others(lane, django):
    client = Client()
    client.force_login(factories.administrator())
    cookie = f"{site.SESSION_COOKIE_NAME}={client.cookies[site.SESSION_COOKIE_NAME].value}"

    theirs = ask(lane, "/admin/", HTTP_COOKIE=cookie)
    ours = ask(lane, "/admin/")

    assert (theirs[0], ours[0]) == ("200 OK", "302 Found")
    assert len(lane.shelf.answers) == 0


@pytest.mark.parametrize(
    "address",
    ["/activities/?x=1", "/nope/", "/admin/login/", "/readyz"],
)
def test_errors_and_forms_are_never_kept(lane, django, address):
    ask(lane, address)
    ask(lane, address)

    assert django.asked == 2
    assert len(lane.shelf.answers) == 0


def test_short_files_are_kept_and_long_ones_never(lane, django, monkeypatch):
    short = [ask(lane, "/api/v1/areas/?format=csv") for _ in range(3)]
    monkeypatch.setattr(downloads, "MOST_WHOLE", 1000)
    long = [ask(lane, "/api/v1/areas/?format=jsonl") for _ in range(3)]

    assert django.asked == 1 + 3
    assert len(lane.shelf.answers) == 1
    assert short[1:] == short[:1] * 2
    assert long[1:] == long[:1] * 2


def test_change_reaches_the_next_reader(lane, django):
    old = ask(lane, "/api/v1/")
    Counter.objects.filter(name="revision").update(value=F("value") + 1)

    revision.forget()  # as the transaction of a change does when it is committed
    new = ask(lane, "/api/v1/")

    assert new[1]["ETag"] != old[1]["ETag"]
    assert new[2] != old[2]


def test_change_made_elsewhere_is_seen_when_the_second_is_over(lane, django, settings):
    old = ask(lane, "/api/v1/")
    Counter.objects.filter(name="revision").update(value=F("value") + 1)
    settings.PUBLIC_SECONDS = 0

    new = ask(lane, "/api/v1/")

    assert new[2] != old[2]


def test_without_memory_the_lane_is_closed(settings, django):
    settings.PUBLIC_MEMORY = 0
    lane = Lane(django)

    ask(lane, "/")
    ask(lane, "/")

    assert django.asked == 2
