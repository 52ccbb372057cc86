"""All answers on one page, handing them in, and what comes after."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from registry.actions import proposals, submissions
from registry.errors import Refused
from registry.models import Submission
from registry.models.submissions import WRITABLE
from registry.web.forms.sections import part_of
from registry.web.private import private, submission_seen_by
from registry.web.writing import Problem, about, closed, may_write, sections, untold, version_of


@private
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """All answers on one page, each with a way to change it; and the button that hands it in."""
    submission = submission_seen_by(request.user, reference)
    if submission.status not in WRITABLE or not may_write(request.user, submission):
        return redirect(submission)
    return _check(request, submission, {})


def _check(
    request: HttpRequest, submission: Submission, problems: dict, status: int = 200
) -> HttpResponse:
    said = submission.base | submission.values
    answers = [
        (section, [(part, part.said(said.get(part.name))) for part in section.parts])
        for section in sections(submission)
    ]
    context = about(request, submission) | {
        "answers": answers,
        "problems": [
            Problem(text, _where(submission, name))
            for name, texts in problems.items()
            for text in texts
        ],
        "changed": set(submission.values) if submission.base else set(),
        "alike": untold(submission),
    }
    return render(request, "desk/write/check.html", context, status=status)


def _where(submission: Submission, name: str) -> str:
    if name not in proposals.of(submission).fields:
        return "#main"
    slug = part_of(submission.noun, name)[0].slug
    here = reverse("submission-section", args=[submission.reference, slug])
    return f"{here}?from=check&mend=1#{name}"


@private
@require_POST
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand it in; or say all that is missing."""
    submission = submission_seen_by(request.user, reference)
    try:
        submissions.submit(submission=submission, version=version_of(request), by=request.user)
    except ValidationError as wrong:
        problems = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
        return _check(request, submission, problems, status=400)
    except Refused as refused:
        return closed(request, submission, refused)
    return redirect("submission-done", submission.reference)


@private
def done(request: HttpRequest, reference: str) -> HttpResponse:
    """It is handed in: its reference, and what happens next. The page may be kept and printed."""
    submission = submission_seen_by(request.user, reference)
    if not submission.submitted_at:
        return redirect(submission)
    return render(request, "desk/write/done.html", about(request, submission))
