"""How long a session lasts, which there are, and how one ends."""

import time

from allauth.usersessions.internal.flows import sessions as flows
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.languages import without_language
from registry.actions import entrance
from registry.actions.entrance import Happening
from registry.web.accounts.browsers import browser_of

_BEGUN, _SEEN = "begun_at", "seen_at"
# Pages with forms of one person, whether or not they are signed in yet.
_PERSONAL = ("/account/", "/admin/")
# So much of idleness may be missing from what is noted, and noted less often.
_NOTED_EVERY = 15


def begin(request: HttpRequest) -> None:
    """Count from now on."""
    request.session[_BEGUN] = request.session[_SEEN] = int(time.time())


def begun_at(request: HttpRequest) -> int:
    """When the person signed in, in seconds; 0 where nobody did."""
    return request.session.get(_BEGUN, 0)


def keep_short(get_response):
    """Ends sessions that were idle or lasted too long; answers to one person are kept nowhere."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Without the cookie nobody is signed in; public answers must not even depend on who asks.
        signed_in = (
            settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        )
        if signed_in:
            _continue_or_end(request)
        response = get_response(request)
        if signed_in or without_language(request.path_info).startswith(_PERSONAL):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


def _continue_or_end(request: HttpRequest) -> None:
    now, session = int(time.time()), request.session
    if _BEGUN not in session:
        begin(request)
    idle = settings.SESSION_IDLE_STAFF if request.user.is_staff else settings.SESSION_IDLE
    if now - session[_SEEN] >= idle or now - session[_BEGUN] >= settings.SESSION_LONGEST:
        logout(request)
    elif now - session[_SEEN] >= _NOTED_EVERY:
        session[_SEEN] = now
        UserSession.objects.create_from_request(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_list(request: HttpRequest) -> HttpResponse:
    """One's sessions, and a way to end one or all others."""
    if request.method == "POST":
        return _end(request)
    held = sorted(
        UserSession.objects.purge_and_list(request.user), key=lambda each: each.last_seen_at
    )
    shown = [(each, browser_of(each.user_agent)) for each in reversed(held)]
    return render(request, "account/sessions.html", {"sessions": shown})


def _end(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("session", "")
    with transaction.atomic():
        if chosen:
            mine = UserSession.objects.filter(user=request.user)
            ended = get_object_or_404(mine, pk=int(chosen) if chosen.isdecimal() else 0)
            said, how = _("The session is ended."), "one"
            entrance.note(what=Happening.END_SESSIONS, user=request.user, by=request.user, how=how)
            flows.end_sessions(request, [ended])
        else:
            end_others(request)
            said = _("All other sessions are ended.")
    messages.success(request, said)
    return redirect("usersessions_list")


def end_others(request: HttpRequest) -> None:
    """End all sessions of the person but this one."""
    entrance.note(what=Happening.END_SESSIONS, user=request.user, by=request.user, how="all others")
    flows.end_other_sessions(request, request.user)
