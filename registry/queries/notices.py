"""The kinds of notices: with which words each is told, who may do without it, how long it is good.

The one table of what `registry.actions.notices.queue` takes. Words:

| word        | what it is                                                                    |
|-------------|-------------------------------------------------------------------------------|
| `title`     | of the submission or record; of feedback: the page that it is about           |
| `reference` | by which people name it                                                       |
| `partner`   | the organisation that it is about                                             |
| `person`    | whom it tells of: who commented, joined, invites (not who reads it)           |
| `role`      | the role that somebody has from now on                                        |
| `message`   | a person's own words, quoted as such                                          |
| `changes`   | what changed: a list of lines                                                 |
| `since`     | the day from which something is waited for (a date, or “2026-03-09”)          |
| `due`       | the day until which something is to be done, or is expected                   |
| `link`      | an address of this site, absolute                                             |
| `items`     | of a digest: a list of {"title", "link"}                                      |
| `subject`, `text`, `html` | a mail that is complete already                                 |
"""

import datetime as dt
from dataclasses import dataclass, replace

from django.conf import settings

from articles.languages import known
from registry.models import Notice, NoticePreference, User

Group = NoticePreference.Group
Choice = NoticePreference.Choice
Kind = Notice.Kind

DAY_WORDS = frozenset({"since", "due"})
LIST_WORDS = frozenset({"changes", "items"})
# Words with which whoever reads them could act for somebody else.
SECRET_WORDS = frozenset({"link", "text", "html"})


@dataclass(frozen=True)
class Form:
    """How notices of a kind are told and treated."""

    needs: frozenset[str]
    may: frozenset[str] = frozenset()
    # None: essential, so it is always sent at once.
    group: Group | None = None
    # Older than this it is not sent any more: it would only mislead.
    good_for: dt.timedelta = dt.timedelta(days=14)
    # Its words open a door: they are shown to nobody else, and forgotten once it is sent.
    is_secret: bool = False


def _form(needs: str, may: str = "", group: Group | None = None) -> Form:
    return Form(frozenset(needs.split()), frozenset(may.split()), group)


def _secret(needs: str, may: str = "") -> Form:
    # As long as links to accept and to set a password work.
    return replace(_form(needs, may), good_for=dt.timedelta(hours=24), is_secret=True)


FORMS: dict[Kind, Form] = {
    Kind.SUBMISSION_RECEIVED: _form("title reference link", "partner due"),
    Kind.SUBMISSION_ARRIVED: _form(
        "title reference partner link", "person due changes", Group.ARRIVALS
    ),
    Kind.CHANGES_ASKED: _form("title reference message link", "partner person due"),
    Kind.SUBMISSION_APPROVED: _form("title reference link", "partner message changes"),
    Kind.SUBMISSION_DECLINED: _form("title reference message link", "partner"),
    Kind.SUBMISSION_WITHDRAWN: _form(
        "title reference link", "partner person message", Group.ARRIVALS
    ),
    Kind.COMMENT_ADDED: _form("title reference person message link", "partner", Group.COMMENTS),
    Kind.RECOMMENDED: _form("title reference person link", "partner message", Group.ARRIVALS),
    Kind.PARTNER_REMINDER: _form(
        "title reference since link", "partner due message", Group.REMINDERS
    ),
    Kind.REVIEWER_REMINDER: _form("title reference since link", "partner due", Group.REMINDERS),
    Kind.ESCALATION: _form("title reference since link", "partner person"),
    Kind.INVITED: _secret("partner link", "person role"),
    Kind.JOINED: _form("person partner link", "role", Group.MEMBERS),
    Kind.JOIN_ASKED: _form("person partner link", "message"),
    Kind.ROLE_CHANGED: _form("partner role", "person link"),
    Kind.REMOVED: _form("partner", "person link"),
    # Its link confirms without signing in.
    Kind.CONFIRM_RECORD: replace(
        _form("title reference link", "partner since due", Group.REMINDERS), is_secret=True
    ),
    Kind.FEEDBACK: _form("reference message link", "title"),
    Kind.DIGEST: _form("items"),
    Kind.ACCOUNT: _secret("subject text", "html"),
}


# Of a kind that this release does not know: another one wrote it, and will send it.
_UNKNOWN = Form(frozenset(), is_secret=True)


def form_of(notice: Notice) -> Form:
    """How a stored notice is told and treated."""
    return FORMS.get(notice.kind, _UNKNOWN)


def choices_of(users: list[User], group: Group | None) -> dict[int, Choice]:
    """How often each of these people (by key) wants messages of the group, if they chose."""
    if group is None:
        return {}
    chosen = NoticePreference.objects.filter(user__in=users, group=group)
    return {pk: Choice(choice) for pk, choice in chosen.values_list("user_id", "choice")}


def language_of(user: User) -> str:
    """The language in which to write to a person, one of the six."""
    return known(getattr(user, "language", ""))


def is_ours(address: str) -> bool:
    """Whether an address leads to this site and nowhere else."""
    return address.startswith(f"{settings.SITE_URL}/") and not set(address) & set(' \t\r\n<>"\\')
