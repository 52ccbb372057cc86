"""Schemas of what surrounds the records: lists, search, statistics, changes, problems."""

from typing import Any

from registry.queries import bodies, meaning
from registry.queries.described import EXPANDED
from registry.queries.meaning.kinds import Schema, flag, many, one, text, whole
from registry.queries.paging import SHAPE


def count(says: str) -> Schema:
    """A number of things."""
    return {"type": "integer", "minimum": 0, "description": says}


def part(says: str, fields: dict[str, Schema], *needed: str) -> Schema:
    """Fields of which only some must be there."""
    return whole(says, fields) | {"required": list(needed)}


def address(says: str, *, is_null: bool = False) -> Schema:
    """An address, whole."""
    kind = ["string", "null"] if is_null else "string"
    return {"type": kind, "format": "uri", "description": says}


REVISION = count("The public revision that the answer shows; every accepted change advances it.")


def reference(name: str) -> Schema:
    """Another schema, by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def nouns() -> dict[str, Schema]:
    """Schemas of the records, of parts of them, and of their lists."""
    found = dict(meaning.schemas())
    for noun, (says, fields) in meaning.NOUNS.items():
        name = meaning.component(noun)
        found[f"{name}Part"] = part(
            f"{says} Some of its fields, as `fields` and `expand` chose them.",
            {field: _expandable(noun, field, shape, found) for field, shape in fields.items()},
        )
        found[f"{name}List"] = _listed(name)
    return found


def _expandable(noun: str, field: str, shape: Schema, found: dict[str, Schema]) -> Schema:
    """The field as it is with `expand`: its cards may hold the whole record."""
    if field not in EXPANDED[noun]:
        return shape
    target = EXPANDED[noun][field]
    card = str(next(_references(shape))).rpartition("/")[2]
    name = f"{card}Of{meaning.component(target)}"
    found[name] = found[card] | {
        "properties": found[card]["properties"]
        | {"record": one(meaning.component(target), "With `expand`: the record.", is_null=True)}
    }
    return _renamed(shape, card, name)


def _references(shape: Any):
    if isinstance(shape, dict):
        if "$ref" in shape:
            yield shape["$ref"]
        for value in shape.values():
            yield from _references(value)
    elif isinstance(shape, list):
        for value in shape:
            yield from _references(value)


def _renamed(shape: Any, old: str, new: str) -> Any:
    if isinstance(shape, dict):
        return {key: _renamed(value, old, new) for key, value in shape.items()}
    if isinstance(shape, list):
        return [_renamed(value, old, new) for value in shape]
    return f"#/components/schemas/{new}" if shape == f"#/components/schemas/{old}" else shape


def _listed(name: str) -> Schema:
    either = {"anyOf": [reference(name), reference(f"{name}Part")]}
    options = many("FacetValue", "Values of one filter.")
    return part(
        "A page of records.",
        {
            "results": many(either, "The records."),
            "next": address("Address of the next page. Null: this is the last.", is_null=True),
            "total": count("With `total=true`: all records found, on whatever page."),
            "facets": {
                "type": "object",
                "description": "With `facets`: values and counts for each filter asked for.",
                "additionalProperties": options,
            },
            "revision": REVISION,
        },
        "results",
        "next",
        "revision",
    )


_PROBLEM_AT = {
    "parameter": text("Name of the parameter that it is about."),
    "header": text("Name of the request header that it is about."),
    "pointer": text("JSON pointer to the field that it is about."),
    "detail": text("What is wrong, with the value and the remedy."),
    "current": {"description": "Of a field that somebody else changed: what it says now."},
    "proposed": {"description": "And what was sent, which is not lost."},
}

_PIECE = whole("A stretch of text.", {"text": text("The text."), "match": flag("Is it a match?")})
_HIT = whole(
    "A record that was found.",
    {
        "noun": text("What it is.", enum=list(bodies.NOUNS)),
        "key": text("Its code."),
        "path": text("Path of its page."),
        "title": many("Piece", "Its title, with the matching words told apart."),
        "passage": many("Piece", "The best passage of its text, likewise."),
    },
)
_CHANGE = whole(
    "A record that was created, changed or withdrawn.",
    {
        "noun": text("What it is.", enum=list(bodies.NOUNS)),
        "key": text("Its code."),
        "revision": count("The revision that changed it last."),
        "changed_at": text("When that was, UTC.", format="date-time"),
        "withdrawn": flag("Whether it was withdrawn: delete your copy."),
        "body": {
            "description": "The whole record as it is now. Null: it was withdrawn.",
            "anyOf": [*(reference(meaning.component(n)) for n in bodies.NOUNS), {"type": "null"}],
        },
    },
)

OTHERS: dict[str, Schema] = {
    "Since": {
        "description": (
            "A day (its first moment, UTC) or a moment with its zone, ISO 8601. Blank: at any time."
        ),
        "anyOf": [
            {"const": ""},
            {"type": "string", "format": "date"},
            {"type": "string", "format": "date-time"},
        ],
    },
    "Cursor": {
        "type": "string",
        "description": "A signed mark of where a page begins. Keep it as it stands.",
        "pattern": f"^{SHAPE.pattern}$",
    },
    "FacetValue": whole(
        "A value of a filter and how many records have it.",
        {
            "value": text("What the filter takes; `none`: not recorded."),
            "label": text("Its name."),
            "count": count("Records that have it, all other filters applied."),
        },
    ),
    "Piece": _PIECE,
    "Hit": _HIT,
    "SearchResults": whole(
        "Records of all nouns, best match first.",
        {
            "results": many("Hit", "The records."),
            "total": count("All records found, of the noun if one is asked for."),
            "by_noun": {
                "type": "object",
                "description": "How many of each noun.",
                "additionalProperties": count("Records found."),
            },
            "suggestion": {
                "type": ["string", "null"],
                "description": "The words in a better spelling. Null: all are known.",
            },
            "has_all_words": flag("False: no record has all the words, so any of them did."),
            "revision": REVISION,
        },
    ),
    "Change": _CHANGE,
    "Changes": whole(
        "What changed, oldest change first; each record once, as it is now.",
        {
            "changes": many("Change", "The records."),
            "next": address("Address of the next page. Null: this is the last.", is_null=True),
            "revision": count("Ask from here next time, once there is no next page."),
        },
    ),
    "ProblemAt": part("What is wrong, and where.", _PROBLEM_AT, "detail"),
    "Problem": part(
        "What went wrong (RFC 9457); every error of the API has this shape.",
        {
            "type": text("A URI of the kind of problem; about:blank: the title says it."),
            "title": text("The problem in a few words."),
            "status": {"type": "integer", "minimum": 400, "maximum": 599, "description": "Status."},
            "detail": text("The problem in a sentence."),
            "errors": many("ProblemAt", "Every parameter or field that is wrong."),
            "version": count(
                "Of what somebody else changed: the version that a new attempt starts from."
            ),
        },
        "type",
        "title",
        "status",
    ),
}
