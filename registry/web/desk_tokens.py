"""One's own API tokens for a partner: made (the secret is shown once), listed, revoked."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import tokens
from registry.actions.tokens import MOST_DAYS
from registry.errors import Refused
from registry.models import ApiToken, Membership, Partner, User
from registry.permissions import Verb, require
from registry.web.desk_forms import DeskForm, ticket, ticket_of
from registry.web.private import membership_of, private

USUAL_DAYS = 90
_ask = require_http_methods(["GET", "HEAD", "POST"])


class TokenForm(DeskForm):
    """What a token is for, what it may do, and until when."""

    name = forms.CharField(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("Such as “nightly copy”, so that you know it again."),
        max_length=100,
        error_messages={
            "required": gettext_lazy("Enter what the token is for."),
            "max_length": gettext_lazy("The name must be 100 characters or fewer."),
        },
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What may it do?"),
        choices=[
            (ApiToken.Scope.READ, gettext_lazy("Read")),
            (ApiToken.Scope.WRITE, gettext_lazy("Read, and write for the partner")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the token may do.")},
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Last day on which it is taken"),
        help_text=gettext_lazy("At most a year from now."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Enter the last day on which the token is taken."),
            "invalid": gettext_lazy("Enter a day such as 2027-03-31."),
        },
    )


@private
@require_safe
def token_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own tokens for the partner."""
    partner, membership = _held(request.user, slug)
    mine = ApiToken.objects.held_by(request.user).filter(partner=partner)
    context = {
        "place": "tokens",
        "partner": partner,
        "membership": membership,
        "tokens": mine.order_by("-created_at", "-pk"),
        "today": timezone.localdate(),
    }
    return render(request, "desk/tokens.html", context)


@private
@_ask
def mint(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a token; its secret is on the answer and nowhere else."""
    partner, membership = _held(request.user, slug)
    end = timezone.localdate() + dt.timedelta(days=USUAL_DAYS)
    given = request.POST if request.method == "POST" else None
    form = TokenForm(given, initial={"scope": ApiToken.Scope.READ, "expires_on": end})
    context = {
        "place": "tokens",
        "partner": partner,
        "membership": membership,
        "form": form,
        "most": MOST_DAYS,
    }
    if form.is_valid():
        owner = {"owner": request.user, "by": request.user, "partner": partner}
        try:
            token, secret = tokens.mint(ticket=ticket_of(request), **owner, **form.cleaned_data)
        except (ValidationError, Refused) as why:
            form.refuse(why)
        else:
            # Shown here only: a redirect would have to keep it somewhere on the way.
            return render(
                request, "desk/token_made.html", context | {"token": token, "secret": secret}
            )
    context |= {"problems": form.problems, "ticket": request.POST.get("ticket") or ticket()}
    return render(request, "desk/token_new.html", context, status=422 if form.errors else 200)


@private
@_ask
def revoke(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """End a token for ever, after saying what that means."""
    partner, membership = _held(request.user, slug)
    token = ApiToken.objects.held_by(request.user).filter(partner=partner, pk=number).first()
    if token is None:
        raise Http404
    form = DeskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            tokens.revoke(token=token, by=request.user)
        except Refused as why:
            form.refuse(why)
        else:
            messages.success(request, _("“%s” is revoked.") % token)
            return redirect("desk-tokens", slug)
    context = {"place": "tokens", "partner": partner, "membership": membership, "token": token}
    context |= {"problems": form.problems}
    return render(request, "desk/token_revoke.html", context, status=409 if form.errors else 200)


def _held(user: User, slug: str) -> tuple[Partner, Membership]:
    """One's own partner and membership. Raises Http404; PermissionDenied for the secretariat."""
    partner, membership = membership_of(user, slug)
    require(user, Verb.HOLD_TOKENS)
    if membership is None:
        raise PermissionDenied(
            _("Tokens for a partner are its members' own. Yours are made in the administration.")
        )
    return partner, membership
