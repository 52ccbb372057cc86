"""Every stored entry has the shape that its description promises."""

import json

import pytest
from jsonschema import Draft202012Validator

from registry.models import Entry
from registry.queries import meaning
from registry.queries.described import FIELDS

SCHEMAS = json.loads(json.dumps(meaning.schemas(), default=str))


def validator(name: str) -> Draft202012Validator:
    """Checks a value against one of the schemas."""
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("noun", list(FIELDS))
def test_every_stored_entry_has_the_shape_that_is_described(noun):
    shape = validator(meaning.component(noun))
    bodies = Entry.objects.public().filter(noun=noun).values_list("body", flat=True)

    wrong = [error.message for body in bodies for error in shape.iter_errors(json.loads(body))]

    assert (wrong, bool(bodies)) == ([], True)


def test_a_field_too_many_or_of_another_kind_would_be_found():
    shape = validator("CountryCard")

    assert list(shape.iter_errors({"code": "GH", "name": "Ghana"})) == []
    assert len(list(shape.iter_errors({"code": 7, "name": "Ghana"}))) == 1
    assert len(list(shape.iter_errors({"code": "GH", "name": "Ghana", "flag": ""}))) == 1
    assert len(list(shape.iter_errors({"code": "GH"}))) == 1


def test_every_field_has_a_sentence():
    for name, schema in SCHEMAS.items():
        for field, shape in schema["properties"].items():
            assert shape["description"].endswith((".", ".)")), f"{name}.{field}"
            assert ". ." not in shape["description"], f"{name}.{field}"
