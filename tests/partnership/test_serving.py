"""Serving: a port that cannot be had is told plainly, before the server starts."""

import errno
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from registry.management.commands import serve


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_taken_port_is_told(taken_port, db):
    with pytest.raises(CommandError) as refused:
        call_command("serve", host="127.0.0.1", port=taken_port)

    assert str(refused.value) == (
        f"Port {taken_port} on 127.0.0.1 is already in use; choose another with PORT=9000"
    )


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_port_that_does_not_exist_is_told(port, db):
    with pytest.raises(CommandError) as refused:
        call_command("serve", host="127.0.0.1", port=port)

    assert str(refused.value) == f"Port {port} does not exist; choose one from 1 to 65535."


def test_host_of_another_machine_is_told(db):
    with pytest.raises(CommandError) as refused:
        call_command("serve", host="999.1.1.1", port=8000)

    assert str(refused.value) == "999.1.1.1 is not an address of this machine; try 127.0.0.1."


def test_free_port_is_not_refused(taken_port):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert serve.refuse_taken_port("127.0.0.1", port) is None


def test_any_other_trouble_is_told():
    error = OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address")

    assert serve.trouble("10.9.8.7", 8000, error) == (
        "Cannot serve on 10.9.8.7, port 8000: Cannot assign requested address."
    )


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("registry.example.org", "http://registry.example.org:8000/"),
    ],
)
def test_address_that_is_told_can_be_opened(host, shown):
    assert serve.address(host, 8000) == shown


@pytest.fixture
def site(tmp_path, request, django_db_setup):
    """The site on a new, empty database: its address, the process that began, the database."""
    database = tmp_path / "site.sqlite3"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "COLLECTED": str(tmp_path / "static"),
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "tests.partnership.serving_settings",
        # The workers begin where the server does, and find these settings all the same.
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    environment = os.environ | given | {"API_LIMITS": "true", "API_LIMIT_ANONYMOUS": "303"}
    manage = [sys.executable, "manage.py"]
    if connection.vendor == "sqlite":
        shutil.copy(request.getfixturevalue("empty_database"), database)
    else:
        subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True)
    serving = [*manage, "serve", "--host", "127.0.0.1", "--port", str(port), "--workers", "3"]
    server = subprocess.Popen(serving, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", server, database
    finally:
        server.terminate()
        server.wait(timeout=60)


def asked(address, seconds=120):
    """What is answered, once there is an answer."""
    until = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(address, timeout=30)
        except urllib.error.HTTPError as problem:
            return problem
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.2)


@pytest.mark.slow
def test_workers_share_no_connection_and_know_how_many_they_are(site):
    address, server, database = site

    answer = asked(f"{address}/api/v1/ships/")

    assert (answer.status, answer.headers["RateLimit-Limit"]) == (404, "101")
    answer.close()
    # Where a system shows no such list, there is none.
    opened = [os.readlink(each) for each in Path("/proc", str(server.pid), "fd").glob("*")]
    assert [name for name in opened if name.startswith(str(database))] == []
