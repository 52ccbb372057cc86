"""Every deadline of the data: counted where its words decide it, else left in words."""

import datetime as dt
import json

import pytest

from articles import crosswalk, deadlines
from articles.deadlines import Rule, State

BOOK = json.loads((crosswalk.VOCABULARY.parent / "articles.json").read_text(encoding="utf-8"))
DEADLINES = {
    provision["deadline"]
    for article in BOOK["articles"]
    for provision in article["provisions"]
    if provision["deadline"]
}
COUNTED = {
    "from entry into force for the Party": (Rule(0), "2018-11-20"),
    "3 years after entry into force for the Party": (Rule(3), "2021-11-20"),
    "3 years after entry into force for the Party or after the notification, whichever is later": (
        Rule(3, is_earliest=True),
        "2021-11-20",
    ),
    "3 years after entry into force for the Party, then regularly": (
        Rule(3, is_repeated=True),
        "2021-11-20",
    ),
    "plan, if made: 4 years after entry into force for the Party": (
        Rule(4, is_optional=True),
        "2022-11-20",
    ),
    "as soon as practicable, at the latest 5 years after entry into force for the Party": (
        Rule(5),
        "2023-11-20",
    ),
    "as soon as practicable, at the latest 10 years after entry into force for the Party": (
        Rule(10),
        "2028-11-20",
    ),
    "15 years after entry into force for the Party": (Rule(15), "2033-11-20"),
    "5 years after entry into force of the Convention (2022)": (
        Rule(5, is_of_convention=True),
        "2022-08-16",
    ),
}
# They rest on an annex, a conference, a plan's submission, or name no day at all.
IN_WORDS = {
    "10 years after the phase-out date",
    "2018 (COP-2)",
    "2018 acetaldehyde; 2025 chlor-alkali; 2025 polyurethane (2023 amendment)",
    "2020 for the first list; 2025 to 2027 for products added later",
    "5 years after the phase-out date",
    "COP-1 (2017)",
    "adopted at COP-3 (2019)",
    "as soon as practicable",
    "by COP-2 (2018), then regularly",
    "by COP-3 (2019), then regularly",
    "every 3 years after submission",
    "guidelines adopted at COP-2 (2018)",
    "mercury per unit of product halved by 2020 against 2010 (vinyl chloride; alcoholates)",
    "phase-out 2034 under the 2025 amendment",
    "threshold for contaminated waste: 15 mg/kg (COP-5, 2023)",
    "up to 5 more years",
}
PARTY, CONVENTION = dt.date(2018, 11, 20), dt.date(2017, 8, 16)


def test_every_deadline_of_the_data_is_known_here():
    assert DEADLINES == set(COUNTED) | IN_WORDS


@pytest.mark.parametrize("deadline", COUNTED)
def test_a_deadline_from_entry_into_force_is_counted(deadline):
    rule, day = COUNTED[deadline]

    due = deadlines.due(deadline, party=PARTY, convention=CONVENTION)

    assert deadlines.rule_of(deadline) == rule
    assert (due.on.isoformat(), due.rule) == (day, rule)


@pytest.mark.parametrize("deadline", sorted(IN_WORDS | {""}))
def test_a_deadline_that_rests_on_anything_else_stays_in_words(deadline):
    assert deadlines.due(deadline, party=PARTY, convention=CONVENTION) is None


@pytest.mark.parametrize("deadline", [each for each in COUNTED if "Convention" not in each])
def test_who_is_no_party_has_no_day(deadline):
    assert deadlines.due(deadline, party=None, convention=CONVENTION) is None


def test_an_entry_into_force_on_a_leap_day_counts_to_the_last_of_february():
    due = deadlines.due(
        "3 years after entry into force for the Party", party=dt.date(2024, 2, 29), convention=None
    )

    assert due.on == dt.date(2027, 2, 28)


@pytest.mark.parametrize(
    ("deadline", "today", "state"),
    [
        ("3 years after entry into force for the Party", "2021-11-19", State.COMING),
        ("3 years after entry into force for the Party", "2021-11-20", State.COMING),
        ("3 years after entry into force for the Party", "2021-11-21", State.PAST),
        ("from entry into force for the Party", "2018-11-19", State.COMING),
        ("from entry into force for the Party", "2018-11-20", State.APPLIES),
        (
            "3 years after entry into force for the Party or after the notification, "
            "whichever is later",
            "2021-11-21",
            State.OPEN,
        ),
    ],
)
def test_a_day_stands_somewhere_seen_from_today(deadline, today, state):
    due = deadlines.due(deadline, party=PARTY, convention=CONVENTION)

    assert due.state(dt.date.fromisoformat(today)) == state
