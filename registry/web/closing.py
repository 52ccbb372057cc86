"""What else one does with a submission of one's own: say something, take it back, throw it away."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from registry.actions import drafts, reviews, submissions
from registry.errors import Refused
from registry.web.private import private, submission_seen_by
from registry.web.writing import version_of


@private
@require_POST
def say(request: HttpRequest, reference: str) -> HttpResponse:
    """Write to the reviewers."""
    submission = submission_seen_by(request.user, reference)
    text = request.POST.get("text", "")
    try:
        reviews.comment(submission=submission, text=text, by=request.user)
    except ValidationError as wrong:
        context = {"submission": submission, "problems": wrong.messages, "text": text}
        return render(request, "desk/write/say.html", context, status=400)
    return redirect(f"{submission.get_absolute_url()}#said")


@private
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back before it is decided; asks first."""
    submission = submission_seen_by(request.user, reference)
    return _close(request, submission, submissions.withdraw, "desk/write/withdraw.html")


@private
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw away a draft that was never handed in; asks first."""
    submission = submission_seen_by(request.user, reference)
    return _close(request, submission, drafts.discard, "desk/write/discard.html")


def _close(request: HttpRequest, submission, action, template: str) -> HttpResponse:
    context = {"submission": submission, "partner": submission.partner}
    if request.method != "POST":
        return render(request, template, context)
    try:
        action(submission=submission, version=version_of(request), by=request.user)
    except Refused as refused:
        context |= {"message": str(refused)}
        return render(request, "desk/write/closed.html", context, status=409)
    if action is drafts.discard:
        of = submission.partner
        return redirect("desk-partner", of.slug) if of else redirect("desk")
    return redirect(submission)
