"""The ways into a partner: asking to join one, applying to become one, accepting an invitation."""

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from registry.actions import drafts, memberships
from registry.errors import Refused
from registry.models import Partner
from registry.queries import desk, invitations
from registry.web.desk_forms import DeskForm, ticket, ticket_of
from registry.web.private import private

_ask = require_http_methods(["GET", "HEAD", "POST"])


class JoinForm(DeskForm):
    """Why somebody should be let in."""

    message = forms.CharField(
        label=gettext_lazy("What is your work there?"),
        help_text=gettext_lazy("The focal points read it to know that it is you."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": gettext_lazy("The text must be 1,000 characters or fewer.")},
    )


@private
@_ask
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to speak for a partner."""
    partner = Partner.objects.published().partners().filter(slug=slug).first()
    if partner is None:
        raise Http404
    if request.user.memberships.filter(partner=partner).exists():
        return redirect("desk-partner", slug)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            memberships.ask_to_join(partner=partner, by=request.user, **form.cleaned_data)
        except Refused as why:
            form.refuse(why)
        else:
            said = _("You have asked to speak for “%s”. Its focal points are told.")
            messages.success(request, said % partner)
            return redirect("desk")
    context = {"to_join": partner, "form": form, "problems": form.problems}
    return render(request, "desk/join.html", context, status=422 if form.errors else 200)


@private
@_ask
def apply(request: HttpRequest) -> HttpResponse:
    """Say what an application to become a partner takes; begin one."""
    if request.method == "POST":
        application = drafts.start(
            noun="partner", partner=None, ticket=ticket_of(request), by=request.user
        )
        return redirect(application)
    context = {"applications": desk.applications_of(request.user), "ticket": ticket()}
    return render(request, "desk/apply.html", context)


@_ask
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show who invites whom, and let the invited accept. To look changes nothing: scanners look."""
    response = _invitation(request, secret)
    response.headers["Cache-Control"] = "private, no-store"
    # The secret is told to nobody. “no-referrer” would take the origin from our own form as well,
    # and by it we know that the form is ours.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _invitation(request: HttpRequest, secret: str) -> HttpResponse:
    found = invitations.open_with(secret, timezone.now())
    if found is None:
        # Used, over, taken back or never there: whoever tries links learns nothing.
        return render(request, "invitations/over.html", status=404)
    is_for_user = getattr(request.user, "email", "").lower() == found.email.lower()
    context = {"invitation": found, "is_for_user": is_for_user}
    if request.method != "POST":
        return render(request, "invitations/open.html", context)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        membership = memberships.accept(secret=secret, by=request.user)
    except Refused as why:
        return render(request, "invitations/open.html", context | {"refused": why}, status=409)
    said = {"partner": membership.partner, "role": membership.get_role_display()}
    messages.success(request, _("You speak for “%(partner)s” now, as a %(role)s.") % said)
    return redirect("desk-partner", membership.partner.slug)
