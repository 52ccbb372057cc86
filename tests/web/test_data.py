"""The page “Data” and what list pages offer to take away."""

import datetime as dt
import gzip
import hashlib
import json
import re

import pytest
from django.core.management import CommandError, call_command

from registry import tasks
from registry.exchange import dumps
from registry.exchange.tables import TABLES
from registry.models import Entry
from registry.web.taking import FEEDS
from tests.web.reading import Page

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 25, 2, 31, tzinfo=dt.UTC)


@pytest.fixture
def dumped(registry_data, settings, tmp_path):
    """A dump of two nouns, in place."""
    settings.DUMP_DIR = tmp_path / "dumps"
    Entry.objects.exclude(noun__in=["area", "term"]).delete()
    return dumps.write(settings.DUMP_DIR, taken_at=AT, software="0.1.0")


def content(response):
    return b"".join(response.streaming_content)


def test_page_without_a_dump_says_so_and_how_to_make_one(client, registry_data):
    text = Page(client.get("/data/")).text

    assert "none has been written here yet" in text
    assert "manage.py dump" in text


def test_page_lists_every_file_with_rows_date_and_checksum(client, dumped):
    page = Page(client.get("/data/"))

    assert "25 November 2026, 02:31 UTC" in page.text
    for file in dumped.files:
        assert f"/data/dumps/{file.name}" in page.links
        assert file.sha256 in page.text
    assert re.search(r"Glossary\s+109", page.text)


@pytest.mark.parametrize("address", ["/data/", "/data/columns/"])
def test_pages_keep_the_rules(client, registry_data, address):
    page = Page(client.get(address))

    assert len(page.headings) == 1
    assert page.inline == page.crossed == []
    assert len(page.ids) == len(set(page.ids))


def test_examples_of_the_page_work(client, registry_data):
    page = Page(client.get("/data/"))
    examples = [link for link in page.links if "format=" in link]

    assert [link.rpartition("=")[2] for link in examples] == ["csv", "xlsx", "jsonl", "geojson"]
    for link in [*examples, *(link for link in page.links if link.endswith("/feed/"))]:
        assert client.get(link).status_code == 200
    first_call, *_ = re.findall(r'curl "http://testserver([^"]+limit=5)"', page.text)
    assert len(json.loads(client.get(first_call).content)["results"]) == 5


def test_every_column_is_explained(client, registry_data):
    text = Page(client.get("/data/columns/")).text

    for table in TABLES.values():
        for column in table.columns:
            assert f" {column.name} " in text
            assert str(column.meaning) in text


def test_file_is_given_whole_and_under_its_checksum(client, dumped):
    file = next(each for each in dumped.files if each.name == "terms.csv.gz")
    address = f"/data/dumps/{file.name}"

    response = client.get(address)
    packed = content(response)
    again = client.get(address, headers={"if-none-match": response.headers["ETag"]})
    head = client.head(address)

    assert hashlib.sha256(packed).hexdigest() == file.sha256
    assert response.headers["ETag"] == f'"{file.sha256}"'
    assert response.headers["Last-Modified"] == "Wed, 25 Nov 2026 02:31:00 GMT"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{file.name}"'
    assert response.headers["Content-Type"] == "application/gzip"
    assert int(head.headers["Content-Length"]) == file.bytes == len(packed)
    assert (again.status_code, again.content) == (304, b"")
    assert gzip.decompress(packed).startswith(b"\xef\xbb\xbfterm,")
    assert b"".join(head.streaming_content) == b""


def test_sums_and_manifest_are_given(client, dumped):
    sums = content(client.get("/data/dumps/SHA256SUMS")).decode()
    told = json.loads(content(client.get("/data/dumps/manifest.json")))

    assert f"{dumped.files[0].sha256}  areas.jsonl.gz\n" in sums
    assert told["revision"] == dumped.revision


@pytest.mark.parametrize(
    "name", ["latest", "nope.gz", "..%2flatest", "%2e%2e/latest", "....//latest", "%5c..%5clatest"]
)
def test_other_names_lead_nowhere(client, dumped, name):
    assert client.get(f"/data/dumps/{name}").status_code == 404


def test_command_and_task_write_a_dump(few_entries, settings, tmp_path, capsys):
    settings.DUMP_DIR = tmp_path / "dumps"
    call_command("dump")
    first = dumps.latest(settings.DUMP_DIR)
    tasks.write_dump.delay()

    assert "109 rows" in capsys.readouterr().out
    assert dumps.latest(settings.DUMP_DIR).folder != first.folder


def test_folder_that_cannot_be_written_is_told(few_entries, settings, tmp_path):
    (tmp_path / "taken").write_text("A file.")
    settings.DUMP_DIR = tmp_path / "taken"

    with pytest.raises(CommandError, match="^No dump was written: "):
        call_command("dump")


@pytest.fixture
def few_entries(registry_data):
    Entry.objects.exclude(noun="term").delete()


def test_list_offers_exactly_itself(client, registry_data):
    page = Page(client.get("/activities/?article=7&country=GH&sort=title&page=1&area="))
    asked = "article=7&country=GH&sort=title"

    for name in ("csv", "xlsx", "jsonl", "geojson"):
        assert f"/api/v1/activities/?{asked}&format={name}" in page.links
    assert f"/api/v1/activities/?{asked}" in page.links
    assert "/activities/feed/?article=7&country=GH" in page.links
    assert "/activities/feed/?article=7&country=GH" == page.alternates[0]
    assert "8 records, all of them" in page.text


@pytest.mark.parametrize(
    "plural", ["areas", "partners", "guidance", "meetings", "contributions", "decisions"]
)
def test_every_list_offers_files_and_a_feed(client, registry_data, plural):
    page = Page(client.get(f"/{plural}/"))

    names = {link.rpartition("=")[2] for link in page.links if link.startswith("/api/v1/")}
    assert {"csv", "xlsx", "jsonl"} <= names
    assert ("geojson" in names) == (plural == "partners")
    assert f"/{plural}/feed/" in page.links


def test_lists_without_a_feed_and_empty_lists_offer_what_they_have(client, registry_data):
    glossary = Page(client.get("/glossary/"))
    empty = Page(client.get("/activities/?article=6&area=asgm&country=GH"))

    assert "glossary" not in FEEDS and not any("/feed/" in link for link in glossary.links)
    assert "/api/v1/terms/?format=csv" in glossary.links
    assert not any("format=" in link for link in empty.links)
    assert "/activities/feed/?article=6&area=asgm&country=GH" in empty.links
