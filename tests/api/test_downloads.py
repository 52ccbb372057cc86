"""Whole lists as files: the same records as the pages, under the same filters, never half."""

import csv
import gzip
import io
import json
import zipfile
import zlib
from itertools import islice

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership import public
from registry.api import downloads
from registry.api.urls import _LISTS
from registry.exchange import formats
from registry.exchange.formats import FORMATS
from registry.models import Entry
from registry.queries.found import InMemory
from tests import factories

pytestmark = pytest.mark.django_db


def content(response):
    return b"".join(response)


def lines(client, address, **headers):
    return content(client.get(f"/api/v1/{address}", headers=headers)).decode().splitlines()


def problem(response):
    assert response.headers["Content-Type"] == "application/problem+json"
    return json.loads(response.content)


def everything(client, address):
    """All records of a list by its pages."""
    found, address = [], f"/api/v1/{address}"
    while address:
        page = json.loads(client.get(address).content)
        found += page["results"]
        address = page["next"] and page["next"].removeprefix("http://testserver")
    return found


@pytest.mark.parametrize("plural", _LISTS)
def test_json_lines_hold_the_stored_entries_of_the_whole_list(client, registry_data, plural):
    noun = _LISTS[plural].noun
    stored = Entry.objects.public().filter(noun=noun).values_list("body", flat=True)

    assert sorted(lines(client, f"{plural}/?format=jsonl")) == sorted(stored)


@pytest.mark.parametrize(
    "query",
    ["article=7&country=GH", "sort=title", "q=gold+mining", "q=mercury&sort=oldest&article=4"],
)
def test_file_holds_what_the_pages_hold_in_their_order(client, registry_data, query):
    wanted = [each["slug"] for each in everything(client, f"activities/?limit=100&{query}")]

    found = lines(client, f"activities/?format=jsonl&{query}")

    assert [json.loads(line)["slug"] for line in found] == wanted
    assert wanted


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("jsonl", "application/x-ndjson"),
        ("geojson", "application/geo+json"),
    ],
)
def test_format_and_accept_give_the_same_file(client, registry_data, name, kind):
    address = "/api/v1/activities/?article=7&country=GH"
    asked = client.get(f"{address}&format={name}")
    accepted = client.get(address, headers={"accept": FORMATS[name].media_type})

    assert asked.headers["Content-Type"] == accepted.headers["Content-Type"] == kind
    assert content(asked) == content(accepted) or name == "xlsx"
    assert asked.headers["Vary"] == "Accept, Accept-Encoding"
    disposition = asked.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="activities_article-7_country-gh_20')
    assert disposition.endswith(f'.{name}"')


@pytest.mark.parametrize(
    ("query", "status", "named"),
    [
        ("limit=10", 409, ["limit"]),
        ("expand=areas&facets=kind&page=2&total=true", 409, ["expand", "facets", "page", "total"]),
        ("limit=0", 400, ["limit"]),
        ("cursor=x", 400, ["cursor"]),
        ("colour=red", 400, ["colour"]),
        ("article=99", 400, ["article"]),
        ("fields=colour", 400, ["fields"]),
    ],
)
def test_what_a_file_cannot_have_is_refused_by_name(client, registry_data, query, status, named):
    response = client.get(f"/api/v1/activities/?format=csv&{query}")

    assert response.status_code == status
    assert sorted(error["parameter"] for error in problem(response)["errors"]) == named


def test_format_that_a_noun_does_not_have_is_refused_by_name(client, registry_data):
    response = client.get("/api/v1/terms/?format=geojson")
    record = client.get("/api/v1/terms/mercury/?format=csv")
    picked = client.get("/api/v1/activities/?format=geojson&fields=title")

    (error,) = problem(response)["errors"]
    assert error == {
        "parameter": "format",
        "detail": "“geojson” is not one of: json, csv, xlsx, jsonl.",
    }
    assert record.status_code == 400
    assert [each["parameter"] for each in problem(picked)["errors"]] == ["fields"]


def test_kind_that_nobody_serves_is_a_problem(client, registry_data):
    lists = client.get("/api/v1/activities/", headers={"accept": "application/pdf"})
    record = client.get("/api/v1/activities/nope/", headers={"accept": "text/csv"})

    assert problem(lists)["status"] == problem(record)["status"] == 406


def test_browser_gets_json(client, registry_data):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    response = client.get("/api/v1/areas/", headers={"accept": accept})

    assert response.headers["Content-Type"] == "application/json"


def test_too_many_records_for_a_spreadsheet_are_refused_in_words(
    client, registry_data, monkeypatch
):
    monkeypatch.setitem(
        FORMATS, "xlsx", formats.Format("XLSX", "x/x", "xlsx", FORMATS["xlsx"].write, most=319)
    )

    response = client.get("/api/v1/activities/?format=xlsx")

    (error,) = problem(response)["errors"]
    assert error["parameter"] == "format"
    assert "319 records at most, and this list has 320. Take format=csv" in error["detail"]


@pytest.mark.parametrize("most", [downloads.MOST_WHOLE, 1000])
@pytest.mark.parametrize("coding", ["", "br"])
def test_head_tells_the_same(remembering, registry_data, monkeypatch, most, coding):
    monkeypatch.setattr(downloads, "MOST_WHOLE", most)
    address = (
        f"/api/v1/activities/?format=csv&kind=awareness&sort={'title' if coding else 'newest'}"
    )
    head, asked = (
        getattr(remembering, verb)(address, headers={"accept-encoding": coding})
        for verb in ("head", "get")
    )

    assert content(head) == b""
    assert dict(head.headers) == dict(asked.headers)
    assert content(asked) != b""


@pytest.mark.parametrize("name", FORMATS)
def test_short_files_are_whole_and_say_how_long(client, registry_data, monkeypatch, name):
    address = f"/api/v1/activities/?format={name}&country=GH"
    whole = client.get(address)
    monkeypatch.setattr(downloads, "MOST_WHOLE", 1000)
    streamed = client.get(address)

    assert int(whole.headers["Content-Length"]) == len(content(whole)) > 1000
    assert "Content-Length" not in streamed.headers
    assert content(streamed) == content(whole) or name == "xlsx"


@pytest.fixture
def breaking(monkeypatch, settings):
    """Lists that break off behind their second batch; a client that sees what others would."""
    whole = InMemory.stored

    def stored(self, batch):
        yield from islice(whole(self, batch), 300)
        raise OSError("The database went away.")

    monkeypatch.setattr(InMemory, "stored", stored)
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", FORMATS)
def test_short_file_that_breaks_is_a_problem_and_no_half_a_file(breaking, registry_data, name):
    response = breaking.get(f"/api/v1/activities/?format={name}")

    assert (response.status_code, problem(response)["title"]) == (500, "Our fault")
    assert "Content-Disposition" not in response.headers
    assert "went away" not in content(response).decode()


@pytest.mark.parametrize("name", FORMATS)
def test_long_file_that_breaks_off_cannot_be_taken_for_a_whole_one(
    breaking, registry_data, monkeypatch, name
):
    monkeypatch.setattr(downloads, "MOST_WHOLE", 1000)
    pieces = []
    # Places on a map are known when all records are read: they break before they begin.
    response = breaking.get(f"/api/v1/activities/?format={name}")
    if name == "geojson":
        assert problem(response)["status"] == 500
        return
    with pytest.raises(OSError, match="went away"):
        pieces.extend(response)

    got = b"".join(pieces)
    said = "Broken off after 200 records: this file is not complete. Take it again."
    if name == "xlsx":
        assert not zipfile.is_zipfile(io.BytesIO(got))
    elif name == "csv":
        *rows, last = csv.reader(io.StringIO(got.decode("utf-8-sig")))
        assert (last, {len(row) for row in rows}) == ([said], {len(rows[0])})
    else:
        assert json.loads(got.splitlines()[-1]) == {"error": said}


def test_withdrawn_record_is_in_no_file(client, registry_data):
    activity = factories.activity(title="Soon withdrawn")
    assert any("Soon withdrawn" in line for line in lines(client, "activities/?format=csv"))

    factories.withdrawn(activity)

    for name in ("csv", "jsonl", "geojson"):
        assert "Soon withdrawn" not in "".join(lines(client, f"activities/?format={name}"))


@pytest.mark.parametrize("name", ["csv", "jsonl", "xlsx", "geojson"])
def test_same_number_of_questions_for_any_number_of_rows(client, registry_data, knowing, name):
    content(client.get(f"/api/v1/activities/?format={name}&q=gef-9173"))
    asked = []
    for query in ("q=gef-9173&sort=newest", "country=GH", ""):
        with CaptureQueriesContext(connection) as captured:
            content(client.get(f"/api/v1/activities/?format={name}&{query}"))
        asked.append(len(captured))

    # Words cost one more question; codes one to know them.
    assert max(asked) - min(asked) <= 1
    assert max(asked) <= 3


def test_tag_answers_not_modified_before_anything_is_read(
    remembering, registry_data, django_assert_num_queries
):
    address = "/api/v1/partners/?format=csv"
    first = remembering.get(address)
    content(first)
    tag = first.headers["ETag"]

    with django_assert_num_queries(0):
        again = remembering.get(address, headers={"if-none-match": tag})
    other = remembering.get("/api/v1/partners/?format=jsonl", headers={"if-none-match": tag})

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert "Accept" in again.headers["Vary"]
    assert tag.startswith('"')
    assert other.status_code == 200
    assert content(other)


@pytest.mark.parametrize(("coding", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_file_is_compressed_as_it_goes(remembering, registry_data, coding, read):
    address = "/api/v1/guidance/?format=csv"
    plain = remembering.get(address)
    packed = remembering.get(address, headers={"accept-encoding": coding})
    sheet = remembering.get("/api/v1/areas/?format=xlsx", headers={"accept-encoding": coding})

    whole, small = content(plain), content(packed)
    assert read(small) == whole
    assert len(small) < len(whole) / 3
    assert packed.headers["Content-Encoding"] == coding
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Content-Encoding" not in sheet.headers and content(sheet).startswith(b"PK")


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_compressed_file_that_breaks_off_says_so_and_has_no_end(coding):
    def breaking():
        yield b"a line\n"
        yield b"Broken off\n"
        raise OSError("gone")

    pieces = []
    with pytest.raises(OSError, match="gone"):
        for piece in public._compressed(breaking(), coding):
            pieces.append(piece)

    packed = b"".join(pieces)
    reader = zlib.decompressobj(wbits=31) if coding == "gzip" else brotli.Decompressor()
    read = reader.decompress if coding == "gzip" else reader.process
    assert read(packed) == b"a line\nBroken off\n"
    assert not (reader.eof if coding == "gzip" else reader.is_finished())


def test_tag_is_new_after_a_change_and_no_error_has_one(
    remembering, registry_data, django_capture_on_commit_callbacks
):
    address = "/api/v1/activities/?format=csv&country=GH"
    first = remembering.get(address)
    content(first)

    with django_capture_on_commit_callbacks(execute=True):
        factories.activity(title="New in Ghana", countries=["GH"])
    second = remembering.get(address, headers={"if-none-match": first.headers["ETag"]})

    assert second.status_code == 200
    assert "New in Ghana" in content(second).decode()
    assert second.headers["ETag"] != first.headers["ETag"]
    for wrong in ("&limit=2", "&colour=red"):
        assert "ETag" not in remembering.get(address + wrong).headers
    gone = remembering.get("/api/v1/activities/nope/", headers={"if-none-match": "*"})
    assert gone.status_code == 404
