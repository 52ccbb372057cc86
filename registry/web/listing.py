"""The one helper behind every list page: filters, facets, sort, pages, all in the address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from registry.errors import Misunderstood
from registry.queries.criteria import Except, Many, Year
from registry.queries.fields import NONE
from registry.queries.lists import Listing, NounList
from registry.queries.sorts import RELEVANCE
from registry.web import taking

PAGE_SIZE = 25
# A facet shows this many values; the rest open on demand.
FEW = 8


@dataclass(frozen=True)
class Option:
    """One value of a facet."""

    value: str
    label: str
    count: int
    is_asked: bool


@dataclass(frozen=True)
class Facet:
    """A filter offered with counts."""

    name: str
    label: str
    options: list[Option]

    @property
    def is_asked(self) -> bool:
        """Whether one of its values is in use."""
        return any(option.is_asked for option in self.options)

    @property
    def few(self) -> list[Option]:
        """The values that are always shown."""
        return [o for at, o in enumerate(self.options) if at < FEW or o.is_asked]

    @property
    def more(self) -> list[Option]:
        """The values that open on demand."""
        return [o for at, o in enumerate(self.options) if at >= FEW and not o.is_asked]


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    value: str
    without: str
    would_find: int | None = None


class Pages(Paginator):
    """Pages of what counts itself, and fetches a stretch of itself by offset and limit."""

    def __init__(
        self, counted: Callable[[], int], fetch: Callable[[int, int], Any], size: int = PAGE_SIZE
    ) -> None:
        self._counted, self._fetch = counted, fetch
        super().__init__([], size)

    @property
    def count(self) -> int:
        return self._counted()

    def page(self, number: int) -> Page:
        offset = (number - 1) * self.per_page
        return self._get_page(self._fetch(offset, self.per_page), number, self)


def show(request: HttpRequest, of: NounList, template: str, **context: Any) -> HttpResponse:
    """A list page, as the address asks: 400 naming what is not understood, 404 past the end."""
    data = without_blanks(request.GET)
    try:
        number = page_number(data)
        listing = of.ask(data, also=frozenset({"page"}))
    except Misunderstood as wrong:
        return render(request, "errors/400.html", {"problems": wrong.problems}, status=400)
    pages = Pages(listing.count, listing.bodies)
    if number > pages.num_pages:
        raise Http404(_("This list has %d pages.") % pages.num_pages)
    context |= {
        "of": of,
        "listing": listing,
        "page": pages.page(number),
        "pages": pages,
        "facets": _facets(listing),
        "chips": _chips(listing, data),
        "years": [(n, f.label, data.get(n, "")) for n, f in _years(listing)],
        "sorts": _sorts(listing),
        "query": data.get("q", ""),
        "address": _address(data, page=None),
        "offers": taking.offers(of, data, listing.count()),
        "feed": taking.feed(of, data),
    }
    return render(request, template, context)


def without_blanks(given: QueryDict) -> QueryDict:
    """The query string as a form leaves it: fields that were left empty are not asked for."""
    data = given.copy()
    for name, values in given.lists():
        if not any(value.strip() for value in values):
            del data[name]
    return data


def page_number(data: QueryDict) -> int:
    """The page that is asked for. Raises Misunderstood for what is not a number from 1."""
    text = data.get("page", "1")
    if not (text.isascii() and text.isdigit() and int(text[:10]) > 0):
        raise Misunderstood({"page": _("“%s” is not the number of a page.") % text[:80]})
    return int(text[:10])


def _facets(listing: Listing) -> list[Facet]:
    facets = []
    for name, each in listing.filters.facets.items():
        asked = listing.filters.asked.get(name, [])
        counts = listing.facet(name)
        options = [Option(v, str(label), n, v in asked) for v, (label, n) in counts.items()]
        labels = {option.value for option in options}
        missing = [value for value in asked if value not in labels]
        options += [Option(v, str(each.known([v]).get(v, v)), 0, True) for v in missing]
        if any(option.value != NONE and option.count for option in options) or asked:
            facets.append(Facet(name, str(each.label), _sorted(name, options)))
    return facets


def _sorted(name: str, options: list[Option]) -> list[Option]:
    """Numbered articles in their order, others by count; “not recorded” and zeros last."""

    def place(option: Option) -> tuple:
        last = (option.value == NONE, not option.count)
        order = int(option.value) if option.value.isdigit() else -option.count
        return (*last, order, option.label)

    return sorted(options, key=place)


def _chips(listing: Listing, data: QueryDict) -> list[Chip]:
    """The filters in use. In an empty list each tells how many records there are without it."""
    chips = []
    is_empty = listing.count() == 0
    for name, value in listing.filters.asked.items():
        each = listing.filters.filters[name]
        left = listing.count_without(name) if is_empty else None
        chips.append(
            Chip(
                str(each.label), _said(each, value), _address(data, page=None, **{name: None}), left
            )
        )
    return sorted(chips, key=lambda chip: -(chip.would_find or 0)) if is_empty else chips


def narrowed_by(listing: Listing) -> list[tuple[str, str]]:
    """The filters in use, in words: label and values."""
    known = listing.filters.filters
    return [(str(known[n].label), _said(known[n], v)) for n, v in listing.filters.asked.items()]


def _said(each: Any, value: Any) -> str:
    if isinstance(each, Many | Except):
        known = (each.twin if isinstance(each, Except) else each).known(value)
        return _(" or ").join(str(known.get(item, item)) for item in value)
    return str(value)


def _years(listing: Listing) -> list[tuple[str, Year]]:
    return [(n, f) for n, f in listing.filters.filters.items() if isinstance(f, Year)]


def _sorts(listing: Listing) -> list[tuple[str, str, bool]]:
    sorts = {name: str(sort.label) for name, sort in listing.of.sorts.items()}
    if "q" in listing.filters.asked:
        sorts = {RELEVANCE: _("best match first"), **sorts}
    return [(name, label, name == listing.sort) for name, label in sorts.items()]


def _address(data: QueryDict, **changes: str | None) -> str:
    """The query string with these parameters replaced, or left out where they are None."""
    changed = data.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    text = changed.urlencode()
    return f"?{text}&" if text else "?"
