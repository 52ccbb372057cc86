"""No field is forgotten: each can be given and is shown to the public, or says why not."""

import pytest
from django.db.models import Field

from registry.actions import activities, areas, contributions, guidance, meetings, partners
from registry.models import Entry
from registry.queries import bodies
from registry.queries.representation import read_body

NOUNS = (activities, areas, contributions, guidance, meetings, partners)

# Fields that nobody gives, and why.
COMPUTED = {
    "id": "the database's own; nobody outside knows it",
    "version": "counts accepted changes",
    "created_at": "the clock",
    "updated_at": "the clock",
    "withdrawn_at": "set by withdraw, unset by restore",
    "number": "of an activity: given once, in order",
    "reference": "of an activity: from its number",
    "status": "of an activity: from its dates",
    "phase": "of an activity: from its dates",
    "freshness": "of an activity: from its last confirmation",
    "start_year": "from the start",
    "end_year": "from the end",
}
# Fields that no representation holds, and why.
HIDDEN = {
    "id": "the database's own; nobody outside knows it",
    "withdrawn_at": "a withdrawn record has no representation",
    "number": "of an activity: it is in the reference",
    "start_year": "for filters; it is in the start",
    "end_year": "for filters; it is in the end",
}
# What the public reads under another name.
SHOWN_AS = {"participations": "partners", "funding_lines": "funding"}


def _fields(model):
    return [field.name for field in model._meta.concrete_fields]


def _body(noun):
    """A body with every name it can have; all records of a noun have the same names."""
    entry = Entry.objects.public().filter(noun=noun.SHAPE.model.noun).first()
    return read_body(entry.body)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.SHAPE.model.noun)
def test_every_field_can_be_given(noun):
    given = set(noun.SHAPE.fields)

    assert [name for name in _fields(noun.SHAPE.model) if name not in given | COMPUTED.keys()] == []


@pytest.mark.django_db
@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.SHAPE.model.noun)
def test_every_field_and_row_is_shown(noun):
    body = _body(noun)

    names = {*_fields(noun.SHAPE.model), *(rows.name for rows in noun.SHAPE.rows)} - HIDDEN.keys()

    assert {name for name in names if SHOWN_AS.get(name, name) not in body} == set()


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.SHAPE.model.noun)
def test_every_table_of_rows_has_a_shape(noun):
    model = noun.SHAPE.model
    owned = {
        relation.related_model
        for relation in model._meta.related_objects
        if relation.on_delete.__name__ == "CASCADE"
    }

    assert owned == {rows.model for rows in noun.SHAPE.rows}


@pytest.mark.parametrize(
    "rows",
    [rows for noun in NOUNS for rows in noun.SHAPE.rows],
    ids=lambda rows: rows.model.__name__,
)
def test_every_column_of_a_row_can_be_given(rows):
    others = {"id", "position", rows.owner}

    assert set(_fields(rows.model)) - others == set(rows.columns)
    assert all(isinstance(field, Field) for field in rows.fields.values())


def test_reasons_are_about_fields_that_exist():
    known = {name for noun in NOUNS for name in _fields(noun.SHAPE.model)}

    assert (COMPUTED.keys() | HIDDEN.keys()) - known == set()


@pytest.mark.django_db
def test_every_representation_has_the_same_names_in_every_record():
    for noun in bodies.NOUNS:
        stored = Entry.objects.public().filter(noun=noun).values_list("body", flat=True)
        assert len({tuple(read_body(body)) for body in stored}) == 1
