"""The search page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from registry.errors import Misunderstood
from registry.queries.search import known_noun, search
from registry.web.listing import page_number

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
    noun, number = request.GET.get("noun", ""), 1
    try:
        known_noun(noun)
    except Misunderstood as wrong:
        problems |= wrong.problems
    try:
        number = page_number(request.GET)
    except Misunderstood as wrong:
        problems |= wrong.problems
    if problems:
        raise Misunderstood(problems)
    return request.GET.get("q", "").strip(), noun, number
