"""What is done at the review desk: each button of the screen ends in one action."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from registry.actions import drafts, reviews
from registry.errors import Refused
from registry.models import User
from registry.queries import proposed
from registry.web import reviewing_forms as forms
from registry.web import reviewing_page
from registry.web.private import private
from registry.web.reviewing import reviewed_by
from registry.web.reviewing_forms import ReviewForm
from registry.web.reviewing_page import Problem, Tried
from registry.web.reviewing_sheet import Sheet


def _claim(form: ReviewForm, by: User) -> str:
    reviews.claim(submission=form.submission, by=by)
    return _("You have taken it on.")


def _give_back(form: ReviewForm, by: User) -> str:
    reviews.hand_over(submission=form.submission, to=None, by=by)
    return _("It is for anybody to take on again.")


def _hand_over(form: ReviewForm, by: User) -> str:
    to = form.people[form.cleaned_data["to"]]
    reviews.hand_over(submission=form.submission, to=to, by=by)
    return _("%s takes care of it from now on.") % to


def _comment(form: ReviewForm, by: User) -> str:
    reviews.comment(submission=form.submission, by=by, **_words(form, "text", "field"))
    return _("Your message is there for the partner.")


def _note(form: ReviewForm, by: User) -> str:
    reviews.note(submission=form.submission, by=by, **_words(form, "text", "field"))
    return _("Your note is kept. The partner does not see it.")


def _recommend(form: ReviewForm, by: User) -> str:
    reviews.recommend(submission=form.submission, by=by, **_words(form, "advice", "text"))
    return _("Your recommendation is kept. The partner does not see it.")


def _approve(form: ReviewForm, by: User) -> str:
    record = reviews.approve(submission=form.submission, by=by, **_decision(form))
    return _("Approved: “%s” is public.") % record


def _ask_changes(form: ReviewForm, by: User) -> str:
    reviews.ask_changes(submission=form.submission, by=by, **_decision(form))
    return _("It is back with the partner, with your words.")


def _decline(form: ReviewForm, by: User) -> str:
    reviews.decline(submission=form.submission, by=by, **_decision(form))
    return _("Declined, with your words.")


def _rebase(form: ReviewForm, by: User) -> str:
    drafts.rebase(submission=form.submission, version=form.started_from(), by=by)
    return _("It starts from the record as it is published now. Read what it changes, then decide.")


def _words(form: ReviewForm, *names: str) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in names}


def _decision(form: ReviewForm) -> dict:
    return {"text": form.cleaned_data["text"], "version": form.started_from()}


VERBS: dict[str, tuple[type[ReviewForm], Callable[[ReviewForm, User], str]]] = {
    form.verb: (form, do)
    for form, do in (
        (forms.ClaimForm, _claim),
        (forms.GiveBackForm, _give_back),
        (forms.HandOverForm, _hand_over),
        (forms.CommentForm, _comment),
        (forms.NoteForm, _note),
        (forms.RecommendForm, _recommend),
        (forms.ApproveForm, _approve),
        (forms.AskForm, _ask_changes),
        (forms.DeclineForm, _decline),
        (forms.RebaseForm, _rebase),
    )
}


@private
def act(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Do it, and show the screen anew; what cannot be done is told with all that was typed."""
    submission = reviewed_by(request.user, reference)
    if verb not in VERBS:
        raise Http404
    if request.method != "POST":
        # Whoever had to sign in first comes back by the address alone.
        return redirect("review-detail", submission.reference)
    kind, do = VERBS[verb]
    form = kind(submission, request.POST)
    if not form.is_valid():
        return reviewing_page.show(request, submission, Tried(form, _problems(form)), 422)
    try:
        said = do(form, request.user)
    except ValidationError as wrong:
        tried = Tried(form, _taken(form, wrong))
        return reviewing_page.show(request, reviewed_by(request.user, reference), tried, 422)
    except Refused as refused:
        return _refused(request, form, refused)
    messages.success(request, said)
    return redirect("review-detail", submission.reference)


def _problems(form: ReviewForm) -> list[Problem]:
    return [
        Problem(said, f"{form.verb}-{name}") for name in form.errors for said in form.errors[name]
    ]


def _taken(form: ReviewForm, wrong: ValidationError) -> list[Problem]:
    """What an action found wrong: with what was filled in here, or with what the partner wrote."""
    found = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
    others = []
    for name, said in found.items():
        if name in form.fields:
            form.add_error(name, said)
        elif name in proposed.LABELS:
            others += [Problem(f"{proposed.label(name)}: {each}", f"field-{name}") for each in said]
        else:
            others += [Problem(each, "decision") for each in said]
    return [*_problems(form), *others]


def _refused(request: HttpRequest, form: ReviewForm, refused: Refused) -> HttpResponse:
    """Nothing was done: what happened meanwhile, both texts, and what was typed."""
    submission = reviewed_by(request.user, form.submission.reference)
    sheet, opened = Sheet(submission, request.user), form.started_from()
    if opened == submission.version:
        problems = [Problem(str(refused), "overtaken" if sheet.overtaken else "decision")]
        return reviewing_page.show(request, submission, Tried(form, problems, None, True), 409)
    problems = [Problem(said, "since-opened") for said in (str(refused), sheet.last_change)]
    return reviewing_page.show(request, submission, Tried(form, problems, opened, True), 409)


@private
@require_POST
def presence(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that one still has it open; tells who else has, and whether it has changed since."""
    submission = reviewed_by(request.user, reference)
    said = [reviewing_page.said_of(reviews.be_present(submission=submission, by=request.user))]
    if request.POST.get("version") != str(submission.version):
        said.append(_("It was changed since you opened it. Load it again before you decide."))
    return JsonResponse({"said": " ".join(filter(None, said))})
