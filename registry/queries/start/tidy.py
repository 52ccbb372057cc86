"""What is to be tidied: look-alikes, gaps in records, names without translation."""

import datetime as dt
from typing import Any

from django.core.cache import cache
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from articles.models import Article, Country
from registry.models import Activity, Guidance, Partner
from registry.queries import joins, lacking
from registry.queries.start.lines import Asked, Line, list_of

_KEY = "pairs-that-look-alike"
_KEPT = 3 * 24 * 3600

_PAIRS: dict[str, Any] = {
    "activity": ngettext_lazy("pair of activities looks alike", "pairs of activities look alike"),
    "guidance": ngettext_lazy("pair of documents looks alike", "pairs of documents look alike"),
    "partner": ngettext_lazy(
        "pair of organisations looks alike", "pairs of organisations look alike"
    ),
}
_GAPS: tuple[tuple[type[Model], str, Any], ...] = (
    (Activity, "article", ngettext_lazy("activity without article", "activities without article")),
    (Activity, "area", ngettext_lazy("activity without area", "activities without area")),
    (
        Activity,
        "lead",
        ngettext_lazy("activity of which nobody leads", "activities that nobody leads"),
    ),
    (
        Activity,
        "country",
        ngettext_lazy("national activity without country", "national activities without country"),
    ),
    (Guidance, "article", ngettext_lazy("document without article", "documents without article")),
    (Guidance, "area", ngettext_lazy("document without area", "documents without area")),
    (
        Guidance,
        "publisher",
        ngettext_lazy("document without publisher", "documents without publisher"),
    ),
    (Partner, "area", ngettext_lazy("partner without area", "partners without area")),
)
_UNTRANSLATED: tuple[tuple[type[Model], str, Any], ...] = (
    (
        Article,
        "translation",
        ngettext_lazy(
            "article whose title is not in all languages",
            "articles whose titles are not in all languages",
        ),
    ),
    (
        Country,
        "translation",
        ngettext_lazy(
            "country whose name is not in all languages",
            "countries whose names are not in all languages",
        ),
    ),
)


def count_pairs(at: dt.datetime) -> int:
    """Count the look-alikes on the first page of each noun, and keep that; returns how many.

    To compare takes a second or two, so a job does it and the start page only reads.
    """
    pages = {noun: joins.pairs(noun) for noun in joins.MODELS}
    numbers = {noun: (len(page.pairs), page.next is not None) for noun, page in pages.items()}
    cache.set(_KEY, {"at": at, "numbers": numbers}, _KEPT)
    return sum(n for n, _more in numbers.values())


def pairs(asked: Asked) -> list[Line]:
    """Pairs that look alike, as they were counted last; none before that."""
    kept = cache.get(_KEY) or {"numbers": {}}
    return [
        Line(
            str(_PAIRS[noun] % number),
            number,
            reverse(f"admin:registry_{noun}_lookalikes"),
            note=_("counted at %s") % f"{kept['at']:%H:%M} UTC",
            at_least=is_more,
        )
        for noun, (number, is_more) in kept["numbers"].items()
        if number
    ]


def gaps(asked: Asked) -> list[Line]:
    """Records without what each should have."""
    return _lines(_GAPS)


def translations(asked: Asked) -> list[Line]:
    """Names of the reference book that are not in all languages."""
    return _lines(_UNTRANSLATED)


def _lines(kinds: tuple[tuple[type[Model], str, Any], ...]) -> list[Line]:
    counts = lacking.counts()
    return [
        Line(str(words % counts[model, lack]), counts[model, lack], list_of(model, lacking=lack))
        for model, lack, words in kinds
        if counts[model, lack]
    ]
