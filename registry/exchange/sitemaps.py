"""Site maps (sitemaps.org): every public page in six languages, each with the other five."""

import datetime as dt
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from articles.languages import FIRST, LANGUAGES, address_in
from registry.exchange.xml_text import legible

MEDIA_TYPE = "application/xml"
# The most addresses in one map, and how many pages that are: each is there once in each language.
MOST_ADDRESSES = 5000
PAGES = MOST_ADDRESSES // len(LANGUAGES)
# The most maps that an index may name.
MOST_MAPS = 50_000
_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
type Page = tuple[str, dt.datetime | None]


def index(site: str, maps: Iterable[Page]) -> str:
    """The map of maps: the address of each, and when something in it last changed."""
    rows = (f"<sitemap>{_loc(site + path)}{_lastmod(at)}</sitemap>\n" for path, at in maps)
    return f'{_OPEN}<sitemapindex xmlns="{_MAPS}">\n{"".join(rows)}</sitemapindex>\n'


def pages(site: str, found: Iterable[Page]) -> str:
    """A map of pages, given by their addresses in English."""
    rows = (row for path, at in found for row in _rows(site, path, at))
    head = f'<urlset xmlns="{_MAPS}" xmlns:xhtml="{_XHTML}">'
    return f"{_OPEN}{head}\n{''.join(rows)}</urlset>\n"


def _rows(site: str, path: str, at: dt.datetime | None) -> Iterator[str]:
    addresses = {code: site + address_in(path, code) for code in LANGUAGES}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={_quoted(address)}/>'
        for code, address in {**addresses, "x-default": addresses[FIRST]}.items()
    )
    for address in addresses.values():
        yield f"<url>{_loc(address)}{_lastmod(at)}{others}</url>\n"


def _loc(address: str) -> str:
    return f"<loc>{_quoted(address)[1:-1]}</loc>"


def _quoted(address: str) -> str:
    return quoteattr(legible(address), {'"': "&quot;"})


def _lastmod(at: dt.datetime | None) -> str:
    return f"<lastmod>{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""
