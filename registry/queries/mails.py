"""A notice as a mail: subject, plain text and HTML in the reader's language, from its words."""

import datetime as dt
import email.message
import re
import uuid
from email.header import Header
from email.policy import Policy, default
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from articles.languages import RIGHT_TO_LEFT, address_in, in_django, spoken
from registry.models import Notice, NoticePreference, User
from registry.queries.fencing import Quote, inert, one_line
from registry.queries.notices import DAY_WORDS, LIST_WORDS, form_of

LONGEST_SUBJECT = 150
LONGEST_NAME = 80
LONGEST_LINE = 300
MOST_LINES = 50

_SALT = "registry.notice-preference"
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")
# Given as they are: addresses were checked when the notice was queued.
_AS_GIVEN = frozenset({"subject", "text"})


class Mail(EmailMultiAlternatives):
    """A mail whose subject every program reads as it was written."""

    def message(self, *, policy: Policy = default) -> email.message.EmailMessage:
        """The mail as it is sent."""
        made = super().message(policy=policy)
        if not self.subject.isascii():
            # Left to itself, Python loses or doubles spaces where it folds a line.
            del made["Subject"]
            whole = Header(self.subject, "utf-8", header_name="Subject").encode()
            made.set_raw("Subject", whole)
        return made


def mail(notice: Notice) -> Mail:
    """The notice as it goes out. Whenever it is made, it is the same mail with the same name."""
    with translation.override(in_django(notice.language)):
        context = _context(notice)
        message = Mail(
            subject=_subject(notice, context),
            body=_rendered(notice, "txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[notice.address],
            headers=_headers(notice, context),
        )
        message.attach_alternative(_html(notice, context), "text/html")
    return message


def subject(notice: Notice) -> str:
    """Its subject alone, in its language."""
    with translation.override(in_django(notice.language)):
        return _subject(notice, _context(notice))


def _subject(notice: Notice, context: dict) -> str:
    shortened = context | {"title": one_line(context.get("title", ""), LONGEST_NAME)}
    return one_line(_rendered(notice, "subject.txt", shortened), LONGEST_SUBJECT)


def _rendered(notice: Notice, part: str, context: dict) -> str:
    template = get_template(f"emails/{notice.kind}.{part}").template
    # Text is no HTML: nothing in it is escaped.
    text = template.render(Context(context, autoescape=False))
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _html(notice: Notice, context: dict) -> str:
    if made := notice.words.get("html"):
        return made
    return get_template(f"emails/{notice.kind}.html").render(
        context | {"subject": _subject(notice, context)}
    )


def _headers(notice: Notice, context: dict) -> dict[str, str]:
    headers = {
        "Message-ID": notice.message_id,
        # A second copy bears the same day as the first.
        "Date": notice.created_at,
        "Content-Language": notice.language,
        # Nobody's “I am away” comes back for it.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if address := context["choose"]:
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _context(notice: Notice) -> dict[str, Any]:
    name = notice.recipient.name if notice.recipient else ""
    context = {
        "name": inert(one_line(name, LONGEST_NAME)),
        "language": notice.language,
        "direction": "rtl" if notice.language in RIGHT_TO_LEFT else "ltr",
        "site_name": settings.SITE_NAME,
        "site": f"{settings.SITE_URL}/",
        "choose": _choose_address(notice),
    }
    return context | {word: _shown(word, value) for word, value in notice.words.items()}


def _shown(word: str, value: Any) -> Any:
    if word == "link":
        return _spoken_link(value)
    if word in _AS_GIVEN:
        return value
    if word == "html":
        return mark_safe(value)
    if word in DAY_WORDS:
        return date_format(dt.date.fromisoformat(value))
    if word in LIST_WORDS:
        return _lines(value)
    if word == "message":
        return Quote(value)
    return inert(one_line(value, LONGEST_LINE if word == "title" else LONGEST_NAME))


def _lines(rows: list) -> dict[str, Any]:
    shown = [
        row | {"title": inert(one_line(row["title"], LONGEST_LINE))}
        if isinstance(row, dict)
        else inert(one_line(row, LONGEST_LINE))
        for row in rows[:MOST_LINES]
    ]
    return {"shown": shown, "total": len(rows), "more": len(rows) - len(shown)}


def _spoken_link(address: str) -> str:
    """The page of ours in the language of the mail."""
    path = address.removeprefix(settings.SITE_URL)
    return settings.SITE_URL + address_in(path, spoken()) if path.startswith("/") else address


def _choose_address(notice: Notice) -> str:
    group = form_of(notice).group
    if not group or not notice.recipient:
        return ""
    path = reverse("message-choice", args=[choice_token(notice.recipient, group)])
    return f"{settings.SITE_URL}{path}"


def choice_token(user: User, group: NoticePreference.Group) -> str:
    """What lets whoever holds the mail choose how often to get mails of the group, for ever."""
    return signing.dumps([user.pk, str(group)], salt=_SALT, compress=False)


def chooser(token: str) -> tuple[User, NoticePreference.Group] | None:
    """Whose choice about which group the token opens; None for a token that is not ours."""
    try:
        pk, group = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return (user, NoticePreference.Group(group)) if user else None


def new_message_id() -> str:
    """A name for a mail, which no other has, on the site's own host."""
    return f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"
