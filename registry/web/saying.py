"""The form with which anybody reports an error or says something, and what comes after it."""

import re
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.languages import spoken
from registry.actions import feedback
from registry.models.feedback import LONGEST_ABOUT, LONGEST_TEXT
from registry.web.contact import mail_address
from registry.web.desk_forms import DeskForm, ticket, ticket_of

_REFERENCE = re.compile(r"F-[1-9][0-9]{0,9}")


def _most(count: int, said: Any) -> MaxLengthValidator:
    """A limit that is said: `max_length` makes browsers cut off what is over it, without a word."""
    return MaxLengthValidator(count, said)


class FeedbackForm(DeskForm):
    """What somebody says, about which page, and where to answer, if they want that."""

    about = forms.CharField(
        label=_("Which page or record is it about?"),
        help_text=_("Its address, its reference or its title."),
        required=False,
        validators=[_most(LONGEST_ABOUT, _("The page must be named in 300 characters or fewer."))],
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    text = forms.CharField(
        label=_("What is wrong, or what do you want to say?"),
        help_text=_("In any of the six languages. Where you know a source, give its address."),
        validators=[_most(LONGEST_TEXT, _("The text must be 5,000 characters or fewer."))],
        error_messages={"required": _("Write what is wrong, or what you want to say.")},
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only to answer you. It is not published, and erased after twelve months."),
        required=False,
        validators=[_most(254, _("The e-mail address must be 254 characters or fewer."))],
        error_messages={
            "invalid": _("Enter an e-mail address, such as name@example.org, or leave it empty."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    # Not shown: what fills in every field it finds fills in this one too.
    website = forms.CharField(required=False)

    def clean(self) -> None:
        # It comes back empty, so that whoever is no program need only send it again.
        if self.cleaned_data.get("website"):
            raise ValidationError(
                _("A field that is not shown was filled in, as programs do. Send it once more.")
            )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest) -> HttpResponse:
    """Ask what somebody wants to say; keep it. What is wrong with it is said, and nothing lost."""
    if request.method != "POST":
        about = _about(request.GET.get("about", ""))
        return _ask(request, FeedbackForm(initial={"about": about}), str(ticket()))
    sent = ticket_of(request)
    form = FeedbackForm(request.POST.dict())
    if not form.is_valid():
        return _ask(request, form, str(sent), status=422)
    if not ratelimit.consume(request, action="feedback"):
        form.add_error(
            None,
            _(
                "So many messages came from your network that this one was not taken. "
                "Wait a few minutes, then send it again."
            ),
        )
        response = _ask(request, form, str(sent), status=429)
        response.headers["Retry-After"] = "60"
        return response
    given = {name: form.cleaned_data[name] for name in ("about", "text", "email")}
    said = feedback.say(ticket=sent, language=spoken(), by=feedback.VISITOR, **given)
    return redirect("feedback-sent", said.reference)


def _ask(request: HttpRequest, form: FeedbackForm, sent: str, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "problems": form.problems,
        "ticket": sent,
        "mail_address": mail_address(),
    }
    return render(request, "feedback/form.html", context, status=status)


def _about(asked: str) -> str:
    """The page that the form was opened from, if it is one of ours and fits the field."""
    is_ours = asked.startswith("/") and not asked.startswith("//") and asked.isprintable()
    return asked if is_ours and len(asked) <= LONGEST_ABOUT else ""


@require_safe
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """What happens next. It shows nothing of what was written, so it may be opened by anybody."""
    if not _REFERENCE.fullmatch(reference):
        raise Http404
    context = {"reference": reference, "mail_address": mail_address()}
    return render(request, "feedback/sent.html", context)
