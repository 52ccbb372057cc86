"""The mail server is away, defers, refuses, stalls, hangs up, shows a bad certificate."""

import asyncio
import datetime as dt
import shutil
import socket
import ssl
import subprocess
import time

import pytest
import time_machine
from django.utils import timezone

from registry.actions.delivery import Delivered, deliver_pending
from registry.models import Notice
from registry.permissions import SYSTEM
from tests.mail_server import mail_server, transport
from tests.notices import notice

pytestmark = [pytest.mark.django_db, pytest.mark.check("C8")]
State = Notice.State
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def port():
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _deliver(after=dt.timedelta(), **given):
    """Deliver as it would be done so long from now."""
    with time_machine.travel(timezone.now() + after, tick=False):
        return deliver_pending(by=SYSTEM, **given)


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


@pytest.mark.slow
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


@pytest.mark.slow
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


def test_server_that_does_not_want_us_as_a_sender_costs_no_message(settings):
    made = [notice(), notice()]
    with mail_server() as server:
        settings.MAILERS = transport(server.port)
        server.about_sender = "530 5.7.0 Sign in first"
        assert _deliver() == Delivered(0, 0, 2)
        assert Notice.objects.first().last_error == "530 5.7.0 Sign in first"
        server.about_sender = "250 OK"
        assert _deliver(HOUR) == Delivered(2, 0, 0)

    assert len(server.got) == len(made)


@pytest.mark.slow
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


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody has signed, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("The program openssl is not installed.")
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        + ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        + ["-addext", "subjectAltName=IP:127.0.0.1", "-out", made[0], "-keyout", made[1]],
        check=True,
        capture_output=True,
    )
    return made


@pytest.fixture
def tls(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context


@pytest.mark.slow
def test_nothing_is_sent_to_a_server_with_a_bad_certificate(settings, tls):
    notice()
    with mail_server(tls_context=tls) as server:
        settings.MAILERS = transport(server.port, use_tls=True)
        assert deliver_pending(by=SYSTEM) == Delivered(0, 0, 1)

    assert server.got == []
    assert "CERTIFICATE_VERIFY_FAILED" in Notice.objects.get().last_error


def test_server_with_a_good_certificate_gets_it(settings, tls, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    notice()
    with mail_server(tls_context=tls, require_starttls=True) as server:
        settings.MAILERS = transport(server.port, use_tls=True)
        assert deliver_pending(by=SYSTEM) == Delivered(1, 0, 0)

    assert len(server.got) == 1


def test_nothing_is_sent_in_the_open_where_tls_was_asked_for(settings):
    notice()
    with mail_server() as server:
        settings.MAILERS = transport(server.port, use_tls=True)
        assert deliver_pending(by=SYSTEM) == Delivered(0, 0, 1)

    assert server.got == []
    assert "STARTTLS" in Notice.objects.get().last_error
