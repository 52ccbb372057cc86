"""Parameters of the API, described from the filters and from what a request may ask for."""

from typing import Any

import django_filters
from django.apps import apps
from django.db.models import Model
from django.http import QueryDict

from articles.models import SPINE
from registry import words
from registry.api import asking
from registry.models import Record
from registry.queries.criteria import Except, Many, Since, Words, Year
from registry.queries.described import EXPANDED, FIELDS
from registry.queries.fields import MOST_VALUES, NONE
from registry.queries.lists import NounList

Parameter = dict[str, Any]
Schema = dict[str, Any]

# Any text, but NUL, which no database keeps.
TEXT = {"type": "string", "pattern": "^[^\\u0000]*$"}
# Marks a list of values that grows with the records: today's values, not a promise.
OPEN = "x-grows"
# Forms send what was left blank; it is as if it were not given.
BLANK = ""
_SAID = {
    "area": "By the Partnership area.",
    "article": "By the article of the Convention that it serves.",
    "country": "By country, ISO 3166-1 alpha-2 in capital letters.",
}


def parameter(name: str, schema: Schema, says: str, **more: Any) -> Parameter:
    """A parameter of the query string."""
    return {"name": name, "in": "query", "description": says, "schema": schema, **more}


def names(name: str, known: Any, says: str) -> Parameter:
    """Several names of a closed list, separated by commas."""
    schema = {"type": "array", "items": {"type": "string", "enum": [*known, BLANK]}}
    return parameter(name, schema, says, style="form", explode=False)


class Lists:
    """Lists of values that several filters share and that grow: each a schema with one name.

    With `values`, today's are given; they are left out where there are too many to read.
    """

    def __init__(self, *, values: bool) -> None:
        self.values = values
        self.schemas: dict[str, Schema] = {}
        self._names: dict[Any, str] = {}

    def of(self, name: str, many: Many) -> Schema:
        """The schema of one value of a filter."""
        if many.labels not in self._names:
            # Asked for none of them, a list that may be very long gives none.
            known = list(many.labels(None if self.values else []))
            if known and _is_closed(known):
                return {"type": "string", "enum": [*many.known(None), BLANK]}
            self._names[many.labels] = f"{name.capitalize()}Value"
            self.schemas[self._names[many.labels]] = _growing(name, known)
        found = {"$ref": f"#/components/schemas/{self._names[many.labels]}"}
        others = [NONE, BLANK] if many.may_be_none else [BLANK]
        return {"anyOf": [found, {"enum": others}]}


def _growing(name: str, known: list[str]) -> Schema:
    says = f"A value of `{name}`. The list grows with the records; these are today's."
    return {"type": "string", "description": says, OPEN: True} | ({"enum": known} if known else {})


def _is_closed(known: list[str]) -> bool:
    """Whether the values are a list that a model declares, or articles, or yes and no."""
    values = frozenset(known)
    fields = (
        field
        for model in [*apps.get_app_config("articles").get_models(), *_public_models()]
        for field in model._meta.get_fields()
    )
    declared = {frozenset(dict(f.choices)) for f in fields if getattr(f, "choices", None)}
    articles = {frozenset(map(str, SPINE)), frozenset(map(str, range(1, 36)))}
    return values in declared | articles | {frozenset({"true", "false"})}


def _public_models() -> list[type[Model]]:
    """The records, and what is part of one: what other models declare is no value of theirs."""
    return [
        model
        for model in apps.get_app_config("registry").get_models()
        if issubclass(model, Record)
        or any(
            field.many_to_one and field.related_model and issubclass(field.related_model, Record)
            for field in model._meta.concrete_fields
        )
    ]


def of_list(listed: NounList, lists: Lists, formats: list[str]) -> list[Parameter]:
    """Every parameter of a noun's list."""
    filters = listed.ask(QueryDict("")).filters
    described = [_filter(name, each, lists) for name, each in filters.filters.items()]
    return [*described, *_asked(listed, list(filters.facets), formats)]


def _filter(name: str, each: django_filters.Filter, lists: Lists) -> Parameter:
    if isinstance(each, Many):
        value = lists.of(name, each)
        return _several(name, value, _SAID.get(name) or _meaning(value, each), each)
    if isinstance(each, Except):
        twin = name.removeprefix("not_")
        says = f"Leaves out what `{twin}` with the same values would find."
        return _several(name, lists.of(twin, each.twin), says, each.twin)
    if isinstance(each, Year):
        return parameter(
            name, {"type": "integer", "minimum": 1900, "maximum": 2100}, f"{each.label}."
        )
    if isinstance(each, Since):
        return parameter(name, {"$ref": "#/components/schemas/Since"}, "Changed at or after then.")
    if isinstance(each, Words):
        schema = TEXT | {"maxLength": words.LONGEST_QUERY}
        return parameter(name, schema, _WORDS)
    raise TypeError(f"{name}: a {type(each).__name__} is described nowhere; describe it here.")


_WORDS = (
    "Words in any of the six UN languages; a record must have all of them. "
    "Without `sort`, the best match comes first."
)


def _meaning(value: Schema, many: Many) -> str:
    """The filter's label; and of a closed list, what each value means."""
    known = many.known([]) if "enum" in value else {}
    told = [f"`{code}`: {label}" for code, label in known.items() if str(label) not in (code, "")]
    return f"{many.label}" + (f" ({'; '.join(told)})." if told else ".")


def _several(name: str, value: Schema, says: str, many: Many) -> Parameter:
    said = f"{says} Several values, `{name}=a&{name}=b` or `{name}=a,b`, mean any of them."
    if many.may_be_none:
        said += f" `{NONE}` means not recorded."
    schema = {"type": "array", "items": value, "maxItems": MOST_VALUES}
    return parameter(name, schema, said, style="form", explode=True)


def _asked(listed: NounList, facets: list[str], formats: list[str]) -> list[Parameter]:
    limit = {"type": "integer", "minimum": 1, "maximum": asking.MOST, "default": asking.USUAL}
    expanded = list(EXPANDED[listed.noun])
    sorts = list(listed.sorts)
    found = [
        parameter("sort", {"type": "string", "enum": [*sorts, BLANK], "default": sorts[0]}, _SORT),
        parameter("limit", limit, _LIMIT if expanded else "Records on a page."),
        parameter("cursor", {"$ref": "#/components/schemas/Cursor"}, _CURSOR),
        parameter("page", {"type": "integer", "minimum": 1, "maximum": asking.LAST_PAGE}, _PAGE),
        parameter(
            "total", {"type": "boolean", "default": False}, "Adds `total`: all records found."
        ),
        names("fields", FIELDS[listed.noun], "Only these fields of each record."),
    ]
    if expanded:
        found.append(names("expand", expanded, _EXPAND))
    if facets:
        found.append(names("facets", facets, _FACETS))
    return [*found, of_format(formats)]


def of_format(formats: list[str]) -> Parameter:
    """The parameter that chooses a representation, before Accept."""
    return parameter(
        "format", {"type": "string", "enum": formats}, "The representation; goes before Accept."
    )


_SORT = "The order. Equals come in the order in which they entered the registry."
_LIMIT = (
    f"Records on a page. With `expand` a page has {asking.MOST_EXPANDED} at most, whatever is "
    "asked for; `next` leads on."
)
_CURSOR = "Where the page begins. Take it from `next` of the page before, as it stands."
_PAGE = "The number of the page, from 1, instead of a cursor; records that come and go move it."
_EXPAND = "Puts the whole record, as `record`, into each card under these fields."
_FACETS = "Adds, for each of these filters, its values with counts, as if it were not in use."
