"""Feeds are well-formed whatever the records say."""

import datetime as dt
import json
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.exchange import atom
from registry.queries.changes import Change

AT = dt.datetime(2026, 11, 25, 10, 30, tzinfo=dt.UTC)
FEED = atom.Feed(
    title="Terms, newest changes",
    site="https://registry.example.org",
    host="registry.example.org",
    path="/glossary/feed/",
    page_path="/glossary/",
    query="q=a&kind=term",
    updated=AT,
)
ATOM = "{http://www.w3.org/2005/Atom}"


def change(text):
    body = {"term": text, "expansion": text, "meaning": text, "path": "/glossary/#x", "kind": text}
    return Change("term", "x", 1, AT, False, json.dumps(body))


@pytest.mark.slow
@given(st.text(st.characters(exclude_categories=()), max_size=30))
@example("]]>&<!--\x00\x0b\ud800\ufffe\U0010ffff\r\n</title>")
@settings(max_examples=150, deadline=None)
def test_any_text_makes_a_well_formed_feed(text):
    root = ElementTree.fromstring(atom.write(FEED, [change(text)]))

    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "tag:registry.example.org,2026:term/x"
    assert b"<!DOCTYPE" not in atom.write(FEED, [change(text)])


def test_text_that_xml_can_hold_is_kept_as_it_is():
    text = "“]]>” & <b>A</b> ü 金 \U0001f30d"

    root = ElementTree.fromstring(atom.write(FEED, [change(text)]))

    assert root.find(f"{ATOM}entry").findtext(f"{ATOM}summary") == text


def test_feed_says_where_it_and_its_list_are():
    root = ElementTree.fromstring(atom.write(FEED, []))

    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://registry.example.org/glossary/feed/?q=a&kind=term",
        "alternate": "https://registry.example.org/glossary/?q=a&kind=term",
    }
    assert root.findtext(f"{ATOM}updated") == "2026-11-25T10:30:00Z"
    assert root.findtext(f"{ATOM}id").startswith("tag:registry.example.org,2026:feed/glossary/")
