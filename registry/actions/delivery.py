"""Sends what waits in the outbox: each message is claimed, sent, and marked as sent.

Whoever delivers may die at any line of this, in any number at once:

- A claim is committed before anything is sent, so no two send the same message.
- A claim ends after `LEASE`; then the next one takes the message. A message is held only while
  it is handed over, not while a connection is made; handing over takes four answers of the server,
  and none is waited for longer than the mailer's time-out of 20 seconds.
- Only between the server's “taken” and our mark can a death lead to a second copy. It bears the
  same Message-ID as the first.
"""

import datetime as dt
import logging
import os
import random
import secrets
import socket
import time
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from registry.actions.posting import Deferred, Post, Rejected, Unreachable
from registry.models import Notice
from registry.permissions import Actor, Verb, require
from registry.queries import mails
from registry.queries.notices import SECRET_WORDS, form_of

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=2)
# So long a message is tried from its first try on; it is the server that fails.
TRIED_FOR = dt.timedelta(hours=24)
# So often a message is tried that breaks something of ours, or whose sender died each time.
MOST_FAULTS = 8
FIRST_WAIT = 60  # seconds; doubled after each try
LONGEST_WAIT = 60 * 60
# A server that was away is asked soon again: one connection serves for all that wait.
LONGEST_WAIT_FOR_SERVER = 5 * 60
# So many messages in a row that lose the connection end a run.
MOST_TROUBLES = 3
PAUSES = (1, 2, 4, 8)  # seconds
# A run ends before the next but few begin.
LONGEST_RUN = 4 * 60  # seconds


@dataclass(frozen=True)
class Delivered:
    """What a run came to: sent, given up for good, and left waiting (due or for later)."""

    sent: int
    failed: int
    left: int


def deliver_pending(*, by: Actor, most: int = 500) -> Delivered:
    """Send what is due, at most so many messages; call it outside of any transaction."""
    require(by, Verb.SEND_MESSAGES)
    run = _Run()
    try:
        run.deliver(most)
    finally:
        run.post.close()
    return Delivered(run.sent, run.failed, Notice.objects.waiting().count())


class _Run:
    """One deliverer, from its first message to its last."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.post = Post()
        self.sent = self.failed = self.troubles = 0
        self.ends = time.monotonic() + LONGEST_RUN

    def deliver(self, most: int) -> None:
        for _number in range(most):
            if self.troubles >= MOST_TROUBLES or time.monotonic() > self.ends:
                break
            if not self.post.is_open and not self._opened(most):
                break
            notice = self._claim()
            if notice is None:
                break
            if notice.state == Notice.State.SENDING:
                self._hand_over(notice)
            else:
                self.failed += 1

    def _opened(self, most: int) -> bool:
        if not Notice.objects.due(timezone.now()).exists():
            return False
        try:
            self.post.open()
        except Unreachable as why:
            logger.warning("The mail server cannot be had: %s", why)
            self._put_off(str(why), most)
        return self.post.is_open

    @transaction.atomic(durable=True)
    def _claim(self) -> Notice | None:
        """Take the message that is due the longest, or give it up; None where none is due."""
        now = timezone.now()
        # SQLite locks nothing here: there, the whole transaction is the only one that writes.
        due = Notice.objects.due(now).select_for_update(of=("self",), skip_locked=True)
        notice = due.select_related("recipient").first()
        if notice is None:
            return None
        _begin_try(notice, now)
        if reason := _why_never(notice, now):
            _give_up(notice, reason)
        else:
            notice.state = Notice.State.SENDING
            notice.claimed_by, notice.claimed_at = self.name, now
            notice.next_try_at = now + LEASE
        notice.save()
        return notice

    @transaction.atomic(durable=True)
    def _put_off(self, reason: str, most: int) -> None:
        """Nothing can be sent: for every message that is due, this was a try."""
        now = timezone.now()
        due = Notice.objects.due(now).select_for_update(skip_locked=True)
        for notice in due[:most]:
            _begin_try(notice, now)
            self._try_later(notice, reason, LONGEST_WAIT_FOR_SERVER)
            notice.save()

    def _hand_over(self, notice: Notice) -> None:
        troubles, self.troubles = self.troubles, 0
        try:
            self.post.send(mails.mail(notice))
        except Unreachable as why:
            self.troubles = troubles + 1
            self._try_later(notice, str(why), LONGEST_WAIT_FOR_SERVER)
        except Deferred as why:
            self._try_later(notice, str(why), LONGEST_WAIT)
        except Rejected as why:
            self.failed += 1
            _give_up(notice, str(why))
        except Exception as fault:
            # It must not keep the others waiting, whatever is wrong with it.
            logger.exception("Message %s (%s) cannot be sent", notice.pk, notice.kind)
            self.post.close()  # whatever it has begun to say there
            self._after_fault(notice, f"{type(fault).__name__}: {fault}")
        else:
            self.sent += 1
            notice.state, notice.sent_at = Notice.State.SENT, timezone.now()
            notice.last_error = ""
            _forget_secrets(notice)
        self._mark(notice)

    def _after_fault(self, notice: Notice, reason: str) -> None:
        if notice.attempts >= MOST_FAULTS:
            self.failed += 1
            _give_up(notice, reason)
        else:
            self._try_later(notice, reason, LONGEST_WAIT)

    def _try_later(self, notice: Notice, reason: str, longest: int) -> None:
        now = timezone.now()
        if now - notice.first_try_at >= TRIED_FOR:
            self.failed += 1
            _give_up(notice, reason)
            return
        notice.state, notice.last_error = Notice.State.QUEUED, reason
        notice.next_try_at = now + _wait(notice.attempts, longest)

    def _mark(self, notice: Notice) -> None:
        """Write down what became of it. A database that is just away is waited for a little."""
        for pause in PAUSES:
            try:
                return self._write(notice)
            except (OperationalError, InterfaceError):
                connection.close()
                time.sleep(pause)
        self._write(notice)

    def _write(self, notice: Notice) -> None:
        # Unless our claim has ended: then it is another's to say.
        ours = Notice.objects.filter(
            pk=notice.pk,
            state=Notice.State.SENDING,
            claimed_by=self.name,
            claimed_at=notice.claimed_at,
        )
        written = ours.update(
            state=notice.state,
            sent_at=notice.sent_at,
            next_try_at=notice.next_try_at,
            last_error=notice.last_error,
            words=notice.words,
        )
        if not written:
            logger.warning("Message %s took longer than its claim", notice.pk)


def _begin_try(notice: Notice, now: dt.datetime) -> None:
    if notice.state == Notice.State.SENDING:  # whoever sent it died
        notice.lost += 1
    notice.attempts += 1
    notice.first_try_at = notice.first_try_at or now


def _why_never(notice: Notice, now: dt.datetime) -> str:
    """Why a message is not sent at all, for staff; blank where it is."""
    if notice.lost >= MOST_FAULTS:
        return f"Whoever sent it died, {notice.lost} times."
    if now - notice.created_at > form_of(notice).good_for:
        return "It became too old to be of use."
    if notice.recipient and not notice.recipient.is_active:
        return "The account was closed before it was sent."
    return ""


def _give_up(notice: Notice, reason: str) -> None:
    notice.state, notice.last_error = Notice.State.FAILED, reason
    # The reason may name the address; staff read it in the administration.
    logger.error("Message %s (%s) is given up", notice.pk, notice.kind)


def _forget_secrets(notice: Notice) -> None:
    if form_of(notice).is_secret:
        notice.words = {
            name: word for name, word in notice.words.items() if name not in SECRET_WORDS
        }


def _wait(tries: int, longest: int) -> dt.timedelta:
    """How long to wait after so many tries, in about, so that not all come back at once."""
    seconds = min(FIRST_WAIT * 2 ** min(tries - 1, 20), longest)
    return dt.timedelta(seconds=seconds * random.uniform(0.8, 1.2))
