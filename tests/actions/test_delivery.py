"""What waits is sent, once; what cannot be sent waits, or is given up, and says why."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from registry.actions import delivery, notices
from registry.actions.delivery import LEASE, MOST_FAULTS, Delivered, deliver_pending
from registry.models import Notice, User
from registry.permissions import SYSTEM
from registry.queries import mails
from tests.mail_server import mail_server, transport
from tests.notices import notice, person, words

pytestmark = pytest.mark.django_db
Kind, State = Notice.Kind, Notice.State
HOUR = dt.timedelta(hours=1)


def _deliver(after=dt.timedelta(), **given):
    """Deliver as it would be done so long from now."""
    with time_machine.travel(timezone.now() + after, tick=False):
        return deliver_pending(by=SYSTEM, **given)


def test_nothing_waits():
    assert deliver_pending(by=SYSTEM) == Delivered(0, 0, 0)


def test_what_waits_is_sent_once_in_order():
    made = [notice(), notice(), notice()]

    first, again = deliver_pending(by=SYSTEM), deliver_pending(by=SYSTEM)

    assert (first, again) == (Delivered(3, 0, 0), Delivered(0, 0, 0))
    assert [each.to for each in mail.outbox] == [[each.address] for each in made]
    row = Notice.objects.first()
    assert (row.state, row.attempts, row.lost, row.last_error) == (State.SENT, 1, 0, "")
    assert row.sent_at is not None


def test_only_so_many_are_sent():
    for _ in range(3):
        notice()

    assert deliver_pending(most=2, by=SYSTEM) == Delivered(2, 0, 1)


def test_what_is_kept_for_a_digest_is_left_alone():
    Notice.objects.filter(pk=notice().pk).update(state=State.HELD, next_try_at=None)

    assert deliver_pending(by=SYSTEM) == Delivered(0, 0, 0)


@pytest.mark.parametrize("nobody", [None, person])
def test_only_the_clock_and_staff_send(nobody):
    notice()

    with pytest.raises(PermissionDenied):
        deliver_pending(by=nobody and nobody())
    assert mail.outbox == []


def test_several_messages_take_one_connection(settings):
    made = [notice(), notice(), notice()]
    with mail_server() as server:
        settings.MAILERS = transport(server.port)

        assert deliver_pending(by=SYSTEM) == Delivered(3, 0, 0)

    assert server.connections == 1
    assert [each.name for each in server.got] == [each.message_id for each in made]
    assert [each.to for each in server.got] == [[each.address] for each in made]


@pytest.mark.check("B5")
def test_words_of_people_add_no_header_and_no_recipient(settings):
    evil = "Gold\r\nBcc: victim@example.net\r\nX-Evil: 1\r\n\r\n.\r\nRCPT TO:<victim@example.net>"
    made = notice(Kind.CHANGES_ASKED, title=evil, message=evil, person=evil)
    plain = notice(Kind.CHANGES_ASKED)
    with mail_server() as server:
        settings.MAILERS = transport(server.port)
        deliver_pending(by=SYSTEM)

    hostile, ordinary = server.got
    assert hostile.to == [made.address]
    assert [name for name, _ in hostile.mail.items()] == [n for n, _ in ordinary.mail.items()]
    assert ordinary.to == [plain.address]


# Whoever sends dies


def _claimed(made, ago, lost=0):
    """As if somebody had taken it so long ago and never was heard of again."""
    then = timezone.now() - ago
    Notice.objects.filter(pk=made.pk).update(
        state=State.SENDING,
        claimed_at=then,
        claimed_by="host:1:dead",
        next_try_at=then + LEASE,
        attempts=1 + lost,
        lost=lost,
        first_try_at=then,
    )


@pytest.mark.check("C10")
def test_what_another_is_sending_is_left_to_them():
    _claimed(notice(), LEASE - dt.timedelta(seconds=5))

    assert deliver_pending(by=SYSTEM) == Delivered(0, 0, 1)
    assert mail.outbox == []


@pytest.mark.check("C1")
def test_what_another_died_on_is_sent_after_the_lease():
    made = notice()
    _claimed(made, LEASE)

    assert deliver_pending(by=SYSTEM) == Delivered(1, 0, 0)
    made.refresh_from_db()
    assert (made.state, made.attempts, made.lost) == (State.SENT, 2, 1)
    assert mail.outbox[0].extra_headers["Message-ID"] == made.message_id


@pytest.mark.check("C22")
def test_what_kills_whoever_sends_it_is_given_up():
    deadly, other = notice(), notice()
    _claimed(deadly, LEASE, lost=MOST_FAULTS - 1)

    assert deliver_pending(by=SYSTEM) == Delivered(1, 1, 0)
    deadly.refresh_from_db()
    assert (deadly.state, deadly.last_error) == (
        State.FAILED,
        f"Whoever sent it died, {MOST_FAULTS} times.",
    )
    assert [each.to for each in mail.outbox] == [[other.address]]


def test_who_took_longer_than_the_claim_changes_nothing(settings, caplog):
    made = notice()

    with mail_server() as server:
        settings.MAILERS = transport(server.port)
        run = delivery._Run()
        run.post.open()
        claimed = run._claim()
        Notice.objects.filter(pk=made.pk).update(claimed_by="host:2:other")
        run._hand_over(claimed)
        run.post.close()

    made.refresh_from_db()
    assert (made.state, made.claimed_by) == (State.SENDING, "host:2:other")
    assert "took longer than its claim" in caplog.text


# Something is wrong with the message


@pytest.mark.check("C22")
def test_message_that_cannot_be_made_blocks_nobody_and_is_given_up(caplog):
    poison = notice()
    Notice.objects.filter(pk=poison.pk).update(words={"since": "no day", "title": "x"})
    others = [notice(), notice()]

    assert _deliver() == Delivered(2, 0, 1)
    assert [each.to for each in mail.outbox] == [[each.address] for each in others]
    assert f"Message {poison.pk} (submission_approved) cannot be sent" in caplog.text
    for number in range(2, MOST_FAULTS + 1):
        poison.refresh_from_db()
        with time_machine.travel(poison.next_try_at, tick=False):
            done = deliver_pending(by=SYSTEM)
        assert done == Delivered(0, int(number == MOST_FAULTS), int(number < MOST_FAULTS))
    poison.refresh_from_db()
    assert (poison.state, poison.attempts) == (State.FAILED, MOST_FAULTS)
    assert poison.last_error.startswith("ValueError: ")


@pytest.mark.check("C16")
def test_kind_of_another_release_blocks_nobody():
    newer, other = notice(), notice()
    Notice.objects.filter(pk=newer.pk).update(kind="of_tomorrow")

    assert deliver_pending(by=SYSTEM) == Delivered(1, 0, 1)
    newer.refresh_from_db()
    assert (newer.state, newer.attempts) == (State.QUEUED, 1)
    assert [each.to for each in mail.outbox] == [[other.address]]


@pytest.mark.parametrize(
    ("kind", "hours", "outcome"),
    [
        (Kind.INVITED, 23, Delivered(1, 0, 0)),
        (Kind.INVITED, 25, Delivered(0, 1, 0)),
        (Kind.SUBMISSION_APPROVED, 13 * 24, Delivered(1, 0, 0)),
        (Kind.SUBMISSION_APPROVED, 15 * 24, Delivered(0, 1, 0)),
    ],
)
def test_what_would_mislead_by_now_is_not_sent(kind, hours, outcome):
    notice(kind)

    assert _deliver(hours * HOUR) == outcome
    assert len(mail.outbox) == outcome.sent


@pytest.mark.check("T11")
def test_account_that_was_closed_meanwhile_gets_nothing():
    made = notice()
    User.objects.filter(pk=made.recipient_id).update(is_active=False)

    assert deliver_pending(by=SYSTEM) == Delivered(0, 1, 0)
    assert mail.outbox == []


def test_words_that_open_a_door_are_forgotten_once_they_are_sent():
    secret = notices.queue_to_address(
        kind=Kind.INVITED,
        address="new@example.org",
        language="en",
        about=("partner", "x"),
        words=words(Kind.INVITED),
        once="invited",
        by=SYSTEM,
    )
    account, plain = notice(Kind.ACCOUNT), notice()
    sent = mails.mail(secret).body

    deliver_pending(by=SYSTEM)

    assert [each.body for each in mail.outbox][0] == sent
    for made, kept in ((secret, {"partner", "person", "role"}), (account, {"subject"})):
        made.refresh_from_db()
        assert set(made.words) == kept
    plain.refresh_from_db()
    assert "link" in plain.words
