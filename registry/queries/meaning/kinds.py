"""What a field may hold, in the words of JSON Schema; columns say most of it themselves."""

from typing import Any

from django.db import models

from articles.dates import PartialDateField

Schema = dict[str, Any]
Fields = dict[str, Schema]

PARTIAL_DATE = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"
UNKNOWN, NONE = "Blank: not recorded.", "Null: not recorded."


def of(model: type[models.Model], **fields: str | Schema) -> Fields:
    """Fields in their order: a sentence for one that is a column of the model, or a schema."""
    return {
        name: column(model, name, says) if isinstance(says, str) else says
        for name, says in fields.items()
    }


def column(model: type[models.Model], name: str, says: str) -> Schema:
    """The schema of a column: its type, its closed list, whether it may be blank or null."""
    field = model._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        return {"type": "boolean", "description": says}
    if isinstance(field, models.DateTimeField):
        return {"type": "string", "format": "date-time", "description": says}
    if isinstance(field, models.DecimalField):
        return money(says, is_null=field.null)
    if isinstance(field, models.DateField | models.IntegerField):
        return _number_or_day(field, says)
    return _text(field, says)


def _number_or_day(field: models.Field, says: str) -> Schema:
    kind = {"type": "integer", "minimum": 0}
    if isinstance(field, models.DateField):
        kind = {"type": "string", "format": "date"}
    if field.null:
        kind["type"] = [kind["type"], "null"]
        says = f"{says} {NONE}"
    return kind | {"description": says}


def _text(field: models.Field, says: str) -> Schema:
    if field.choices:
        return choice(says, dict(field.choices), is_blank=field.blank)
    schema: Schema = {"type": "string"}
    if isinstance(field, PartialDateField):
        schema["pattern"] = PARTIAL_DATE
        says = f"{says} As exact as its source: a year, a month or a day."
    elif field.max_length:
        schema["maxLength"] = field.max_length
    if isinstance(field, models.SlugField):
        schema["pattern"] = "^[-a-zA-Z0-9_]+$"
    if isinstance(field, models.URLField) and not field.blank:
        schema["format"] = "uri"
    return schema | {"description": f"{says} {UNKNOWN}" if field.blank else says}


def choice(says: str, choices: dict[str, Any], *, is_blank: bool = False) -> Schema:
    """One of a closed list, each value with what it means where its name does not say it."""
    meanings = [f"`{v}`: {label}" for v, label in choices.items() if str(label) != v]
    values = [*choices, *([""] if is_blank else [])]
    parts = [says, "; ".join(meanings) + "." if meanings else "", UNKNOWN if is_blank else ""]
    return {
        "type": "string",
        "enum": values,
        "description": " ".join(part for part in parts if part),
    }


def text(says: str, **more: Any) -> Schema:
    """A text of its own."""
    return {"type": "string", **more, "description": says}


def flag(says: str) -> Schema:
    """True or false."""
    return {"type": "boolean", "description": says}


def money(says: str, *, is_null: bool = False) -> Schema:
    """An amount as text, so that no reader rounds it."""
    kind = ["string", "null"] if is_null else "string"
    said = f"{says} As text with two decimals, so that no reader rounds it."
    said = f"{said} {NONE}" if is_null else said
    return {"type": kind, "pattern": r"^[0-9]+\.[0-9]{2}$", "description": said}


def one(name: str, says: str, *, is_null: bool = False) -> Schema:
    """Another schema, by its name."""
    found = {"$ref": f"#/components/schemas/{name}"}
    if not is_null:
        return found | {"description": says}
    return {"anyOf": [found, {"type": "null"}], "description": f"{says} {NONE}"}


def many(item: str | Schema, says: str) -> Schema:
    """A list of another schema (by its name) or of plain values. Empty: none recorded."""
    items = {"$ref": f"#/components/schemas/{item}"} if isinstance(item, str) else item
    return {"type": "array", "items": items, "description": says}


def whole(says: str, fields: Fields) -> Schema:
    """An object with all of these fields and no other."""
    return {
        "type": "object",
        "description": says,
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
