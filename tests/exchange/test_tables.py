"""The flat tables: nothing that the public reads is left out of them, or it is named why."""

import pytest

from registry.exchange.tables import TABLES
from registry.models import Entry
from registry.queries.bodies import NOUNS
from registry.queries.described import FIELDS
from registry.queries.representation import read_body
from tests import factories


def bodies(noun):
    stored = Entry.objects.public().filter(noun=noun).values_list("body", flat=True)
    return [read_body(body) for body in stored]


def leaves(value, path):
    """Every value in a body with the place where it stands, lists passed through."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from leaves(below, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for below in value:
            yield from leaves(below, path)
    elif value not in (None, ""):
        yield path, str(value).lower() if isinstance(value, bool) else str(value)


def missing(table, body):
    """The leaves of a body that no cell shows; a cell counts for the field that it shows."""
    cells = {}
    for column, cell in zip(table.columns, table.row(body), strict=True):
        cells.setdefault(column.field, []).append("" if cell is None else str(cell))
    return [
        (path, leaf)
        for path, leaf in leaves(body, "")
        if path not in table.elsewhere
        and not any(leaf in cell for cell in cells.get(path.partition(".")[0], []))
    ]


def test_every_noun_has_a_table_and_every_field_a_column():
    assert TABLES.keys() == NOUNS.keys()
    for noun, table in TABLES.items():
        assert {column.field for column in table.columns} == set(FIELDS[noun]), noun


@pytest.mark.parametrize("noun", TABLES)
def test_columns_are_told_apart_and_labelled(noun):
    names = [column.name for column in TABLES[noun].columns]

    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.replace("_", "").isalnum() for name in names)
    assert all(str(column.label) for column in TABLES[noun].columns)


@pytest.mark.parametrize("noun", TABLES)
def test_every_value_of_every_record_is_in_its_row_or_named_elsewhere(registry_data, noun):
    found = bodies(noun)

    assert found
    assert [each for body in found for each in missing(TABLES[noun], body)] == []
    kinds = {type(cell) for body in found for cell in TABLES[noun].row(body)}
    assert kinds <= {str, int, type(None)}


def test_every_part_of_a_full_activity_is_in_its_row(registry_data):
    factories.activity(
        title="An activity with everything",
        links=[
            {"label": "Report", "url": "https://example.org/r"},
            {"label": "Film", "url": "https://e.org/2"},
        ],
        funding_lines=[
            {"funder": "gef", "amount": "12.50", "currency": "USD"},
            {"funder": None, "amount": "3", "currency": "EUR"},
        ],
        outputs=["retort-guide"],
        confirmed_on="2026-01-02",
        confirm_every=12,
    )
    body = next(b for b in bodies("activity") if b["title"] == "An activity with everything")

    row = dict(
        zip(
            [column.name for column in TABLES["activity"].columns],
            TABLES["activity"].row(body),
            strict=True,
        )
    )

    assert missing(TABLES["activity"], body) == []
    assert row["funding"] == "gef 12.50 USD; 3.00 EUR"
    assert row["links"] == "Report | https://example.org/r; Film | https://e.org/2"
    assert row["outputs"] == "retort-guide"
    assert row["confirm_every"] == 12


def test_places_elsewhere_exist(registry_data):
    """A reason about a place that no body has would hide a gap."""
    organisation = factories.partner(name="An association", acronym="AA", is_association=True)
    factories.partner(standing="represented", evidence="", represented_by=organisation.slug)
    factories.activity(
        funding_lines=[{"funder": organisation.slug, "amount": "1", "currency": "EUR"}]
    )

    for noun, table in TABLES.items():
        known = {path for body in bodies(noun) for path, _leaf in leaves(body, "")}
        assert set(table.elsewhere) - known == set(), noun


def test_table_of_some_fields_has_their_columns_only():
    table = TABLES["activity"].only(("title", "countries"))

    assert [column.name for column in table.columns] == ["title", "countries", "country_names"]
