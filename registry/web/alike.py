"""Look-alikes while somebody writes: the same (stop), take part in it, or why it is another."""

import uuid

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from registry.actions import drafts
from registry.errors import Refused
from registry.models import Activity, Participation, Submission
from registry.queries import lookalikes
from registry.web.private import private, submission_seen_by
from registry.web.writing import may_write, version_of


@private
def look(request: HttpRequest, reference: str) -> HttpResponse:
    """Published records that resemble what is written, and what one can say to each."""
    submission = submission_seen_by(request.user, reference)
    return _page(request, submission)


def _page(
    request: HttpRequest, submission: Submission, *, key: str = "", problem: str = ""
) -> HttpResponse:
    rows = [
        {
            "alike": [each],
            "key": each.key,
            "because": submission.not_the_same.get(each.key, ""),
            "problem": problem if each.key == key else "",
        }
        for each in lookalikes.of_submission(submission)
    ]
    context = {
        "submission": submission,
        "partner": submission.partner,
        "rows": rows,
        "roles": Participation.Role.choices,
        "may_write": may_write(request.user, submission),
        "may_join": submission.noun == Submission.Noun.ACTIVITY and submission.partner,
        "ticket": uuid.uuid4(),
        "problems": [{"text": problem, "address": f"#because-{key}"}] if problem else [],
    }
    return render(request, "desk/write/alike.html", context, status=400 if problem else 200)


@private
@require_POST
def tell_apart(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep for the reviewer why it is another one."""
    submission = submission_seen_by(request.user, reference)
    key, because = request.POST.get("key", ""), request.POST.get("because", "")
    try:
        drafts.tell_apart(
            submission=submission,
            key=key,
            because=because,
            version=version_of(request),
            by=request.user,
        )
    except ValidationError:
        return _page(request, submission, key=key, problem=_("Say what makes it another one."))
    except Refused as refused:
        context = {"submission": submission, "message": str(refused)}
        return render(request, "desk/write/closed.html", context, status=409)
    return redirect("submission-alike", submission.reference)


@private
@require_POST
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """Take part in the published activity instead of reporting it again."""
    submission = submission_seen_by(request.user, reference)
    record = Activity.objects.published().filter(slug=request.POST.get("key", "")).first()
    role = request.POST.get("role", "")
    if record is None or submission.partner is None or role not in Participation.Role.values:
        raise Http404
    try:
        joining = drafts.join(
            record=record,
            partner=submission.partner,
            role=role,
            ticket=_ticket(request),
            by=request.user,
        )
    except Refused as refused:
        context = {"submission": submission, "message": str(refused)}
        return render(request, "desk/write/closed.html", context, status=409)
    return redirect(joining)


def _ticket(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("ticket", ""))
    except ValueError:
        return uuid.uuid4()
