"""Atom feeds (RFC 4287) of what changed last in a list."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from registry.exchange.xml_text import legible
from registry.queries.bodies import NOUNS
from registry.queries.changes import Change
from registry.queries.representation import Body, read_body

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
# The year in which identifiers of this form began: a part of them that never changes (RFC 4151).
_SINCE = "2026"
LONGEST_SUMMARY = 2000


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself.

    `site` is the public address of the site, without a slash at its end; `host` is its name, from
    which identifiers are made; `query` the filters, as in an address.
    """

    title: str
    site: str
    host: str
    path: str
    page_path: str
    query: str
    updated: dt.datetime


def write(feed: Feed, changes: Iterable[Change]) -> bytes:
    """The feed, with one entry for each change. Whatever the texts hold, it is well-formed."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _text(root, "id", _tag(feed, f"feed{feed.path}{_asked(feed)}"))
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _text(SubElement(root, "author"), "name", _("Registry of the UNEP Global Mercury Partnership"))
    _link(root, "self", MEDIA_TYPE, feed.site + feed.path + _asked(feed))
    _link(root, "alternate", "text/html", feed.site + feed.page_path + _asked(feed))
    for change in changes:
        _entry(SubElement(root, "entry"), feed, change)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(entry: Element, feed: Feed, change: Change) -> None:
    body, noun = read_body(change.body), NOUNS[change.noun]
    _text(entry, "id", _tag(feed, f"{change.noun}/{change.key}"))
    _text(entry, "title", noun.title(body))
    _text(entry, "updated", _moment(change.changed_at))
    if "created_at" in body:
        _text(entry, "published", body["created_at"])
    _link(entry, "alternate", "text/html", feed.site + body["path"])
    _text(entry, "summary", noun.text(body)[:LONGEST_SUMMARY])
    for term, label in _categories(body):
        SubElement(entry, "category", {"term": legible(term), "label": legible(label)})


def _categories(body: Body) -> Iterator[tuple[str, str]]:
    """Kind, areas, articles and countries of the record, as terms that filters understand."""
    if kind := body.get("kind"):
        yield f"kind:{kind}", kind
    for area in _cards(body, "area", "areas"):
        yield f"area:{area['slug']}", area["short_name"]
    for article in _cards(body, "articles"):
        yield f"article:{article['number']}", _("Article %d") % article["number"]
    for country in _cards(body, "country", "countries"):
        yield f"country:{country['code']}", country["name"]


def _cards(body: Body, *names: str) -> Iterator[Body]:
    for name in names:
        value = body.get(name) or []
        yield from value if isinstance(value, list) else [value]


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = legible(text)


def _link(parent: Element, relation: str, kind: str, address: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": kind, "href": legible(address)})


def _tag(feed: Feed, name: str) -> str:
    return f"tag:{feed.host},{_SINCE}:{name}"


def _asked(feed: Feed) -> str:
    return f"?{feed.query}" if feed.query else ""


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
