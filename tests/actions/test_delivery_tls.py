"""Nothing is sent to a server that is not the one asked for, nor in the open."""

import datetime as dt
import shutil
import ssl
import subprocess

import pytest
import time_machine
from django.utils import timezone

from registry.actions.delivery import Delivered, deliver_pending
from registry.models import Notice
from registry.permissions import SYSTEM
from tests.mail_server import mail_server, transport
from tests.notices import notice

pytestmark = pytest.mark.django_db
Kind, State = Notice.Kind, Notice.State
HOUR = dt.timedelta(hours=1)


def _states():
    return list(Notice.objects.order_by("pk").values_list("state", flat=True))


def _deliver(after=dt.timedelta(), **given):
    """Deliver as it would be done so long from now."""
    with time_machine.travel(timezone.now() + after, tick=False):
        return deliver_pending(by=SYSTEM, **given)


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


@pytest.mark.check("C8")
def test_nothing_is_sent_to_a_server_with_a_bad_certificate(settings, tls):
    notice()
    with mail_server(tls_context=tls) as server:
        settings.MAILERS = transport(server.port, use_tls=True)
        assert deliver_pending(by=SYSTEM) == Delivered(0, 0, 1)

    assert server.got == []
    assert "CERTIFICATE_VERIFY_FAILED" in Notice.objects.get().last_error


@pytest.mark.check("C8")
def test_server_with_a_good_certificate_gets_it(settings, tls, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    notice()
    with mail_server(tls_context=tls, require_starttls=True) as server:
        settings.MAILERS = transport(server.port, use_tls=True)
        assert deliver_pending(by=SYSTEM) == Delivered(1, 0, 0)

    assert len(server.got) == 1


@pytest.mark.check("C8")
def test_nothing_is_sent_in_the_open_where_tls_was_asked_for(settings):
    notice()
    with mail_server() as server:
        settings.MAILERS = transport(server.port, use_tls=True)
        assert deliver_pending(by=SYSTEM) == Delivered(0, 0, 1)

    assert server.got == []
    assert "STARTTLS" in Notice.objects.get().last_error


# Whoever sends dies
