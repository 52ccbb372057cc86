"""Who speaks for a partner: the list, invitations, requests to join, roles, leaving."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.actions import memberships
from registry.errors import Refused
from registry.models import Membership, Partner
from registry.permissions import Verb, can, require
from registry.queries import desk
from registry.web.desk_forms import DeskForm, ticket, ticket_of
from registry.web.private import membership_of, private, require_focal

ROLES = [
    (Membership.Role.CONTRIBUTOR, gettext_lazy("Contributor: writes and submits for the partner")),
    (
        Membership.Role.FOCAL_POINT,
        gettext_lazy("Focal point: also keeps the partner's profile and its members"),
    ),
]
_ask = require_http_methods(["GET", "HEAD", "POST"])


class RoleForm(DeskForm):
    """What a member does."""

    role = forms.ChoiceField(
        label=gettext_lazy("What will they do?"),
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the person will do.")},
    )


class InviteForm(RoleForm):
    """Whom to invite, and for what."""

    email = forms.CharField(
        label=gettext_lazy("E-mail address of the person"),
        help_text=gettext_lazy("Only somebody who signs in with this address can accept."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter an e-mail address, such as name@example.org."),
            "max_length": gettext_lazy("The address must be 254 characters or fewer."),
        },
    )
    field_order = ("email", "role")


@private
@require_safe
def member_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The members; for focal points also who is invited and who asks."""
    partner, membership = membership_of(request.user, slug)
    require(request.user, Verb.READ_MEMBERS, partner)
    manages = can(request.user, Verb.MANAGE_MEMBERS, partner)
    context = {
        "place": "members",
        "partner": partner,
        "membership": membership,
        "members": desk.members_of(partner),
        "manages": manages,
        "invitations": desk.invitations_of(partner, timezone.now()) if manages else [],
        "requests": desk.requests_of(partner) if manages else [],
    }
    return render(request, "desk/members.html", context)


@private
@_ask
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite a person; the link is shown on the answer and nowhere else."""
    partner, membership = _managed(request, slug)
    given = request.POST if request.method == "POST" else None
    form = InviteForm(given, initial={"role": Membership.Role.CONTRIBUTOR})
    context = {"place": "members", "partner": partner, "membership": membership, "form": form}
    if form.is_valid():
        try:
            invitation, secret = memberships.invite(
                partner=partner, ticket=ticket_of(request), by=request.user, **form.cleaned_data
            )
        except (ValidationError, Refused) as why:
            form.refuse(why)
        else:
            path = reverse("invitation", args=[secret])
            context |= {"invitation": invitation, "link": request.build_absolute_uri(path)}
            return render(request, "desk/invited.html", context)
    context |= {"problems": form.problems, "ticket": request.POST.get("ticket") or ticket()}
    return render(request, "desk/invite.html", context, status=422 if form.errors else 200)


@private
@require_POST
def take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an invitation back."""
    partner, _membership = _managed(request, slug)
    invitation = partner.invitations.filter(pk=number).first()
    if invitation is None:
        raise Http404
    return _done(
        request,
        partner,
        lambda: memberships.revoke(invitation=invitation, by=request.user),
        _("The invitation of %s is taken back; its link opens nothing any more.")
        % invitation.email,
    )


@private
@require_POST
def answer_request(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let in whoever asks to join, or not."""
    partner, _membership = _managed(request, slug)
    asked = partner.join_requests.filter(pk=number).select_related("user").first()
    answer = request.POST.get("answer")
    if asked is None or answer not in ("accept", "refuse"):
        raise Http404
    said = {
        "accept": _("%s is a contributor of “%s” now."),
        "refuse": _("%s was not let into “%s”."),
    }
    return _done(
        request,
        partner,
        lambda: memberships.decide_join(
            asked=asked, is_accepted=answer == "accept", by=request.user
        ),
        said[answer] % (asked.user, partner),
    )


@private
@_ask
def change_role(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a contributor a focal point, or the reverse."""
    partner, own = _managed(request, slug)
    member = _member(partner, number)
    given = request.POST if request.method == "POST" else None
    form = RoleForm(given, initial={"role": member.role})
    if form.is_valid():
        role = form.cleaned_data["role"]
        try:
            member = memberships.change_role(membership=member, role=role, by=request.user)
        except (ValidationError, Refused) as why:
            form.refuse(why)
        else:
            said = {"user": member.user, "role": member.get_role_display()}
            messages.success(request, _("%(user)s is a %(role)s now.") % said)
            return redirect("desk-members", slug)
    context = {
        "place": "members",
        "partner": partner,
        "membership": own,
        "member": member,
        "form": form,
    }
    context |= {"problems": form.problems}
    return render(request, "desk/role.html", context, status=422 if form.errors else 200)


@private
@_ask
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """End another's membership, or one's own, after saying what that means."""
    partner, own = membership_of(request.user, slug)
    if own is None or own.pk != number:
        require_focal(request.user, Verb.MANAGE_MEMBERS, partner)
    member = _member(partner, number)
    form = DeskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            memberships.remove(membership=member, by=request.user)
        except Refused as why:
            form.refuse(why)
        else:
            return _removed(request, partner, member)
    is_own = member.user_id == request.user.pk
    context = {
        "place": "members",
        "partner": partner,
        "membership": own,
        "member": member,
        "is_own": is_own,
    }
    context |= {"problems": form.problems}
    return render(request, "desk/remove.html", context, status=409 if form.errors else 200)


def _removed(request: HttpRequest, partner: Partner, member: Membership) -> HttpResponse:
    if member.user_id == request.user.pk:
        messages.success(request, _("You have left “%s”.") % partner)
        return redirect("desk")
    said = {"user": member.user, "partner": partner}
    messages.success(request, _("%(user)s no longer speaks for “%(partner)s”.") % said)
    return redirect("desk-members", partner.slug)


def _managed(request: HttpRequest, slug: str) -> tuple[Partner, Membership | None]:
    """A partner whose members one manages. Raises Http404, PermissionDenied."""
    partner, membership = membership_of(request.user, slug)
    require_focal(request.user, Verb.MANAGE_MEMBERS, partner)
    return partner, membership


def _member(partner: Partner, number: int) -> Membership:
    member = partner.memberships.filter(pk=number).select_related("user").first()
    if member is None:
        raise Http404
    return member


def _done(
    request: HttpRequest, partner: Partner, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do it and say so; where it was done already, say that, on the same list."""
    try:
        act()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return redirect("desk-members", partner.slug)
