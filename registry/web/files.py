"""Files of a submission: added, taken away, handed out to those who may see it."""

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registry.actions import attachments, file_types
from registry.errors import Refused
from registry.models import Attachment, Submission
from registry.permissions import Verb, can
from registry.web.private import private, submission_seen_by


@private
def file_list(request: HttpRequest, reference: str) -> HttpResponse:
    """The files, and the way to add one."""
    submission = submission_seen_by(request.user, reference)
    problems: list[str] = []
    if request.method == "POST":
        problems = _add(request, submission)
        if not problems:
            return redirect("submission-files", submission.reference)
    context = {
        "submission": submission,
        "partner": submission.partner,
        "files": submission.attachments.filter(removed_at=None).order_by("added_at", "pk"),
        "may_write": can(request.user, Verb.WRITE_SUBMISSIONS, submission),
        "kinds": file_types.words(),
        "problems": [{"text": text, "address": "#file"} for text in problems],
    }
    return render(request, "desk/write/files.html", context, status=400 if problems else 200)


def _add(request: HttpRequest, submission: Submission) -> list[str]:
    sent = request.FILES.get("file")
    if sent is None:
        return [_("Choose a file.")]
    # Of a file that is too large no more is read than tells so.
    content = sent.read(file_types.MOST_BYTES + 1)
    try:
        attachments.attach(submission=submission, name=sent.name, content=content, by=request.user)
    except ValidationError as wrong:
        return wrong.messages
    except Refused as refused:
        return [str(refused)]
    return []


@private
@require_POST
def take_away(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Take a file away."""
    submission = submission_seen_by(request.user, reference)
    file = submission.attachments.filter(number=number, removed_at=None).first()
    if file:
        try:
            attachments.remove(attachment=file, by=request.user)
        except Refused as refused:
            context = {"submission": submission, "message": str(refused)}
            return render(request, "desk/write/closed.html", context, status=409)
    return redirect("submission-files", submission.reference)


@private
@require_safe
def content(request: HttpRequest, number: str) -> HttpResponse:
    """The file itself, always as a download: nothing in it runs or shows on this site."""
    file = Attachment.objects.filter(number=number, removed_at=None).select_related("submission")
    found = file.filter(submission__in=Submission.objects.visible_to(request.user)).first()
    if found is None:
        raise Http404
    try:
        opened = attachments.path_of(found).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        opened, as_attachment=True, filename=found.name, content_type=found.media_type
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
