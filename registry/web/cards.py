"""Pictures that other sites show for a link to one of our pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.models import SPINE
from articles.numbers import spaced
from registry.exchange import cards
from registry.queries import statistics
from registry.queries.articles import listing
from registry.web.records import fetch, with_tombstones

# What is counted of a record, by the filter that leads to it.
_COUNTED = {"article": "article", "country": "country", "area": "area", "partner": "partner"}


def site(request: HttpRequest) -> HttpResponse:
    """The registry as a whole."""
    return _picture(cards.of_site(statistics.totals()))


@with_tombstones
def card(request: HttpRequest, noun: str, key: str) -> HttpResponse:
    """One public record, or an article or country with how much there is on it."""
    is_page = noun in cards.NOUNS and (noun != "article" or key in map(str, SPINE))
    if not is_page:
        raise Http404
    body = fetch(noun, key.upper() if noun == "country" else key)
    return _picture(cards.of_record(noun, body, _counts(noun, key)))


def _counts(noun: str, key: str) -> list[tuple[Any, str]]:
    if noun not in _COUNTED:
        return []
    asked = {_COUNTED[noun]: key.upper() if noun == "country" else key}
    activities = listing("activity", **asked).count()
    asked = {"publisher": key} if noun == "partner" else asked
    documents = 0 if noun == "country" else listing("guidance", **asked).count()
    found = [(_("activities"), activities), (_("guidance documents"), documents)]
    return [(name, spaced(n)) for name, n in found if n]


def _picture(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=cards.MEDIA_TYPE)
