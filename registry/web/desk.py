"""Desks of partners: which are one's own, what waits at one, what the partner has."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.errors import Misunderstood
from registry.models import Activity, Partner, Record, Submission
from registry.permissions import Verb, can, require
from registry.queries import desk
from registry.queries.freshness import due_on
from registry.web.desk_forms import ticket
from registry.web.listing import page_number
from registry.web.private import membership_of, private

FEW, PAGE_SIZE = 10, 25
MESSAGES = 10
FOUND = 20
_RECORDS = {"activity": desk.activities_of, "guidance": desk.guidance_of}


@private
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One's partners; the ways into one; invitations, requests and applications."""
    user, now, asked = request.user, timezone.now(), request.GET.get("q", "").strip()[:100]
    desks, requests = desk.desks_of(user), desk.requests_by(user, now)
    context = {
        "place": "overview",
        "desks": desks,
        "own": {membership.partner_id for membership in desks},
        "invitations": desk.invitations_for(user, now),
        "requests": requests,
        "asking": {each.partner_id for each in requests if not each.decided_at},
        "applications": desk.applications_of(user),
        "opens_all": can(user, Verb.DECIDE_SUBMISSIONS),
        "asked": asked,
        "names": desk.partner_names(),
        "found": desk.partners_called(asked, FOUND),
    }
    return render(request, "desk/overview.html", context)


@dataclass(frozen=True)
class Row:
    """A record of the partner's, the change of it that is open, and when to confirm it again."""

    record: Record
    change: Submission | None
    due_on: dt.date | None


@private
@require_safe
def partner_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, and for whom; what was said; what the partner has, and how fresh it is."""
    partner, membership = membership_of(request.user, slug)
    require(request.user, Verb.WRITE_SUBMISSIONS, partner)
    acts, docs = desk.activities_of(partner), desk.guidance_of(partner)
    context = {
        "place": "desk",
        "partner": partner,
        "membership": membership,
        "may_keep_profile": can(request.user, Verb.PROPOSE_PROFILE, partner),
        "work": desk.work_of(partner, timezone.now()),
        "said": desk.messages_of(partner, MESSAGES),
        "activities": _rows(partner, acts[:FEW]),
        "activity_count": acts.count(),
        "guidance": _rows(partner, docs[:FEW]),
        "guidance_count": docs.count(),
        "profile_change": desk.open_changes(partner, [partner]).get(partner.slug),
        "new_ticket": ticket,
    }
    return render(request, "desk/partner.html", context)


def _rows(partner: Partner, found: QuerySet) -> list[Row]:
    records = list(found)
    changes = desk.open_changes(partner, records)
    return [
        Row(
            record,
            changes.get(record.slug),
            due_on(record) if isinstance(record, Activity) else None,
        )
        for record in records
    ]


@private
@require_safe
def record_list(request: HttpRequest, slug: str, noun: str) -> HttpResponse:
    """All records of the partner's of one noun, page by page."""
    partner, membership = membership_of(request.user, slug)
    require(request.user, Verb.WRITE_SUBMISSIONS, partner)
    if noun not in _RECORDS:
        raise Http404
    pages = Paginator(_RECORDS[noun](partner), PAGE_SIZE)
    try:
        number = page_number(request.GET)
    except Misunderstood as wrong:
        return render(request, "errors/400.html", {"problems": wrong.problems}, status=400)
    if number > pages.num_pages:
        raise Http404(_("This list has %d pages.") % pages.num_pages)
    page = pages.page(number)
    context = {
        "partner": partner,
        "membership": membership,
        "noun": noun,
        "rows": _rows(partner, page.object_list),
        "page": page,
        "pages": pages,
        "address": "?",
        "new_ticket": ticket,
    }
    return render(request, "desk/records.html", context)
