"""What can be done to messages: written into the outbox, kept for a digest, sent again."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.languages import known
from registry.actions import audit
from registry.errors import Refused
from registry.models import Notice, NoticePreference, User
from registry.permissions import Actor, System, Verb, can, require
from registry.queries import mails
from registry.queries.fencing import clean
from registry.queries.notices import (
    DAY_WORDS,
    FORMS,
    LIST_WORDS,
    Choice,
    Group,
    choices_of,
    form_of,
    is_ours,
    language_of,
)

LONGEST_WORD = 20_000
# A mail that is complete already is longer than what people write into it.
LONGEST_MAIL = 200_000


def queue(
    *,
    kind: Notice.Kind,
    to: Iterable[User],
    about: tuple[str, str],
    words: dict[str, Any],
    once: str,
    by: Actor,
) -> list[Notice]:
    """Write a message to each of these people, in the transaction of what it tells.

    `about` is noun and key of what it tells of; `words` are those of its kind (see
    `registry.queries.notices`). The same `once` makes one message to an address, whoever asks and
    however often; it should name the event, such as "approved:S-1042:3". People whose account is
    closed, and who never want such messages, get none; for those who want them weekly they are
    kept. Returns the messages to them, new or not. Raises ValueError for words that do not fit.
    """
    _refuse_nobody(by)
    said, form = _checked(kind, words), FORMS[kind]
    people = [user for user in dict.fromkeys(to) if user.is_active]
    chosen = choices_of(people, form.group)
    wanted = [user for user in people if chosen.get(user.pk) != Choice.NEVER]
    now = timezone.now()
    return _add(
        once,
        [
            _notice(
                kind,
                about,
                said,
                once,
                now,
                recipient=user,
                address=user.email,
                language=language_of(user),
                is_held=chosen.get(user.pk) == Choice.WEEKLY,
            )
            for user in wanted
        ],
    )


def queue_to_address(
    *,
    kind: Notice.Kind,
    address: str,
    language: str,
    about: tuple[str, str],
    words: dict[str, Any],
    once: str,
    by: Actor,
) -> Notice:
    """Write a message to somebody who has no account (yet); otherwise like `queue`.

    Raises ValidationError for what is no e-mail address.
    """
    _refuse_nobody(by)
    said = _checked(kind, words)
    notice = _notice(
        kind,
        about,
        said,
        once,
        timezone.now(),
        address=address.strip(),
        language=known(language),
    )
    return _add(once, [notice])[0]


def _refuse_nobody(by: Actor) -> None:
    # Contributors write messages by what they do, so no role is asked for; but somebody it must be.
    if not isinstance(by, System) and not (isinstance(by, User) and by.is_active):
        raise PermissionDenied(_("Your account may not send messages."))


def _notice(
    kind: Notice.Kind,
    about: tuple[str, str],
    said: dict[str, Any],
    once: str,
    now: dt.datetime,
    *,
    is_held: bool = False,
    **given: Any,
) -> Notice:
    notice = Notice(
        kind=kind,
        about_noun=about[0],
        about_key=about[1],
        words=said,
        once=once,
        state=Notice.State.HELD if is_held else Notice.State.QUEUED,
        next_try_at=None if is_held else now,
        message_id=mails.new_message_id(),
        created_at=now,
        **given,
    )
    # An address of an account was checked when it was made.
    notice.clean_fields(exclude={"recipient", "address"} if "recipient" in given else ())
    return notice


def _add(once: str, new: list[Notice]) -> list[Notice]:
    # Whoever writes the same at the same moment waits here until we are done, and finds ours.
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    stored = {notice.address.lower(): notice for notice in Notice.objects.filter(once=once)}
    return [stored[notice.address.lower()] for notice in new]


def _checked(kind: Notice.Kind, words: dict[str, Any]) -> dict[str, Any]:
    """The words as they are stored, if they are what the kind is told with."""
    form = FORMS[kind]
    said = {name: value for name, value in words.items() if value not in (None, "", [])}
    if missing := form.needs - said.keys():
        raise ValueError(f"A notice “{kind}” needs the words {', '.join(sorted(missing))}.")
    if unknown := words.keys() - form.needs - form.may:
        raise ValueError(f"A notice “{kind}” knows no words {', '.join(sorted(unknown))}.")
    return {name: _word(name, value) for name, value in said.items()}


def _word(name: str, value: Any) -> Any:
    if name in LIST_WORDS:
        return [_row(each) for each in value]
    if name in DAY_WORDS:
        return dt.date.fromisoformat(str(value)).isoformat()
    text = str(value)
    if name == "link":
        return _own_address(text)
    if name in ("text", "html"):
        return clean(text)[:LONGEST_MAIL]
    return clean(text)[:LONGEST_WORD]


def _row(row: str | dict[str, str]) -> str | dict[str, str]:
    if not isinstance(row, dict):
        return clean(str(row))
    link = {"link": _own_address(row["link"])} if row.get("link") else {}
    return {"title": clean(row["title"]), **link}


def _own_address(address: str) -> str:
    if not is_ours(address):
        raise ValueError(f"“{address}” does not lead to this site.")
    return address


@transaction.atomic
def prefer(*, user: User, group: Group, choice: Choice, by: Actor) -> NoticePreference:
    """Keep how often a person wants messages of a group: for oneself, or as an administrator."""
    if user != by and not can(by, Verb.MANAGE_PEOPLE):
        raise PermissionDenied(_("Only they themselves choose which messages they get."))
    preference, _made = NoticePreference.objects.update_or_create(
        user=user, group=group, defaults={"choice": choice}
    )
    after = {"group": str(group), "choice": str(choice)}
    audit.record(by=by, verb="choose messages", noun="user", key=str(user.pk), after=after)
    return preference


def send_digests(*, today: dt.date, by: Actor) -> int:
    """Write one message to each person for whom some were kept; returns how many people."""
    require(by, Verb.SEND_MESSAGES)
    people = User.objects.filter(is_active=True, notices__state=Notice.State.HELD).distinct()
    return sum(_send_digest(user, today, by) for user in people.order_by("pk"))


@transaction.atomic
def _send_digest(user: User, today: dt.date, by: Actor) -> bool:
    held = list(user.notices.held().select_for_update())
    if not held:  # somebody else was quicker
        return False
    items = [
        {"title": mails.subject(notice), "link": notice.words.get("link", "")} for notice in held
    ]
    queue(
        kind=Notice.Kind.DIGEST,
        to=[user],
        about=("user", str(user.pk)),
        words={"items": items},
        # Should it run again today, there is another last one.
        once=f"digest:{today.isoformat()}:{held[-1].pk}",
        by=by,
    )
    told = Notice.objects.filter(pk__in=[notice.pk for notice in held])
    told.update(state=Notice.State.GATHERED)
    return True


@transaction.atomic
def retry(*, notice: Notice, by: Actor) -> Notice:
    """Send a message again that was given up. Raises Refused where it was not, or is too old."""
    require(by, Verb.SEND_MESSAGES)
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.state != Notice.State.FAILED:
        raise Refused(_("“%s” was not given up.") % notice)
    now = timezone.now()
    if now - notice.created_at > form_of(notice).good_for:
        raise Refused(_("“%s” is too old to be of use; ask for what it told anew.") % notice)
    notice.state, notice.next_try_at = Notice.State.QUEUED, now
    notice.attempts = notice.lost = 0
    notice.first_try_at = None
    notice.save()
    after = {"kind": notice.kind, "address": notice.address}
    audit.record(by=by, verb="send again", noun="notice", key=str(notice.pk), after=after)
    return notice
