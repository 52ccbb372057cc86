"""Public answers: tags, 304, compression, and never an old or a private one."""

import gzip
import json
import random
import sys
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django.test import Client

from partnership.answers import Kept, Shelf
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/activities/?q=harvestable"


def test_same_tag_answers_not_modified(remembering):
    first = remembering.get("/")

    again = remembering.get("/", headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_compressed_answers_hold_the_same_text(remembering):
    plain = remembering.get("/")
    brotlied = remembering.get("/", headers={"accept-encoding": "gzip, br"})
    gzipped = remembering.get("/", headers={"accept-encoding": "gzip, br;q=0"})

    assert brotli.decompress(brotlied.content) == gzip.decompress(gzipped.content) == plain.content
    assert len({r.headers["ETag"] for r in (plain, brotlied, gzipped)}) == 3


def test_change_is_seen_at_once_where_it_was_made(remembering, django_capture_on_commit_callbacks):
    assert json.loads(remembering.get(ADDRESS).content)["results"] == []

    with django_capture_on_commit_callbacks(execute=True):
        factories.activity(title="A harvestable activity")

    assert len(json.loads(remembering.get(ADDRESS).content)["results"]) == 1


def test_threads_that_share_a_shelf_never_lose_count():
    shelf, often = Shelf(800), sys.getswitchinterval()

    def work(seed):
        chosen = random.Random(seed)
        for _ in range(8000):
            # Now and then a new revision; too many answers for the shelf.
            number, key = int(chosen.random() < 0.02), chosen.randrange(60)
            if shelf.get(number, key) is None:
                shelf.put(number, key, Kept((), b"x" * chosen.randrange(100), "tag"))

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(work, range(4)))
    finally:
        sys.setswitchinterval(often)

    assert shelf.size == sum(len(kept.body) for kept in shelf.answers.values()) <= 800


def test_second_answer_comes_from_memory(remembering, django_assert_num_queries):
    first = remembering.get("/articles/7/")

    with django_assert_num_queries(0):
        second = remembering.get("/articles/7/")

    assert second.content == first.content


def test_signed_in_and_refused_answers_are_never_kept(remembering):
    staff = factories.administrator()
    remembering.force_login(staff)

    assert "ETag" not in remembering.get("/admin/").headers
    assert "ETag" not in Client().get("/activities/?x=1").headers


def test_health_is_told(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("address", ["/", "/nope/", "/activities/?x=1", "/api/v1/"])
def test_every_answer_carries_the_headers(client, address):
    headers = client.get(address).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
