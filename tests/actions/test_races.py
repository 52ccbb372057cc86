"""Many people at once, on a database that keeps what they commit."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

# Marked, so that there is a database to copy even where these tests run alone.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def outcome(request, tmp_path_factory, django_db_setup, django_db_blocker):
    """What came out of every race."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("races") / "races.sqlite3"
        shutil.copy(request.getfixturevalue("empty_database"), file)
        return _race(f"sqlite:///{file}")
    name = f"{connection.settings_dict['NAME']}_races"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
        try:
            return _race(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl())
        finally:
            cursor.execute(f'DROP DATABASE "{name}"')


def _race(database):
    environment = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        # A request that has to wait is no fault.
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.actions.racing"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_one_change_wins_and_the_others_are_told(outcome):
    changed = outcome["change"]

    assert (changed["stale"], len(changed["winners"])) == (3, 1)
    assert changed["stored"] == changed["winners"]
    assert (changed["version"], changed["events"]) == (2, 2)


def test_change_and_withdrawal_of_one_version_do_not_both_win(outcome):
    assert outcome["withdraw"] == ["Stale", "won"]


def test_one_of_two_joins_of_one_record_wins(outcome):
    assert outcome["join"] == {"outcomes": ["Refused", "won"], "joins": 1}


def test_numbers_have_no_gap_even_where_some_are_refused(outcome):
    assert outcome["create"] == ["ValidationError", "ValidationError", "done", "done", "done"]
    assert outcome["numbers"] == list(range(1, len(outcome["numbers"]) + 1))


def test_revisions_have_no_gap(outcome):
    assert sorted(outcome["revisions"]) == list(range(1, len(outcome["revisions"]) + 1))


def test_trail_is_in_the_order_of_the_revisions(outcome):
    assert outcome["revisions"] == sorted(outcome["revisions"])


def test_one_title_at_once_gets_addresses_of_its_own(outcome):
    slugs = ["zinnober", "zinnober-2", "zinnober-3", "zinnober-4"]

    assert outcome["titles"] == {"outcomes": slugs, "stored": slugs}


def test_one_name_at_once_is_taken_once(outcome):
    assert outcome["names"] == ["ValidationError", "ValidationError", "made"]


def test_records_that_point_at_each_other_do_not_lock_each_other_out(outcome):
    assert outcome["crossed"] == ["done"]


def test_long_transactions_do_not_lock_each_other_out(outcome):
    assert outcome["opposite"] == ["done", "done"]
    assert outcome["book"] == ["done", "done"]


def test_one_write_sent_many_times_at_once_is_done_once(outcome):
    assert outcome["sent"] == {
        "outcomes": ["done"],
        "statuses": [201] * 8,
        "texts": 1,
        "replayed": 7,
        "stored": 1,
        "events": 1,
    }


def test_entries_and_index_agree_in_the_end(outcome):
    assert outcome["shown"] == ["done", "done"]
    assert (outcome["differences"], outcome["index_is_sound"]) == ([], True)


def test_guesses_on_one_account_from_many_places_are_no_more_than_the_limit(outcome):
    guessed = outcome["accounts"]["one_account"]

    assert guessed["outcomes"] == ["done"]
    assert 1 <= guessed["checked"] <= 5


def test_guesses_on_many_accounts_from_one_place_are_no_more_than_the_limit(outcome):
    guessed = outcome["accounts"]["one_place"]

    assert guessed["outcomes"] == ["done"]
    assert 1 <= guessed["checked"] <= 10


def test_one_code_lets_in_once(outcome):
    assert outcome["accounts"]["code"] == {"outcomes": ["sent"], "in": 1}


def test_one_address_makes_one_account(outcome):
    assert outcome["accounts"]["sign_up"] == {"outcomes": ["302"], "accounts": 1}


def test_of_many_changes_at_once_one_is_done_whole_and_the_others_not_at_all(outcome):
    many = outcome["many"]
    first, second, single = many["outcomes"]

    assert many["outcomes"].count("done") == 1
    assert {"done", "Unfit", "Stale"} >= set(many["outcomes"])
    changed = {(True, False): 3, (False, True): 2, (False, False): 1}
    assert many["changed"] == changed[first == "done", second == "done"]
    assert many["batches"] == (single != "done")
