"""From a public record to a proposal: for which of one's partners, to change it or to take part."""

import uuid
from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from registry.actions import drafts
from registry.actions.moving import RECORDS
from registry.errors import Gone, Refused
from registry.models import Membership, Participation, Partner, Record, Submission, User
from registry.permissions import Verb, can
from registry.queries import desk
from registry.web.desk_forms import DeskForm, ticket, ticket_of
from registry.web.private import private, require_focal
from registry.web.records import with_tombstones


@dataclass(frozen=True)
class Choices:
    """One's partners by what each may propose of a record."""

    may_change: list[Partner]
    may_join: list[Partner]
    # The record is theirs, and only their focal points change it.
    for_focal_points: list[Partner]
    others: list[Partner]


class PartnerForm(DeskForm):
    """For which partner."""

    partner = forms.ChoiceField(
        label=gettext_lazy("For which partner?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the partner for which you propose it."),
            "invalid_choice": gettext_lazy("Choose one of the partners for which you speak."),
        },
    )

    def __init__(self, among: list[Partner], *args: object, **given: object) -> None:
        if len(among) == 1:
            given["initial"] = {"partner": among[0].slug}
        super().__init__(*args, **given)
        self.fields["partner"].choices = [(each.slug, each.name) for each in among]
        self.among = {each.slug: each for each in among}

    @property
    def chosen(self) -> Partner:
        """The partner that was chosen."""
        return self.among[self.cleaned_data["partner"]]


class TakePartForm(PartnerForm):
    """For which partner, and what it does there."""

    role = forms.ChoiceField(
        label=gettext_lazy("What does it do in the activity?"),
        choices=[(value, capfirst(label)) for value, label in Participation.Role.choices],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the partner does in it.")},
    )


@private
@with_tombstones
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, noun: str, slug: str) -> HttpResponse:
    """Choose for whom to propose a change of a published record; open the draft of it."""
    record = _published(noun, slug)
    choices = _choices(request.user, record)
    is_sent = request.method == "POST"
    is_joining = is_sent and request.POST.get("what") == "join"
    changing = PartnerForm(
        choices.may_change,
        request.POST if is_sent and not is_joining else None,
        auto_id="change_%s",
    )
    joining = TakePartForm(
        choices.may_join, request.POST if is_joining else None, auto_id="join_%s"
    )
    form = joining if is_joining else changing
    if is_sent:
        _refuse_others(request, choices, form)
    if form.is_valid():
        try:
            return redirect(_opened(request, record, form))
        except (ValidationError, Refused) as why:
            form.refuse(why)
    context = {
        "record": record,
        "choices": choices,
        "is_nobodys": choices == Choices([], [], [], []),
        "changing": changing,
        "joining": joining,
        "problems": form.problems,
        "new_ticket": ticket,
    }
    return render(request, "desk/change.html", context, status=422 if form.errors else 200)


def _published(noun: str, slug: str) -> Record:
    found = RECORDS[noun].objects.filter(slug=slug).first() if noun in RECORDS else None
    if found is None:
        raise Http404
    if found.withdrawn_at:
        raise Gone
    return found


def _choices(user: User, record: Record) -> Choices:
    """Where each of one's partners stands towards it; the secretariat speaks for its holders."""
    mine = list(user.memberships.select_related("partner").order_by("partner__name"))
    holders = desk.holders_of(record)
    own = [each for each in mine if each.partner_id in holders]
    foreign = [each.partner for each in mine if each.partner_id not in holders]
    barred = [each.partner for each in own if _is_barred(each, record)]
    may_change = [each.partner for each in own if each.partner not in barred]
    if can(user, Verb.DECIDE_SUBMISSIONS):
        may_change = list(Partner.objects.published().filter(pk__in=holders).order_by("name"))
    is_activity = record.noun == Submission.Noun.ACTIVITY
    return Choices(
        may_change,
        may_join=foreign if is_activity else [],
        for_focal_points=barred,
        others=[] if is_activity else foreign,
    )


def _is_barred(membership: Membership, record: Record) -> bool:
    is_profile = record.noun == Submission.Noun.PARTNER
    return is_profile and membership.role != Membership.Role.FOCAL_POINT


def _refuse_others(request: HttpRequest, choices: Choices, form: PartnerForm) -> None:
    """Raise PermissionDenied where it is asked for a partner that the form does not offer."""
    slug = request.POST.get("partner")
    if not slug or slug in form.among:
        return
    for barred in choices.for_focal_points:
        if barred.slug == slug:
            require_focal(request.user, Verb.PROPOSE_PROFILE, barred)
    raise PermissionDenied(
        _("Only those who speak for an organisation can propose this for it, of what is its own.")
    )


def _opened(request: HttpRequest, record: Record, form: PartnerForm) -> Submission:
    # One form may hold the buttons of many records.
    once = uuid.uuid5(ticket_of(request), f"{record.noun} {record.slug}")
    given = {"record": record, "partner": form.chosen, "ticket": once, "by": request.user}
    if isinstance(form, TakePartForm):
        return drafts.join(role=form.cleaned_data["role"], **given)
    return drafts.revise(**given)
