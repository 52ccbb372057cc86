"""What programs that read the whole site ask for: what to leave alone, where all pages are."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from articles.languages import FIRST, LANGUAGES
from registry.exchange import sitemaps
from registry.queries import public_pages
from registry.queries.changes import state

# Of people who are signed in, of the secretariat, or of one reader's words.
_LEFT_ALONE = (
    "account/",
    "admin/",
    "confirm/",
    "desk/",
    "embed/",
    "feedback/",
    "invitations/",
    "messages/",
    "review/",
    "search/",
)
# Pages that are no records, by the names of their routes.
_STANDING = (
    "home",
    "article-list",
    "find",
    "activity-list",
    "guidance-list",
    "area-list",
    "partner-list",
    "country-list",
    "decision-list",
    "meeting-list",
    "contribution-list",
    "term-list",
    "data",
    "data-columns",
    "about",
    "accessibility",
    "terms",
    "privacy",
)


def robots(request: HttpRequest) -> HttpResponse:
    """What programs that follow links leave alone: also lists under several filters at once."""
    prefixes = ["", *(f"{code}/" for code in LANGUAGES if code != FIRST)]
    lines = [
        "User-agent: *",
        *(f"Disallow: /{prefix}{path}" for path in _LEFT_ALONE for prefix in prefixes),
        "Disallow: /*?*&",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap-index')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The maps: one of the standing pages, and of each noun as many as its pages fill."""
    maps = [(reverse("sitemap", args=["pages", 1]), state().changed_at)]
    for stock in public_pages.stocks():
        for number in range(1, -(-stock.count // sitemaps.PAGES) + 1):
            maps.append((reverse("sitemap", args=[stock.noun, number]), stock.changed_at))
    return _xml(sitemaps.index(settings.SITE_URL, maps))


def sitemap(request: HttpRequest, noun: str, number: int) -> HttpResponse:
    """One map: so many pages of a noun, or the standing pages."""
    found: list[sitemaps.Page] = []
    if noun == "pages" and number == 1:
        found = _standing()
    elif noun in public_pages.NOUNS and 0 < number <= sitemaps.MOST_MAPS:
        offset = (number - 1) * sitemaps.PAGES
        found = public_pages.stretch(noun, offset, sitemaps.PAGES)
    if not found:
        raise Http404
    return _xml(sitemaps.pages(settings.SITE_URL, found))


def _standing() -> list[sitemaps.Page]:
    found = []
    for name in _STANDING:
        try:
            found.append((reverse(name), None))
        except NoReverseMatch:
            continue
    return found


def _xml(content: str) -> HttpResponse:
    return HttpResponse(content, content_type=f"{sitemaps.MEDIA_TYPE}; charset=utf-8")
