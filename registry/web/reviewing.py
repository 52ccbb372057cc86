"""The review desk: what waits for a decision, and the way to each of them."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.errors import Misunderstood
from registry.models import Submission, User
from registry.permissions import Verb, can
from registry.queries import desk
from registry.queries.reviewing import Queue, reviewable_by
from registry.web import reviewing_page
from registry.web.listing import Facet, Option, Pages, page_number, without_blanks
from registry.web.private import private, submission_seen_by

PAGE_SIZE = 100


def reviewed_by(user: User, reference: str) -> Submission:
    """The submission with this reference; for whoever does not review it, there is none."""
    submission = submission_seen_by(user, reference)
    is_theirs = reviewable_by(user).filter(pk=submission.pk).exists()
    if not is_theirs or not can(user, Verb.REVIEW_SUBMISSIONS, submission):
        raise Http404(_("There is no submission “%s”.") % reference)
    return submission


@private
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What the address asks for: 400 naming what is not understood, 404 past the end."""
    user = request.user
    if not (can(user, Verb.REVIEW_SUBMISSIONS) or user.reviewed_areas.exists()):
        raise Http404
    data = without_blanks(request.GET)
    try:
        number = page_number(data)
        asked = Queue(user, data, timezone.now())
    except Misunderstood as wrong:
        return render(request, "errors/400.html", {"problems": wrong.problems}, status=400)
    pages = Pages(asked.count, asked.stretch, PAGE_SIZE)
    if number > pages.num_pages:
        raise Http404(_("This list has %d pages.") % pages.num_pages)
    context = {
        "page": pages.page(number),
        "pages": pages,
        "states": _states(asked, data),
        "facets": _facets(asked),
        "asked_states": asked.filters.asked["state"],
        "unheard": desk.requests_unheard() if can(user, Verb.MANAGE_MEMBERS) else [],
        "is_narrowed": bool(data.keys() - {"page", "state"}),
        "address": _address(data, page=None),
    }
    return render(request, "review/queue.html", context)


def _states(asked: Queue, data: QueryDict) -> list[tuple[Option, str]]:
    """The states, each with the address that leads to it under the same filters."""
    return [
        (option, _address(data, page=None, state=option.value))
        for option in _options(asked, "state")
    ]


def _facets(asked: Queue) -> list[Facet]:
    names = [name for name in asked.filters.facets if name != "state"]
    return [
        Facet(name, str(asked.filters.facets[name].label), _options(asked, name)) for name in names
    ]


def _options(asked: Queue, name: str) -> list[Option]:
    chosen = asked.filters.asked.get(name, [])
    counts = asked.facet(name)
    options = [Option(v, str(label), n, v in chosen) for v, (label, n) in counts.items()]
    known = asked.filters.facets[name].known(chosen)
    missing = [value for value in chosen if value not in counts]
    return [*options, *(Option(v, str(known[v]), 0, True) for v in missing)]


def _address(data: QueryDict, **changes: str | None) -> str:
    changed = data.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    text = changed.urlencode()
    return f"?{text}&" if text else "?"


@private
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One submission, with everything for a decision."""
    return reviewing_page.show(request, reviewed_by(request.user, reference))
