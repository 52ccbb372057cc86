"""Schemas of the statistics and of the index."""

from registry.api.description.schemas import REVISION, count
from registry.api.overviews import OVERVIEWS
from registry.queries import bodies
from registry.queries.meaning.kinds import Schema, many, text, whole

_TOTALS = {
    "areas": "Partnership areas.",
    "partners": "Partners; no other organisation is counted here.",
    "represented": "Entities on record that a partner association represents (PAG-6 §3d).",
    "other_organisations": "Organisations that take part or are named, without being partners.",
    "activities": "Activities.",
    "guidance": "Guidance documents.",
    "meetings": "Meetings.",
    "articles": "Articles to which records are mapped: 3–14.",
    "parties": "Parties bound by the Convention.",
    "decisions": "Decisions of the Conference of the Parties.",
}
_DISTRIBUTIONS = {
    "country": "country code; an activity counts in each of its countries",
    "region": "UNEP region; an activity counts in each of its regions",
    "year": "year of the start",
    "kind": "kind",
    "level": "level",
    "phase": "phase (PAG-6 §11–16)",
    "status": "status",
    "attribution": "ground of attribution (PAG-6 §4)",
}
_WHOLE = {
    "activities": count("Activities, each counted once."),
    "guidance": count("Guidance documents, each counted once."),
}

FIGURES: dict[str, Schema] = {
    "Totals": whole("How much the registry holds.", {k: count(v) for k, v in _TOTALS.items()}),
    "Cell": whole(
        "What serves one article. A record counts in each article that it serves.",
        {"article": {"type": "integer", "description": "Number of the article."}, **_WHOLE},
    ),
    "MatrixRow": whole(
        "One area across all articles.",
        {
            "area": text("Code of the area; `none`: cross-cutting."),
            "name": text("Short name of the area. Blank: cross-cutting."),
            "cells": many("Cell", "One for each article."),
            **_WHOLE,
        },
    ),
    "Matrix": whole(
        "Areas by articles (PAG-6 §13, figure 1). Cells do not add up to totals.",
        {
            "articles": many({"type": "integer"}, "Numbers of the articles."),
            "rows": many("MatrixRow", "One for each area, and one for records of no area."),
            "columns": many("Cell", "Each article over all areas."),
        },
    ),
    "ValueCount": whole(
        "A value and how many activities have it.",
        {
            "value": {"type": ["string", "integer", "null"], "description": "Null: not recorded."},
            "count": count("Activities."),
        },
    ),
    "Statistics": whole(
        "Every figure of the start page.",
        {
            "totals": {"$ref": "#/components/schemas/Totals", "description": "Totals."},
            "matrix": {"$ref": "#/components/schemas/Matrix", "description": "The matrix."},
            **{
                f"activities_by_{name}": many("ValueCount", f"Activities by {says}.")
                for name, says in _DISTRIBUTIONS.items()
            },
            "revision": REVISION,
        },
    ),
    "Figure": whole(
        "A figure line by line.",
        {
            "name": text("Code of the figure."),
            "rows": {
                "type": "array",
                "description": "Its lines: codes, numbers, and lists that prove the numbers. "
                "Null: not recorded, or taken together.",
                "items": {
                    "type": "object",
                    "additionalProperties": {"type": ["string", "integer", "null"]},
                },
            },
            "revision": REVISION,
        },
    ),
    "Index": whole(
        "The addresses of everything there is.",
        {
            **{
                name: {"type": "string", "format": "uri", "description": "Address."}
                for name in (*bodies.NOUNS, *OVERVIEWS)
            },
            "revision": REVISION,
        },
    ),
    "Token": whole(
        "The key that asks.",
        {
            "name": text("What the key is for."),
            "prefix": text("How its secret begins."),
            "scope": text("What it may do.", enum=["read", "write"]),
            "expires_on": text("The last day on which it can be used.", format="date"),
            "last_used_at": text("When it was last used, to the minute.", format="date-time"),
            "owner": {
                "type": ["string", "null"],
                "description": "Name of the person whose key it is. Null: not recorded.",
            },
            "partner": {
                "type": ["string", "null"],
                "description": "Code of the organisation for which it acts. Null: for none.",
            },
        },
    ),
    "OpenApi": {"type": "object", "description": "An OpenAPI document.", "required": ["openapi"]},
}
