"""A few deliverers die, as hundreds do in `make chaos`: nothing is lost, nothing is doubled."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.slow
NEVER = ("lost", "doubled", "misdirected", "unmarked")


@pytest.fixture(scope="module")
def database(tmp_path_factory, django_db_setup, django_db_blocker):
    """The address of a copy of the test database, in which what is committed stays."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            file = tmp_path_factory.mktemp("chaos") / "copy.sqlite3"
            connection.ensure_connection()
            with closing(sqlite3.connect(file)) as copy:
                connection.connection.backup(copy)
            yield f"sqlite:///{file}"
            return
        ours = connection.settings_dict["NAME"]
        # Nobody may be connected to what is copied.
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{ours}_chaos"')
            cursor.execute(f'CREATE DATABASE "{ours}_chaos" TEMPLATE "{ours}"')
            yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{ours}_chaos").geturl()
            cursor.execute(f'DROP DATABASE "{ours}_chaos"')


@pytest.fixture(scope="module")
def figures(database):
    """What came of it, by scene."""
    given = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "partnership.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.chaos.run", "--sample", "--json"],
        cwd=settings.BASE_DIR,
        env=os.environ | given,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.check("C1")
@pytest.mark.check("C3")
def test_deliverers_die_and_every_message_arrives_once(figures):
    count = figures["killed"]

    assert (count["messages"], count["kills"]) == (12, 2)
    assert {name: count[name] for name in NEVER} == dict.fromkeys(NEVER, 0)
    # Each death leaves at most one message of which nobody knows whether it was taken.
    assert count["in_window"] <= count["kills"]


@pytest.mark.check("C9")
def test_two_deliverers_at_once_send_every_message_once(figures):
    count = figures["two at once"]

    assert {name: count[name] for name in (*NEVER, "in_window")} == dict.fromkeys(
        (*NEVER, "in_window"), 0
    )
    assert count["messages"] == 20


@pytest.mark.check("C9")
@pytest.mark.parametrize("crowd", ["one message written", "digests written"])
def test_what_ten_do_at_once_is_done_once(figures, crowd):
    assert figures[f"{crowd} ten times at once"] == {"found": 5, "wanted": 5, "stopped": []}
