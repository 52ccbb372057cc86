"""A few deliverers die, as hundreds do in `make chaos`: nothing is lost, nothing is doubled."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

# Marked, so that there is a database to copy even where these tests run alone.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEVER = ("lost", "doubled", "misdirected", "unmarked")


@pytest.fixture(scope="module")
def figures(database_copy):
    """What came of it, by scene."""
    given = {"DATABASE_URL": database_copy, "DJANGO_SETTINGS_MODULE": "partnership.settings"}
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
