"""Pages for people who are signed in: nobody on the way keeps them, nobody else learns of them."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from registry.models import Membership, Partner, Submission, User


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead whoever is not signed in to do so, before anything is looked up; keep no copy."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = login_required(view)(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


def submission_seen_by(user: User, reference: str) -> Submission:
    """The submission with this reference; one that is not theirs to see is not there at all."""
    found = (
        Submission.objects.visible_to(user)
        .filter(reference=reference.upper())
        .select_related("partner", "author", "claimed_by", "decided_by")
        .first()
    )
    if found is None:
        raise Http404(_("There is no submission “%s”.") % reference)
    return found


def membership_of(user: User, slug: str) -> tuple[Partner, Membership | None]:
    """A partner whose desk a person may use, and in what role; for others it is not there.

    Secretariat staff may use every desk, as nobody's member.
    """
    membership = user.memberships.filter(partner__slug=slug).select_related("partner").first()
    if membership:
        return membership.partner, membership
    partner = Partner.objects.published().filter(slug=slug).first() if user.is_staff else None
    if partner is None:
        raise Http404(_("There is no desk “%s” for your account.") % slug)
    return partner, None
