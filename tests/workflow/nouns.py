"""What the model knows of each noun: which fields must not be missing, and what is wrong in one."""

from typing import Any

Values = dict[str, Any]

WORST_START, NOWHERE = "last spring", "nowhere"
_LONGEST = {"title": 300, "name": 200}
NEEDED = {
    "activity": ("title", "summary", "kind", "level", "start", "participations", "articles"),
    "guidance": ("title", "kind", "role", "year", "publishers", "articles", "editions"),
    "partner": ("name", "type", "country", "areas", "involvement"),
}
# The fields that are written while a run goes on, the title first.
WRITTEN = {
    "activity": ("title", "summary", "start", "areas"),
    "guidance": ("title", "abstract", "year", "areas"),
    "partner": ("name", "involvement", "areas"),
}

# How what is not said is published.
BLANK: dict[str, Values] = {
    "activity": {"areas": []},
    "guidance": {"areas": [], "abstract": ""},
    "partner": {},
}


def is_blank(value: Any) -> bool:
    """Whether a value says nothing."""
    return value in (None, "", [])


def is_wrong(name: str, value: Any) -> bool:
    """Whether nothing could be published with this value."""
    if name in _LONGEST:
        return len(value) > _LONGEST[name]
    if isinstance(value, list):
        return NOWHERE in value or any(value.count(row) > 1 for row in value)
    return value == WORST_START


def settled(values: Values, base: Values) -> Values:
    """What a submission keeps: what differs from the published record."""
    return {
        name: value
        for name, value in values.items()
        if value != base.get(name) and not (is_blank(value) and is_blank(base.get(name)))
    }


def problems(kind: str, noun: str, values: Values, base: Values) -> set[str]:
    """The fields that keep it from being handed in, by themselves."""
    wrong = {name for name, value in values.items() if is_wrong(name, value)}
    if kind == "join":
        return wrong
    said = base | values
    needed = [name for name in NEEDED[noun] if kind == "create" or not is_blank(base.get(name))]
    return wrong | {name for name in needed if is_blank(said.get(name))}
