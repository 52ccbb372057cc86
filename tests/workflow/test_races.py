"""Many at one submission at the same moment: one of them wins, and the others are told plainly."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.workflow.sizes import CROWD, ORDERS, SEED, TIMES

# Marked, so that there is a database to copy even where these tests run alone.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def outcome(database_copy):
    """What came of every race."""
    given = {
        "DATABASE_URL": database_copy,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "LOG_LEVEL": "ERROR",
    }
    asked = {"crowd": CROWD, "orders": ORDERS, "times": TIMES, "seed": SEED}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.workflow.racing"]
        + [f"--{name}={value}" for name, value in asked.items()],
        cwd=settings.BASE_DIR,
        env=os.environ | given,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.check("C9")
def test_handed_in_by_many_at_once_is_handed_in_once(outcome):
    came = outcome["submitted"]

    assert came["answers"] == CROWD
    assert came["different"] == [f"{came['reference']} submitted 2"]
    assert (came["events"], came["submitted"]) == (1, 1)
    assert (came["received"], came["arrived"]) == (1, came["reviewers"])


@pytest.mark.check("C13")
@pytest.mark.parametrize("what", ["draft", "record"])
def test_no_save_of_two_editors_is_lost(outcome, what):
    came = outcome[what]

    assert came["faults"] == []
    assert (came["orders"], came["saves"]) == (ORDERS, 2 * ORDERS)
    assert came["accepted"] + came["refused"] == came["saves"]
    assert min(came["accepted"], came["refused"], came["at once"]) > 0
    assert (came["lost"], came["is in order"], came["is last"]) == (0, True, True)


# Who may win, and what is there then: its status, what was done to it, who was told, its records.
ENDS = {
    "approve and withdraw": {
        "approve": ("approved", ["approve"], ["submission_approved"], 1),
        "withdraw": ("withdrawn", ["withdraw"], ["submission_withdrawn"], 0),
    },
    "approve twice": {
        "one": ("approved", ["approve"], ["submission_approved"], 1),
        "other": ("approved", ["approve"], ["submission_approved"], 1),
    },
    "approve and save": {
        "approve": ("approved", ["approve"], ["submission_approved"], 1),
        "save": ("submitted", ["save"], [], 0),
    },
    "approve and ask": {
        "approve": ("approved", ["approve"], ["submission_approved"], 1),
        "ask": ("changes-requested", ["reason", "ask changes"], ["changes_asked"], 0),
    },
    "save and discard": {
        "save": ("draft", ["save"], [], 0),
        "discard": ("gone", ["discard"], [], 0),
    },
    "claim twice": {
        "one": ("submitted", ["hand over"], [], 0),
        "other": ("submitted", ["hand over"], [], 0),
    },
    "approve and edit the same": {
        "approve": ("approved", ["approve"], ["submission_approved"], 0),
        "edit": ("submitted", [], [], 0),
    },
}


@pytest.mark.parametrize("pair", ENDS)
def test_of_two_who_cannot_both_one_wins(outcome, pair):
    came = outcome["pairs"][pair]

    assert len(came) == TIMES
    for each in came:
        [winner], [_loser] = each["won"], each["said"]
        status, verbs, told, records = ENDS[pair][winner]
        assert (each["status"], each["verbs"]) == (status, verbs)
        assert (each["told"], each["records"]) == (told, records)


@pytest.mark.parametrize("pair", ENDS)
def test_whoever_comes_too_late_is_told_plainly(outcome, pair):
    for each in outcome["pairs"][pair]:
        [said] = each["said"].values()
        kind, _colon, sentence = said.partition(": ")
        assert kind in ("Stale", "Refused")
        assert each["reference"] in sentence or "was changed" in sentence or "taken" in sentence


def test_both_texts_are_told(outcome):
    for each in outcome["pairs"]["approve and edit the same"]:
        [said] = each["said"].values()
        assert "Other." in said and "Proposed" in said
    for each in outcome["pairs"]["approve and save"]:
        if each["won"] == ["approve"]:
            assert "Corrected." in each["said"]["save"]


def test_a_change_elsewhere_in_the_record_is_in_nobodys_way(outcome):
    for each in outcome["pairs"]["submit and edit another"]:
        assert (each["won"], each["said"]) == (["edit", "submit"], {})
        assert each["status"] == "submitted"


def test_one_change_of_a_record_is_open_for_a_partner(outcome):
    for each in outcome["pairs"]["open one change twice"]:
        assert (each["won"], each["said"], each["opened"]) == (["one", "other"], {}, 1)
