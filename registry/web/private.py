"""Pages for people who are signed in: nobody on the way keeps them, nobody else learns of them."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from registry.actions import reading
from registry.models import Membership, Partner, Submission, User
from registry.permissions import Verb, can
from registry.queries import accounts


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead whoever is not signed in to do so, before anything is looked up; keep no copy.

    Staff come in with a second factor only, as to the administration: here they publish.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = _lacks_factor(request) or login_required(view)(request, *args, **kwargs)
        except (Http404, PermissionDenied, BadRequest) as refused:
            # Made here, since a “no” is nobody else's either: a cache would give it to all.
            response = response_for_exception(request, refused)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


def _lacks_factor(request: HttpRequest) -> HttpResponse | None:
    if not getattr(request.user, "is_staff", False) or accounts.has_second_factor(request.user):
        return None
    messages.warning(request, _("Set up a second factor first: the secretariat's desks need one."))
    return redirect("mfa_index")


def submission_seen_by(user: User, reference: str) -> Submission:
    """The submission with this reference; one that is not theirs to see is not there at all.

    That the secretariat reads what a partner still writes is kept.
    """
    found = (
        Submission.objects.visible_to(user)
        .filter(reference=reference.upper())
        .select_related("partner", "author", "claimed_by", "decided_by")
        .first()
    )
    if found is None:
        raise Http404(_("There is no submission “%s”.") % reference)
    if user.is_secretariat:
        reading.note_read(submission=found, by=user)
    return found


def membership_of(user: User, slug: str) -> tuple[Partner, Membership | None]:
    """A partner whose desk a person may use, and in what role; for others it is not there.

    Secretariat staff may use every desk, as nobody's member.
    """
    membership = user.memberships.filter(partner__slug=slug).select_related("partner").first()
    if membership:
        return membership.partner, membership
    partner = Partner.objects.published().filter(slug=slug).first() if user.is_secretariat else None
    if partner is None:
        raise Http404(_("There is no desk “%s” for your account.") % slug)
    return partner, None


def require_focal(user: User, verb: Verb, partner: Partner) -> None:
    """Raise PermissionDenied, saying whom to ask, unless a person may do this for a partner."""
    if can(user, verb, partner):
        return
    focal = partner.memberships.filter(role=Membership.Role.FOCAL_POINT).select_related("user")
    names = ", ".join(str(each.user) for each in focal.order_by("user__name", "pk"))
    said = _("This is for focal points of “%(partner)s”. Ask one of them: %(names)s.")
    if not names:
        said = _("This is for focal points of “%(partner)s”; it has none yet. Ask the secretariat.")
    raise PermissionDenied(said % {"partner": partner, "names": names})
