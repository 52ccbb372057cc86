"""How often one may ask: to the request, whoever asks from wherever they say they do."""

import json
import threading

import pytest
import time_machine
from django.test import Client

from registry.api import counting, limits
from registry.queries import revision
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/articles/7/"


@pytest.fixture(autouse=True)
def limited(settings):
    """Limits small enough to be reached, in a minute that does not pass."""
    settings.API_LIMITS, settings.WEB_WORKERS = True, 1
    settings.API_LIMIT = {"anonymous": 5, "token": 7, "writes": 3, "downloads": 2}
    counting._own.cache_clear()
    counting._shared.cache_clear()
    with time_machine.travel("2026-03-04 05:06:20Z", tick=False):
        yield


def ask(times, method="get", address=ADDRESS, **given):
    answers = [getattr(Client(), method)(address, **given) for _ in range(times)]
    return [each.status_code for each in answers]


def test_every_answer_says_where_one_stands_and_too_many_when_to_go_on():
    answers = [Client().get(ADDRESS) for _ in range(6)]

    assert [each.headers["RateLimit-Remaining"] for each in answers] == [*"432100"]
    assert {each.headers["RateLimit-Limit"] for each in answers} == {"5"}
    refused, problem = answers[-1], json.loads(answers[-1].content)
    assert (refused.status_code, problem["title"]) == (429, "Too many requests")
    assert problem["detail"] == "At most 5 a minute; go on in 40 seconds."
    assert (refused.headers["Retry-After"], refused.headers["RateLimit-Reset"]) == ("40", "40")
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_next_minute_begins_anew():
    assert ask(6)[-1] == 429

    with time_machine.travel("2026-03-04 05:07:00Z", tick=False):
        assert ask(5) == [200] * 5


def test_mistakes_refusals_and_head_count_too():
    asked = [
        Client().get("/api/v1/articles/7/?x=1"),
        Client().get("/api/v1/ships/"),
        Client().get("/api/v1/articles/?format=nope"),
        Client().get(ADDRESS, headers={"authorization": "Bearer gmp_no"}),
        Client().head(ADDRESS),
    ]

    assert [each.headers["RateLimit-Remaining"] for each in asked] == [*"43210"]
    assert ask(1) == [429]


def test_faults_of_ours_count_and_say_so(settings):
    settings.ROOT_URLCONF = "tests.api.breaking_urls"
    client = Client(raise_request_exception=False)

    answers = [client.get("/api/broken/") for _ in range(6)]

    assert [each.status_code for each in answers] == [500] * 5 + [429]
    assert [each.headers["RateLimit-Remaining"] for each in answers] == [*"432100"]
    assert {each.headers["RateLimit-Limit"] for each in answers} == {"5"}
    assert {each.headers["RateLimit-Reset"] for each in answers} == {"40"}


def test_each_kind_has_its_own_limit():
    _token, secret = factories.token()
    mine = {"headers": {"authorization": f"Bearer {secret}"}}
    whole = {"headers": {"accept": "text/csv"}}

    assert ask(8, **mine) == [200] * 7 + [429]
    assert ask(4, "post", **mine) == [405] * 3 + [429]
    assert 429 not in ask(1, address="/api/v1/areas/?format=csv") + ask(1, **whole)
    assert ask(1, **whole) == ask(1, address="/api/v1/areas/?format=xlsx") == [429]
    assert ask(6) == [200] * 5 + [429]


def test_forged_addresses_have_no_effect(settings):
    forged = [
        {"x-forwarded-for": f"10.0.{at}.1", "forwarded": f"for=10.0.{at}.1"} for at in range(200)
    ]

    answers = [Client().get(ADDRESS, headers=each).status_code for each in forged]

    assert answers == [200] * 5 + [429] * 195


def test_forged_addresses_before_our_proxys_own_have_no_effect(settings):
    settings.BEHIND_PROXY = True
    forged = [{"x-forwarded-for": f"10.0.{at}.1, 203.0.113.9"} for at in range(200)]

    answers = [Client().get(ADDRESS, headers=each).status_code for each in forged]

    assert answers == [200] * 5 + [429] * 195
    assert ask(1, headers={"x-forwarded-for": "203.0.113.9, 203.0.113.10"}) == [200]


@pytest.mark.parametrize(
    ("proxies", "sent", "counted"),
    [
        (1, "10.0.0.1, 203.0.113.9, 192.0.2.1", "192.0.2.1"),
        (2, "10.0.0.1, 203.0.113.9, 192.0.2.1", "203.0.113.9"),
        (2, "10.0.0.1,203.0.113.9:4711,192.0.2.1:80", "203.0.113.9"),
        (2, "192.0.2.1", "192.0.2.1"),
        (1, "[::ffff:203.0.113.9]:4711", "203.0.113.9"),
        (2, "", "127.0.0.1"),
        (1, "203.0.113.9, what?", "unknown"),
    ],
)
def test_client_is_whom_our_first_proxy_saw(settings, proxies, sent, counted):
    settings.BEHIND_PROXY, settings.PROXIES = True, proxies

    seen = limits.client({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": sent})

    assert seen == counted


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("203.0.113.9", "203.0.113.10", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("nonsense", "", True),
    ],
)
def test_client_is_an_address_or_a_network_of_one(one, other, is_same):
    assert (limits.client({"REMOTE_ADDR": one}) == limits.client({"REMOTE_ADDR": other})) is is_same


def test_no_two_requests_get_the_same_count():
    counter, counts = counting.OwnCounter(), []

    def work():
        counts.extend([counter.add("somebody", 1) for _ in range(200)])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts) == list(range(1, 1601))


def test_processes_without_a_shared_count_hold_a_part_each(settings):
    settings.WEB_WORKERS = 2

    assert ask(3) == [200, 200, 429]


def test_while_redis_is_away_the_limit_holds_and_nothing_else_is_refused(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert ask(6) == [200] * 5 + [429]
    assert ask(1, "post") == [405]


def test_answers_from_memory_are_free_and_say_nothing_of_others(settings):
    settings.PUBLIC_SECONDS, settings.PUBLIC_MEMORY = 60, 1_000_000
    revision.forget()
    client = Client()

    first = client.get(ADDRESS)
    later = [client.get(ADDRESS) for _ in range(9)]
    revision.forget()

    assert first.headers["RateLimit-Remaining"] == "4"
    assert {each.status_code for each in later} == {200}
    assert [name for name in later[-1].headers if name.startswith("RateLimit")] == []
    assert {each.content for each in later} == {first.content}
    assert later[-1].headers["ETag"] == first.headers["ETag"]


def test_limits_can_be_turned_off(settings):
    settings.API_LIMITS = False

    assert ask(9) == [200] * 9
    assert "RateLimit-Limit" not in Client().get(ADDRESS).headers
