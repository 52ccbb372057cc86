"""The description as tables for a page: what can be asked, and what the fields mean."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from registry.api.asking import PARAMETERS
from registry.api.description.writes import TAG
from registry.api.guides import inline

# What is the same for all lists; the values of the others differ.
_ALIKE = PARAMETERS - {"fields", "expand", "facets"}
_MOST_NAMED = 13


@dataclass(frozen=True)
class Row:
    """A parameter or a field: its name, what it may be, what it means.

    `shape` names the schema that it holds; `twin` says that there is a `not_` of it too.
    """

    name: str
    kind: str
    says: SafeString
    shape: str = ""
    twin: bool = False


@dataclass(frozen=True)
class Part:
    """One address, or one shape, and the rows of its tables."""

    name: str
    title: str
    says: str
    address: str
    parameters: list[Row]
    fields: list[Row]


def lists(document: dict[str, Any]) -> list[Part]:
    """The lists, each with its own parameters and the fields of its records."""
    found = _operations(document, "list_")
    return [_list(document, path, each) for path, each in found.items()]


def overviews(document: dict[str, Any]) -> list[Part]:
    """The addresses that are neither a list nor a record."""
    found = {p: o for p, o in _operations(document, "").items() if o["tags"] == ["overviews"]}
    return [
        Part(each["operationId"], each["summary"], each["description"], path, _asked(each), [])
        for path, each in found.items()
    ]


def alike(document: dict[str, Any]) -> list[Row]:
    """The parameters that all lists share."""
    first = next(iter(_operations(document, "list_").values()))
    return [_parameter(each) for each in first["parameters"] if each["name"] in _ALIKE]


def shapes(document: dict[str, Any], parts: list[Part]) -> list[Part]:
    """The shapes that the fields of these parts hold, and those within them."""
    schemas, found = document["components"]["schemas"], {}
    waiting = [row.shape for part in parts for row in part.fields if row.shape]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = _shape(name, schemas[name])
            waiting += [row.shape for row in found[name].fields if row.shape]
    return [found[name] for name in sorted(found)]


def _shape(name: str, schema: dict[str, Any]) -> Part:
    return Part(name, name, schema["description"], "", [], _fields(schema))


def _operations(document: dict[str, Any], begin: str) -> dict[str, Any]:
    return {
        document["servers"][0]["url"] + path: methods["get"]
        for path, methods in document["paths"].items()
        if "get" in methods
        and methods["get"]["operationId"].startswith(begin)
        and methods["get"]["tags"] != [TAG]
    }


def _list(document: dict[str, Any], path: str, operation: dict[str, Any]) -> Part:
    [name] = operation["tags"]
    record = document["paths"][f"/{name}/{{key}}/"]["get"]["responses"]["200"]
    schema = _name(record["content"]["application/json"]["schema"])
    shown = document["components"]["schemas"][schema]
    own = [row for row in _asked(operation) if row.name not in _ALIKE - {"sort"}]
    return Part(name, name.capitalize(), shown["description"], path, own, _fields(shown))


def _asked(operation: dict[str, Any]) -> list[Row]:
    """Its parameters; those that leave values out are told with their twins."""
    found = operation["parameters"]
    twins = {each["name"] for each in found}
    return [
        _parameter(each, twin=f"not_{each['name']}" in twins)
        for each in found
        if not each["name"].startswith("not_")
    ]


def _parameter(each: dict[str, Any], *, twin: bool = False) -> Row:
    # That several values mean any of them is said once, above the tables.
    says = each["description"].partition(" Several values,")[0]
    kind = _kind(each["schema"]).removesuffix(", blank")
    return Row(each["name"], kind, inline(says), twin=twin)


def _fields(schema: dict[str, Any]) -> list[Row]:
    return [
        Row(name, _kind(each), inline(each["description"]), _held(each))
        for name, each in schema["properties"].items()
    ]


def _held(schema: dict[str, Any]) -> str:
    options = [schema, schema.get("items", {}), *schema.get("anyOf", [])]
    return next((_name(each) for each in options if "$ref" in each), "")


def _is_shape(schema: dict[str, Any]) -> bool:
    return bool(_held(schema)) and not _held(schema).endswith("Value")


def _name(schema: dict[str, Any]) -> str:
    return schema["$ref"].rpartition("/")[2]


def _kind(schema: dict[str, Any]) -> str:
    """What a value may be, in a few words."""
    if "$ref" in schema:
        return {"Since": "date or moment", "Cursor": "text"}.get(_name(schema), "")
    if "enum" in schema:
        named = [value or "blank" for value in schema["enum"]]
        return ", ".join(named) if len(named) <= _MOST_NAMED else "one of a list"
    if options := schema.get("anyOf"):
        return _kind(options[0]) or ("codes, none" if "none" in options[-1].get("enum", ()) else "")
    kinds = schema.get("type", "")
    return _of_kind(schema, kinds if isinstance(kinds, list) else [kinds])


def _of_kind(schema: dict[str, Any], kinds: list[str]) -> str:
    if kinds == ["array"]:
        held = _kind(schema["items"]) or "codes"
        several = "several of a list" if held == "one of a list" else f"any of: {held}"
        return "list of" if _is_shape(schema) else several
    if kinds[0] == "integer" and "maximum" in schema:
        return f"number, {schema['minimum']} to {schema['maximum']}"
    word = {"integer": "number", "string": "text", "boolean": "true or false", "object": "object"}
    named = schema.get("format", "").replace("date-time", "moment").replace("uri", "address")
    found = named or word.get(kinds[0], kinds[0])
    return f"{found} or null" if "null" in kinds else found
