"""Mails that a machine for development kept instead of sending them, to be read."""

import datetime as dt
import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

SHOWN = 200
# The styles of the mail itself and nothing else: no script, no picture, nothing from anywhere.
_STYLES_ONLY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "sandbox": True,
}


@dataclass(frozen=True)
class Kept:
    """A mail in the folder."""

    name: str
    at: dt.datetime
    subject: str
    to: str


@never_cache
def mail_list(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    files = sorted(_folder().glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    mails = [_kept(file) for file in files[:SHOWN]]
    return render(request, "mail/list.html", {"mails": mails, "count": len(files)})


@never_cache
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """Its plain text, in which addresses of this site can be followed."""
    mail = _mail(_file(name))
    context = {
        "mail": _kept(_file(name)),
        "headers": [(key, value) for key, value in mail.items() if key != "Content-Type"],
        "pieces": _pieces(_part(mail, "plain")),
        "has_html": bool(_part(mail, "html")),
    }
    return render(request, "mail/detail.html", context)


@never_cache
@csp_override(_STYLES_ONLY)
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """Its HTML, as it was sent."""
    html = _part(_mail(_file(name)), "html")
    if not html:
        raise Http404
    return HttpResponse(html)


def _folder() -> Path:
    if settings.ENVIRONMENT != "development" or not settings.MAIL_DIR:
        raise Http404
    return Path(settings.MAIL_DIR)


def _file(name: str) -> Path:
    # Only what the list shows leads anywhere.
    file = next((file for file in _folder().glob("*.eml") if file.stem == name), None)
    if file is None:
        raise Http404
    return file


def _mail(file: Path) -> EmailMessage:
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def _kept(file: Path) -> Kept:
    mail = _mail(file)
    at = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    return Kept(file.stem, at, str(mail["Subject"]), str(mail["To"]))


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return body.get_content() if body else ""


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The text in pieces; true for those that are addresses of this site."""
    ours = re.compile(f'({re.escape(settings.SITE_URL)}/[^\\s<>"]*)')
    return [(piece, number % 2 == 1) for number, piece in enumerate(ours.split(text)) if piece]
