"""Limits that processes share in a real Redis: to the request, however many ask at once.

Redis is taken from TEST_REDIS_URL, or a private one is started where the program is installed.
"""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import redis
import time_machine
from django.conf import settings as site
from django.test import Client

from registry.api import counting

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "TEST_REDIS_URL" not in os.environ and not shutil.which("redis-server"),
        reason="needs a Redis: redis-server, or TEST_REDIS_URL",
    ),
]
ADDRESS = "/api/steady/"
# Counts as a process of the site does, when it is told to begin.
PROCESS = """
import sys
from registry.api.counting import SharedCounter
counter = SharedCounter(sys.argv[1])
counter.redis.ping()
print("ready", flush=True)
sys.stdin.readline()
print(*[counter.add("everybody", 7) for _ in range(200)])
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where a Redis answers that holds nothing of limits."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    folder = tmp_path_factory.mktemp("redis")
    socket = folder / "socket"
    command = ["redis-server", "--port", "0", "--unixsocket", str(socket), "--save", ""]
    server = subprocess.Popen([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    try:
        _wait_for(socket)
        yield f"unix://{socket}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(socket):
    until = time.monotonic() + 30
    while not socket.exists():
        assert time.monotonic() < until, "Redis did not start."
        time.sleep(0.02)


@pytest.fixture
def store(address):
    """The Redis, emptied of counts."""
    with redis.Redis.from_url(address) as store:
        store.delete("none", *store.keys("registry:limit:*"))
        yield store


@pytest.fixture
def limited(settings, address, store):
    """A limit of 30 a minute, in a minute that does not pass; a process alone would let 7 by."""
    settings.API_LIMITS, settings.WEB_WORKERS, settings.REDIS_URL = True, 4, address
    settings.API_LIMIT = {"anonymous": 30, "token": 30, "writes": 30, "downloads": 30}
    settings.ROOT_URLCONF = "tests.api.breaking_urls"
    counting._own.cache_clear()
    counting._shared.cache_clear()
    with time_machine.travel("2026-03-04 05:06:20Z", tick=False):
        yield
    counting._shared(address).redis.close()
    counting._shared.cache_clear()


def at_once(times, ask):
    """What is answered to so many who all ask in the same moment."""
    begin = Barrier(times)

    def one(_number):
        begin.wait(timeout=30)
        return ask()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def test_as_many_as_the_limit_are_answered_and_all_others_told_to_wait(limited, store):
    # With a session, an answer is not looked for in memory: nothing asks the database.
    someone = {"cookie": f"{site.SESSION_COOKIE_NAME}=any"}
    answers = at_once(48, lambda: Client().get(ADDRESS, headers=someone))

    given = [each for each in answers if each.status_code == 200]
    refused = [each for each in answers if each.status_code == 429]
    assert (len(given), len(refused)) == (30, 18)
    left = sorted(int(each.headers["RateLimit-Remaining"]) for each in given)
    assert left == list(range(30))
    assert {each.headers["RateLimit-Remaining"] for each in refused} == {"0"}
    assert {each.headers["Retry-After"] for each in refused} == {"40"}
    assert {each.headers["RateLimit-Limit"] for each in answers} == {"30"}
    assert [int(store.get(key)) for key in store.keys("registry:limit:*")] == [48]


def test_processes_that_count_at_once_never_get_the_same_count(address, store):
    command = [sys.executable, "-c", PROCESS, address]
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, **piped) for _ in range(4)]
    for each in processes:
        assert each.stdout.readline() == "ready\n"

    for each in processes:
        each.stdin.write("\n")
        each.stdin.flush()
    counts = [int(count) for each in processes for count in each.communicate()[0].split()]

    assert sorted(counts) == list(range(1, 801))
    assert 100 < store.ttl("registry:limit:7:everybody") <= 120


def test_counts_stand_apart_by_client_and_by_minute(address, store):
    one, other = (counting.SharedCounter(address) for _ in range(2))

    assert [one.add("a", 7), other.add("a", 7), one.add("b", 7), other.add("a", 8)] == [1, 2, 1, 1]
    for each in (one, other):
        each.redis.close()
