"""One's own data: what is kept, a copy of it, who sees one's name, and the end of the account."""

import json

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.actions import erasure, memberships
from registry.errors import Refused
from registry.models import Membership
from registry.queries import members, personal


class ShownForm(forms.Form):
    """Who may see one's name and address, as the contact of a partner."""

    to = forms.ChoiceField(
        label=gettext_lazy("Your name and e-mail address are shown to"),
        choices=Membership.ShownTo.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )


class EraseForm(forms.Form):
    """That a person means it."""

    sure = forms.BooleanField(
        label=gettext_lazy("I understand that this cannot be undone."),
        error_messages={"required": gettext_lazy("Say that you understand it, or go back.")},
    )


@login_required
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """What is kept of somebody, and what they can do about it."""
    held = personal.held_on(request.user)
    rows = [(each, len(held[each.table])) for each in personal.INVENTORY if each.table in held]
    mine = request.user.memberships.select_related("partner").order_by("partner__name")
    shown = [(each, ShownForm(initial={"to": each.shown_to}, prefix=str(each.pk))) for each in mine]
    context = {"rows": rows, "endings": personal.ENDINGS, "shown": shown}
    return render(request, "account/own_data.html", context)


@login_required
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Who of the partners agreed to be shown to people of other partners."""
    if not (request.user.is_secretariat or request.user.memberships.exists()):
        raise PermissionDenied(_("Only people who speak for a partner see these contacts."))
    shown = members.shown_to_partners()
    return render(request, "account/contacts.html", {"contacts": shown})


@reauthentication_required
@require_safe
def copy(request: HttpRequest) -> HttpResponse:
    """Everything kept of somebody, as a file."""
    content = erasure.copy_of(user=request.user, by=request.user)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Choose who sees one's name as the contact of a partner."""
    membership = get_object_or_404(request.user.memberships, pk=number)
    form = ShownForm(request.POST, prefix=str(number))
    if form.is_valid():
        memberships.show(membership=membership, to=form.cleaned_data["to"], by=request.user)
        messages.success(request, _("Saved: it holds at once."))
    else:
        messages.error(request, _("Choose who may see your name."))
    return redirect("account-data")


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """The end of an account: a question, answered by POST."""
    form, problem = EraseForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            erasure.erase(user=request.user, by=request.user)
        except Refused as why:
            problem = str(why)
        else:
            logout(request)
            messages.success(request, _("Your account and what was kept of you are erased."))
            return redirect(settings.LOGOUT_REDIRECT_URL or "home")
    context = {
        "form": form,
        "problem": problem,
        "alone": erasure.partners_left_alone(request.user),
    }
    return render(request, "account/erase.html", context)
