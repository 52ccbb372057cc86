"""What the values of a submission may be: of each noun its fields, and what each should hold.

A draft keeps what is wrong as well, so the shapes are wide; the descriptions say what is accepted
at last. Everything is read from what the actions take.
"""

from django.db import models

from articles.dates import PartialDateField
from registry.actions.proposals import PROPOSALS
from registry.actions.rows import Rows
from registry.actions.shapes import Shape
from registry.actions.values import code_field
from registry.api.description.schemas import part, reference
from registry.queries.meaning.kinds import Schema, text

# NUL is no text: no database holds it.
TEXT = {"type": "string", "pattern": "^[^\\u0000]*$"}
SCALAR = {"anyOf": [TEXT, {"type": ["number", "boolean", "null"]}]}
ROW = {"type": "object", "propertyNames": TEXT, "additionalProperties": SCALAR}
VALUE: Schema = {
    "description": "Text, a number, true or false, null; or a list of codes or of rows.",
    "anyOf": [*SCALAR["anyOf"], {"type": "array", "items": {"anyOf": [*SCALAR["anyOf"], ROW]}}],
}


def schemas() -> dict[str, Schema]:
    """The values of each noun, and the bodies that open a draft of it."""
    found: dict[str, Schema] = {"Value": VALUE}
    for noun, proposal in PROPOSALS.items():
        fields = {name: _field(proposal.noun.shape, name) for name in proposal.fields}
        found[_values(noun)] = _closed(f"Fields of a record ({noun}) and their values.", fields)
    return found


def of_any_noun() -> Schema:
    """Values of a submission whose noun the address says."""
    return {"anyOf": [reference(_values(noun)) for noun in PROPOSALS]}


def opening(noun: str, *needed: str, **more: Schema) -> Schema:
    """The body that opens a draft of this noun, with these members besides."""
    named = {"noun": text("What the record is.", const=noun), **more}
    if "role" not in needed:
        named["values"] = reference(_values(noun))
    says = f"A draft ({noun}): of a new record; with `key` of a change; with `role` to take part."
    return _closed(says, named, "noun", *needed)


def _values(noun: str) -> str:
    return f"{noun.capitalize()}Values"


def _closed(says: str, fields: dict[str, Schema], *needed: str) -> Schema:
    return part(says, fields, *needed) | {"additionalProperties": False}


def _field(shape: Shape, name: str) -> Schema:
    for rows in shape.rows:
        if rows.name == name:
            return reference("Value") | {"description": _of_rows(rows)}
    field = shape.model._meta.get_field(name)
    return reference("Value") | {"description": f"{_label(field)}: {_of_column(field)}."}


def _of_rows(rows: Rows) -> str:
    columns = [f"{name} ({_of_column(field)})" for name, field in rows.fields.items()]
    if len(columns) == 1:
        return f"A list; of each: {_of_column(rows.fields[rows.columns[0]])}."
    return f"A list of rows with {', '.join(columns)}."


def _label(field: models.Field) -> str:
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _of_column(field: models.Field) -> str:
    if field.is_relation:
        kind = field.related_model._meta.verbose_name
        return f"{code_field(field.related_model)} of one {kind}"
    if field.choices:
        return "one of " + ", ".join(f"`{value}`" for value in dict(field.choices) if value)
    for kind, said in _KINDS:
        if isinstance(field, kind):
            return said
    return f"text, at most {field.max_length} characters" if field.max_length else "text"


_KINDS = (
    (models.BooleanField, "true or false"),
    (models.IntegerField, "a whole number"),
    (models.DecimalField, "an amount such as “1250.00”"),
    (models.URLField, "an address"),
    (PartialDateField, "a date as exact as it is known: 2024, 2024-05 or 2024-05-31"),
    (models.DateField, "a date such as 2024-05-31"),
)
