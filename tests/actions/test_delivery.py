"""What waits is sent, once; what cannot be sent waits, or is given up, and says why."""

import asyncio
import datetime as dt
import socket
import time

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


@pytest.fixture
def port():
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _states():
    return list(Notice.objects.order_by("pk").values_list("state", flat=True))


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


# The server fails


@pytest.mark.check("C8")
def test_server_that_is_away_is_tried_again(settings, port):
    made = [notice(), notice()]
    settings.MAILERS = transport(port)

    assert _deliver() == Delivered(0, 0, 2)
    for row in Notice.objects.all():
        assert (row.state, row.attempts) == (State.QUEUED, 1)
        assert "ConnectionRefusedError" in row.last_error
        assert 47 <= (row.next_try_at - row.first_try_at).total_seconds() <= 73
    assert _deliver(dt.timedelta(seconds=40)) == Delivered(0, 0, 2)
    assert set(Notice.objects.values_list("attempts", flat=True)) == {1}

    with mail_server() as server:
        settings.MAILERS = transport(server.port)
        assert _deliver(dt.timedelta(seconds=80)) == Delivered(2, 0, 0)
    assert {each.name for each in server.got} == {each.message_id for each in made}


@pytest.mark.check("C8")
def test_server_that_stays_away_for_a_day_is_given_up(settings, port):
    made = notice()
    settings.MAILERS = transport(port)
    waits = []

    def try_again():
        made.refresh_from_db()
        with time_machine.travel(made.next_try_at, tick=False):
            deliver_pending(by=SYSTEM)
            made.refresh_from_db()
            waits.append((made.next_try_at - timezone.now()).total_seconds() / 60)

    for _ in range(8):
        try_again()
    first = made.first_try_at
    for age in (dt.timedelta(hours=23, minutes=59), dt.timedelta(hours=24)):
        Notice.objects.filter(pk=made.pk).update(first_try_at=made.next_try_at - age)
        assert made.state == State.QUEUED
        try_again()

    assert first == made.created_at
    assert (made.state, made.attempts) == (State.FAILED, 10)
    assert "ConnectionRefusedError" in made.last_error
    bounds = [1, 2, 4, 5, 5, 5, 5, 5, 5]
    assert all(
        0.79 * most <= wait <= 1.21 * most for wait, most in zip(waits, bounds, strict=False)
    )
    assert len(set(waits[3:9])) == 6


@pytest.mark.check("C8")
def test_deferred_message_waits_longer_each_time_and_blocks_nobody(settings):
    unlucky, lucky = notice(), notice()

    def answer(address, _mail):
        return "451 4.7.1 Greylisted, try later" if address == unlucky.address else None

    with mail_server(answer) as server:
        settings.MAILERS = transport(server.port)
        assert _deliver() == Delivered(1, 0, 1)
        unlucky.refresh_from_db()
        assert (unlucky.state, unlucky.attempts) == (State.QUEUED, 1)
        assert unlucky.last_error == "451 4.7.1 Greylisted, try later"
        waits = []
        for _ in range(9):
            with time_machine.travel(unlucky.next_try_at, tick=False):
                deliver_pending(by=SYSTEM)
                unlucky.refresh_from_db()
                waits.append((unlucky.next_try_at - timezone.now()).total_seconds() / 60)
        server.answer = None
        assert _deliver(10 * HOUR) == Delivered(1, 0, 0)

    bounds = [2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert all(0.79 * most <= wait <= 1.21 * most for wait, most in zip(waits, bounds, strict=True))
    assert [each.name for each in server.got] == [lucky.message_id, unlucky.message_id]


@pytest.mark.check("C8")
@pytest.mark.parametrize("at_the_end", [False, True])
def test_refused_message_is_given_up_at_once(settings, at_the_end):
    bad, good = notice(), notice()

    def answer(address, mail):
        if address == bad.address and bool(mail) is at_the_end:
            return "550 5.1.1 No such person"
        return None

    with mail_server(answer) as server:
        settings.MAILERS = transport(server.port)
        assert deliver_pending(by=SYSTEM) == Delivered(1, 1, 0)

    bad.refresh_from_db()
    assert (bad.state, bad.last_error) == (State.FAILED, "550 5.1.1 No such person")
    assert [each.name for each in server.got] == [good.message_id]


@pytest.mark.check("C8")
def test_server_that_stalls_costs_little_and_loses_nothing(settings):
    made = [notice() for _ in range(5)]

    async def stall(_address, _mail):
        await asyncio.sleep(60)

    with mail_server(stall) as server:
        settings.MAILERS = transport(server.port, timeout=0.2)
        began = time.monotonic()
        assert _deliver() == Delivered(0, 0, 5)
        assert time.monotonic() - began < 5
        # Three messages lost the connection; the others were not even tried.
        assert sorted(Notice.objects.values_list("attempts", flat=True)) == [0, 0, 1, 1, 1]
        server.answer = None
        assert _deliver(HOUR) == Delivered(5, 0, 0)

    assert sorted(each.name for each in server.got) == sorted(each.message_id for each in made)


@pytest.mark.check("C8")
def test_server_that_hangs_up_in_the_middle_is_called_again(settings):
    made = [notice(), notice(), notice()]
    calls = []

    def answer(address, mail):
        if mail is None and address == made[1].address and not calls:
            calls.append(address)
            return "421 4.3.2 Closing"
        return None

    with mail_server(answer) as server:
        settings.MAILERS = transport(server.port)
        assert _deliver() == Delivered(2, 0, 1)
        assert _deliver(HOUR) == Delivered(1, 0, 0)

    assert server.connections == 3
    assert sorted(each.name for each in server.got) == sorted(each.message_id for each in made)


# Certificates


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
