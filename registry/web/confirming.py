"""“Nothing changed”: an activity is confirmed at the desk, or by the link of a mail."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from registry.actions import activities
from registry.errors import Refused
from registry.models import Activity
from registry.queries.confirmations import Asked, asked_with
from registry.queries.stored import body_of
from registry.web.private import membership_of, private


@private
@require_POST
def at_desk(request: HttpRequest, slug: str, activity: str) -> HttpResponse:
    """Confirm an activity of the partner's as it stood on the page of the desk."""
    partner, _membership = membership_of(request.user, slug)
    found = Activity.objects.filter(slug=activity, participations__partner=partner).first()
    if found is None:
        raise Http404
    try:
        activities.confirm(
            activity=found,
            version=_version(request),
            by=request.user,
            today=timezone.localdate(),
        )
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("“%s” is confirmed: nothing changed.") % found)
    return redirect("desk-partner", partner.slug)


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise BadRequest(_("The form does not say which version was read."))
    return int(given)


# The token is what allows it, and mail programs that show pages themselves send no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed, and confirm it. To look changes nothing: scanners look."""
    response = _by_link(request, token)
    response.headers["Cache-Control"] = "private, no-store"
    # The token is told to nobody, and whoever it would be told to learns no more than the site.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _by_link(request: HttpRequest, token: str) -> HttpResponse:
    asked = asked_with(token)
    if asked is None or not activities.may_confirm(activity=asked.activity, by=asked.user):
        # Forged, too old, for somebody who left: whoever tries links learns nothing.
        return render(request, "confirmations/over.html", status=404)
    if asked.is_answered:
        return _page(request, asked, "confirmations/done.html")
    if request.method != "POST":
        return _page(request, asked, "confirmations/open.html")
    try:
        activities.confirm(
            activity=asked.activity,
            version=_version(request),
            by=asked.user,
            today=timezone.localdate(),
        )
    except BadRequest as why:
        return _page(request, asked, "confirmations/open.html", refused=why, status=400)
    except Refused as why:
        return _page(request, asked, "confirmations/open.html", refused=why, status=409)
    return _page(request, asked, "confirmations/done.html", is_new=True)


def _page(
    request: HttpRequest, asked: Asked, template: str, *, status: int = 200, **more: object
) -> HttpResponse:
    activity = body_of("activity", asked.activity.slug)
    return render(request, template, {"activity": activity} | more, status=status)
