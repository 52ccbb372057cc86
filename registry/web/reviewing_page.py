"""The one screen on which a submission is looked at and decided: all that stands on it."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.actions import reading, reviews
from registry.models import Status, Submission, User
from registry.permissions import Verb, can
from registry.queries import clocks, courses, lookalikes, proposed, reviewing, senders
from registry.web import reviewing_forms as forms
from registry.web.reviewing_forms import ReviewForm
from registry.web.reviewing_sheet import Sheet


@dataclass(frozen=True)
class Problem:
    """Something that stands in the way, and the place on the page where it can be mended."""

    said: str
    place: str


@dataclass(frozen=True)
class Tried:
    """What a person tried in vain: the form as it was filled in, and what is wrong."""

    form: ReviewForm
    problems: list[Problem] = field(default_factory=list)
    # The version that the person had before them, if it was another one.
    opened: int | None = None
    # Something happened meanwhile: it has to be read before the same is tried again.
    is_overtaken: bool = False

    @property
    def verb(self) -> str:
        """The form that stands open, for what is wrong with it to be mended."""
        return "" if self.is_overtaken else self.form.verb


def show(
    request: HttpRequest, submission: Submission, tried: Tried | None = None, status: int = 200
) -> HttpResponse:
    """The screen. Whoever looks at it is seen by others who do."""
    others = reviews.be_present(submission=submission, by=request.user)
    reading.note_read(submission=submission, by=request.user)
    sheet = Sheet(submission, request.user)
    context = {
        "submission": submission,
        "sheet": sheet,
        "present": said_of(others),
        "tried": tried,
        **_facts(submission),
        **_compared(sheet, tried),
        **_conversation(sheet),
        **_forms(sheet, tried),
    }
    return render(request, "review/detail.html", context, status=status)


def said_of(others: list[User]) -> str:
    """Who else has it open, in a sentence; blank for nobody."""
    said = ngettext("%s has this open too.", "%s have this open too.", len(others))
    return said % ", ".join(str(user) for user in others) if others else ""


def _facts(submission: Submission) -> dict[str, Any]:
    areas = submission.touched_areas.order_by("area__number")
    return {
        "kind": reviewing.kind_of(submission),
        "clock": clocks.clock_of(submission, timezone.now()),
        "areas": list(areas.values_list("area__short_name", flat=True)),
        "sender": senders.sender_of(submission),
        "attachments": submission.attachments.filter(removed_at=None).order_by("pk"),
        "alike": lookalikes.of_submission(submission),
        "told_apart": reviewing.told_apart(submission),
    }


def _compared(sheet: Sheet, tried: Tried | None) -> dict[str, Any]:
    """What differs: from what is published, from the last review, from what the person opened."""
    opened = tried.opened if tried else None
    return {
        "changed": [each for each in sheet.fields if each.is_changed],
        "unchanged": [e for e in sheet.fields if e.is_given and not e.is_changed],
        "missing": [each for each in sheet.fields if not each.is_given],
        "since_asked": sheet.since_asked(),
        "since_opened": [] if opened is None else sheet.since_version(opened),
        "steps": courses.steps(sheet.events),
    }


def _conversation(sheet: Sheet) -> dict[str, Any]:
    """What is said with the partner, and what among reviewers: never to whom it is about."""
    remarks = list(sheet.submission.remarks.select_related("author").order_by("pk"))
    for each in remarks:
        each.about = proposed.label(each.field) if each.field else ""
    inside = [each for each in remarks if not each.for_partner]
    return {
        "outside": [each for each in remarks if each.for_partner],
        "inside": [] if sheet.is_own else inside,
    }


def _forms(sheet: Sheet, tried: Tried | None) -> dict[str, Any]:
    """The forms that this person may use now, all empty but the one that was tried."""
    bound = {tried.form.verb: tried.form} if tried else {}
    if tried and tried.is_overtaken:
        tried.form.start_from(sheet.submission.version)
    usable = {each.verb: each for each in _usable(sheet)}
    made = {v: bound.get(v) or each(sheet.submission) for v, each in usable.items()}
    is_lost = bool(bound.keys() - made.keys())
    return {
        # Templates know no hyphens.
        "forms": {verb.replace("-", "_"): form for verb, form in made.items()},
        "lost_text": tried.form.data.get("text", "") if is_lost else "",
        "why_not": _why_not(sheet),
        "may_correct": _is_decided_by(sheet.user, sheet.submission),
    }


def _usable(sheet: Sheet) -> list[type[ReviewForm]]:
    submission, user = sheet.submission, sheet.user
    found = [forms.CommentForm] if sheet.is_own else [forms.CommentForm, forms.NoteForm]
    if submission.status != Status.SUBMITTED:
        return found
    may_decide = _is_decided_by(user, submission)
    if submission.claimed_by_id and (may_decide or submission.claimed_by_id == user.pk):
        found += [forms.HandOverForm, forms.GiveBackForm]
    if may_decide and sheet.overtaken:
        found.append(forms.RebaseForm)
    if not reviews.is_independent(submission, user):
        return found
    if not submission.claimed_by_id:
        found.append(forms.ClaimForm)
    found.append(forms.RecommendForm)
    return [*found, forms.ApproveForm, forms.AskForm, forms.DeclineForm] if may_decide else found


def _is_decided_by(user: User, submission: Submission) -> bool:
    """Whether it waits for a decision, and this person's role is to make some."""
    is_waiting = submission.status == Status.SUBMITTED
    return is_waiting and can(user, Verb.DECIDE_SUBMISSIONS, submission)


def _why_not(sheet: Sheet) -> str:
    """Why this person cannot decide, in a sentence; blank where they can."""
    submission, user = sheet.submission, sheet.user
    if submission.status != Status.SUBMITTED:
        return sheet.last_move
    if not reviews.is_independent(submission, user):
        return _("You wrote this or belong to the partner; somebody else has to decide on it.")
    if not _is_decided_by(user, submission):
        return _("The secretariat decides; you can recommend.")
    return ""
