"""Where partners write: a task list, its sections, the answers to check, what comes after."""

import uuid
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from registry.actions import drafts, proposals
from registry.errors import Refused, Stale
from registry.models import Remark, Status, Submission, User
from registry.models.submissions import OPEN, WRITABLE
from registry.permissions import Verb, can
from registry.queries import lookalikes
from registry.queries.naming import KINDS
from registry.web.forms.parts import SPARE, Shown
from registry.web.forms.section import Section
from registry.web.forms.sections import SECTIONS, part_of, section_of, sections_of
from registry.web.private import membership_of, private, submission_seen_by

MORE = "add"


class Problem(NamedTuple):
    """What is wrong, and where to mend it."""

    text: str
    address: str


def version_of(request: HttpRequest) -> int:
    """The version that a form started from; 0, which no submission has, where it says none."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 10 else 0


@private
def new(request: HttpRequest, slug: str, noun: str) -> HttpResponse:
    """Say what is needed and what comes after; then open a draft, once for each form."""
    partner, _membership = membership_of(request.user, slug)
    if noun not in SECTIONS or noun == Submission.Noun.PARTNER:
        raise Http404
    if request.method == "POST":
        draft = drafts.start(noun=noun, partner=partner, ticket=_ticket(request), by=request.user)
        return redirect(draft)
    context = {"partner": partner, "noun": noun, "ticket": uuid.uuid4()}
    return render(request, "desk/write/new.html", context)


def _ticket(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("ticket", ""))
    except ValueError:
        return uuid.uuid4()


@private
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """A submission as those see it who wrote it: what is to do, what was said, what comes next."""
    submission = submission_seen_by(request.user, reference)
    problems = proposals.problems_in(submission) if submission.status in WRITABLE else {}
    context = about(request, submission) | {
        "tasks": [_task(each, submission, problems) for each in sections(submission)],
        "remarks": submission.remarks.filter(kind__in=(Remark.Kind.COMMENT, Remark.Kind.REASON))
        .select_related("author")
        .order_by("at", "pk"),
        "may_write": may_write(request.user, submission),
        "is_open": submission.status in OPEN,
        "missing": len(problems),
        "alike": untold(submission) if submission.status in WRITABLE else [],
    }
    return render(request, "desk/write/detail.html", context)


def untold(submission: Submission) -> list[lookalikes.LookAlike]:
    """The look-alikes to which nothing was said yet."""
    found = lookalikes.of_submission(submission) if submission.title else []
    return [each for each in found if each.key not in submission.not_the_same]


def may_write(user: User, submission: Submission) -> bool:
    """Whether a person may change what it says now."""
    if not can(user, Verb.WRITE_SUBMISSIONS, submission):
        return False
    is_corrected = submission.status == Status.SUBMITTED and can(user, Verb.DECIDE_SUBMISSIONS)
    return submission.status in WRITABLE or is_corrected


def sections(submission: Submission) -> tuple[Section, ...]:
    """What there is to fill in."""
    return sections_of(submission.noun, submission.kind)


def about(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """What every page about a submission shows."""
    partner = submission.partner
    return {"submission": submission, "partner": partner, "record": _address(submission)}


def _address(submission: Submission) -> str:
    """The public page of the record, where there is one."""
    return reverse(f"{submission.noun}-detail", args=[submission.key]) if submission.key else ""


def _task(section: Section, submission: Submission, problems: dict) -> dict[str, Any]:
    said = submission.base | submission.values
    given = [name for name in section.names if said.get(name) not in (None, "", [], False)]
    wrong = [name for name in section.names if name in problems]
    needed = [name for name in section.names if name in proposals.of(submission).needed]
    changed = [name for name in section.names if name in submission.values]
    if wrong:
        state = "begun" if given else "to-do"
    else:
        state = "done" if given or needed else "optional"
    is_change = submission.kind != Submission.Kind.CREATE
    return {"section": section, "state": state, "is_changed": is_change and bool(changed)}


@private
def section(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """One section: shown, saved, saved by itself while somebody types."""
    submission = submission_seen_by(request.user, reference)
    found = section_of(submission.noun, slug, submission.kind)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _save(request, submission, found.section, found.following)
    if not may_write(request.user, submission):
        return redirect(submission)
    return _form(request, submission, found.section)


def _save(
    request: HttpRequest, submission: Submission, section: Section, following: Section | None
) -> HttpResponse:
    said = submission.base | submission.values
    values = {part.name: part.read(request.POST, said.get(part.name)) for part in section.parts}
    is_by_itself = request.headers.get("Accept") == "application/json"
    try:
        saved = drafts.save(
            submission=submission, values=values, version=version_of(request), by=request.user
        )
    except Stale as stale:
        return _told(stale, is_by_itself) or _compare(request, submission, section, stale)
    except Refused as refused:
        return _told(refused, is_by_itself) or closed(request, submission, refused)
    except ValidationError as wrong:
        problems = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
        if is_by_itself:
            return JsonResponse({"problems": problems}, status=400)
        return _form(request, submission, section, values=values, problems=problems, status=400)
    if is_by_itself:
        at = time_format(timezone.localtime(saved.saved_at), "H:i")
        return JsonResponse({"version": saved.version, "saved": _("Saved %s") % at})
    return _onward(request, saved, section, following)


def _told(refused: Refused, is_by_itself: bool) -> HttpResponse | None:
    return JsonResponse({"message": str(refused)}, status=409) if is_by_itself else None


def _onward(
    request: HttpRequest, submission: Submission, section: Section, following: Section | None
) -> HttpResponse:
    here = reverse("submission-section", args=[submission.reference, section.slug])
    if more := request.POST.get(MORE):
        return redirect(f"{here}?{MORE}={more}#{more}")
    if request.POST.get("from") == "check" or request.GET.get("from") == "check":
        return redirect("submission-check", submission.reference)
    if "stay" in request.POST or not following:
        return redirect(submission)
    return redirect("submission-section", submission.reference, following.slug)


def _form(
    request: HttpRequest,
    submission: Submission,
    section: Section,
    *,
    values: dict | None = None,
    problems: dict | None = None,
    status: int = 200,
) -> HttpResponse:
    said = submission.base | submission.values | (values or {})
    shows_problems = problems is not None or "mend" in request.GET
    found = problems if problems is not None else proposals.problems_in(submission)
    needed = proposals.of(submission).needed
    shown = [
        part.show(
            said.get(part.name),
            spare=SPARE * (2 if request.GET.get(MORE) == part.name else 1),
            errors=found.get(part.name, []) if shows_problems else [],
            is_optional=part.name not in needed,
        )
        for part in section.parts
    ]
    context = about(request, submission) | {
        "section": section,
        "parts": shown,
        "problems": _listed(shown, found.get("", []) if shows_problems else []),
        "returns_to": request.GET.get("from", ""),
        "offered": [(kind, KINDS[kind]().offered) for kind in sorted(section.kinds)],
    }
    return render(request, "desk/write/section.html", context, status=status)


def _listed(shown: list[Shown], of_all: list[str]) -> list[Problem]:
    listed = [Problem(text, "#main") for text in of_all]
    return listed + [Problem(text, f"#{each.part.name}") for each in shown for text in each.errors]


def _compare(
    request: HttpRequest, submission: Submission, section: Section, stale: Stale
) -> HttpResponse:
    """Somebody else saved meanwhile: both texts, and one's own kept in the form to save again."""
    rows = []
    for name, stored, wanted in stale.differences():
        _section, part = part_of(submission.noun, name)
        rows.append((part.label, part.said(stored), part.said(wanted)))
    context = about(request, submission) | {
        "section": section,
        "message": str(stale),
        "differences": rows,
        "version": stale.version,
        # All that was sent, so that nothing is lost whatever is chosen.
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("version", "csrfmiddlewaretoken", MORE)
        ],
    }
    return render(request, "desk/write/compare.html", context, status=409)


def closed(request: HttpRequest, submission: Submission, refused: Refused) -> HttpResponse:
    """What was asked is no longer possible; nothing was changed."""
    context = about(request, submission) | {"message": str(refused)}
    return render(request, "desk/write/closed.html", context, status=409)
