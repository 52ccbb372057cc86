"""Pages about the registry itself: what it is, what holds here, what is kept, who can use it."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registry.actions.attachments import KEPT as FILES_KEPT
from registry.actions.entrance import UNPROVED
from registry.actions.feedback import ADDRESS_KEPT
from registry.queries import personal, statistics
from registry.web.contact import mail_address

# When each was last held against what the site does. A test fails once that is a year ago.
ACCESSIBILITY_ON = dt.date(2026, 11, 25)
PRIVACY_ON = dt.date(2026, 11, 25)
TERMS_ON = dt.date(2026, 11, 25)


def about(request: HttpRequest) -> HttpResponse:
    """What the Partnership and the registry are, where the data come from, and their gaps."""
    return render(request, "about.html", {"totals": statistics.totals()})


def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom the site works, how that was found out, and where it does not."""
    return render(request, "accessibility.html", _said(ACCESSIBILITY_ON))


def terms(request: HttpRequest) -> HttpResponse:
    """What one may do with the registry, and what it does not promise."""
    return render(request, "terms.html", _said(TERMS_ON))


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom, why, and for how long: as the code does it."""
    kept = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "form_cookie": settings.CSRF_COOKIE_NAME,
        "form_cookie_days": settings.CSRF_COOKIE_AGE // 86_400,
        "session_hours": settings.SESSION_LONGEST // 3600,
        "idle_minutes": settings.SESSION_IDLE // 60,
        "idle_minutes_staff": settings.SESSION_IDLE_STAFF // 60,
        "unproved_days": UNPROVED.days,
        "file_days": FILES_KEPT.days,
        "address_months": round(ADDRESS_KEPT.days / 30.4),
        "inventory": [(each, personal.ENDINGS[each.ends]) for each in personal.INVENTORY],
    }
    return render(request, "privacy.html", _said(PRIVACY_ON) | kept)


def _said(on: dt.date) -> dict:
    return {"said_on": on, "mail_address": mail_address()}
