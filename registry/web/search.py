"""The search page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from registry.errors import Misunderstood
from registry.queries import bodies
from registry.queries.search import search

PAGE_SIZE = 20
KNOWN = ("q", "noun", "page")


def results(request: HttpRequest) -> HttpResponse:
    """Everything that public records and articles say about some words, best first."""
    try:
        text, noun, number = _asked(request)
    except Misunderstood as wrong:
        return render(request, "errors/400.html", {"problems": wrong.problems}, status=400)
    found = search(text, noun=noun, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    pages = max(1, -(-found.total // PAGE_SIZE))
    if number > pages:
        raise Http404(_("This search has %d pages.") % pages)
    context = {
        "text": text,
        "noun": noun,
        "found": found,
        "everything": sum(found.by_noun.values()),
        "number": number,
        "pages": pages,
        "has_next": number < pages,
    }
    return render(request, "search.html", context)


def _asked(request: HttpRequest) -> tuple[str, str, int]:
    problems = {
        name: _("There is no such filter here. There are: %s.") % ", ".join(KNOWN)
        for name in request.GET
        if name not in KNOWN
    }
    problems |= {
        name: _("It is given %d times; give it once.") % len(values)
        for name, values in request.GET.lists()
        if name in KNOWN and len(values) > 1
    }
    noun, page = request.GET.get("noun", ""), request.GET.get("page", "1")
    if noun and noun not in bodies.NOUNS:
        said = {"value": noun[:80], "known": ", ".join(bodies.NOUNS)}
        problems["noun"] = _("“%(value)s” is not one of: %(known)s.") % said
    if not (page.isascii() and page.isdigit() and int(page[:10]) > 0):
        problems["page"] = _("“%s” is not the number of a page.") % page[:80]
    if problems:
        raise Misunderstood(problems)
    return request.GET.get("q", "").strip(), noun, int(page[:10])
