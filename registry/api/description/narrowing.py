"""Parameters of a figure: which one, and what narrows the matrix."""

from typing import Any

from registry.api import figures
from registry.api.description.parameters import BLANK, Lists, Parameter, parameter
from registry.queries import activities, matrix
from registry.queries.fields import MOST_VALUES

_YEAR = {"type": "string", "pattern": "^((19[0-9]{2}|20[0-9]{2}|2100))?$"}


def of_figure(lists: Lists) -> list[Parameter]:
    """Which figure, and the filters of the matrix, said once for both of its nouns."""
    country = lists.of("country", activities.LIST.filters.all_filters()["country"])
    kind = {"type": "string", "enum": [*matrix.KINDS, BLANK]}
    return [
        _name(),
        *_several("country", country, "Activities in any of these countries."),
        *_several("kind", kind, "Kinds of activities, of guidance, or of both."),
        parameter("year_from", _YEAR, "Begun or published in or after that year."),
        parameter("year_to", _YEAR, "Begun or published in or before that year."),
    ]


def _name() -> Parameter:
    found = {"name": "name", "in": "path", "required": True, "example": "matrix"}
    shape = {"type": "string", "enum": list(figures.NAMES)}
    return found | {"description": "Code of the figure.", "schema": shape}


def _several(name: str, value: Any, says: str) -> list[Parameter]:
    shape = {"type": "array", "items": value, "maxItems": MOST_VALUES}
    style = {"style": "form", "explode": True}
    said = f"Only the matrix. {says}"
    return [
        parameter(name, shape, said, **style),
        parameter(f"not_{name}", shape, f"{said} They are left out.", **style),
    ]
