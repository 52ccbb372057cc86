"""Parameters of the figures: which one, and what narrows the matrix."""

from typing import Any

from registry.api.description.parameters import BLANK, Lists, Parameter, parameter
from registry.queries import activities, matrix
from registry.queries.fields import MOST_VALUES
from registry.queries.figures import FIGURES

_YEAR = {"type": "string", "pattern": "^((19[0-9]{2}|20[0-9]{2}|2100))?$"}


def of_matrix(lists: Lists) -> list[Parameter]:
    """The filters of the matrix, said once for both of its nouns."""
    country = lists.of("country", activities.LIST.filters.all_filters()["country"])
    kind = {"type": "string", "enum": [*matrix.KINDS, BLANK]}
    return [
        *_several("country", country, "Activities in any of these countries."),
        *_several("kind", kind, "Kinds of activities, of guidance, or of both."),
        parameter("year_from", _YEAR, "Begun or published in or after that year."),
        parameter("year_to", _YEAR, "Begun or published in or before that year."),
    ]


def which_figure() -> Parameter:
    """The code of a figure, other than the matrix, in the address."""
    found = {"name": "name", "in": "path", "required": True, "example": "years"}
    shape = {"type": "string", "enum": list(FIGURES)}
    return found | {"description": "Code of the figure.", "schema": shape}


def _several(name: str, value: Any, says: str) -> list[Parameter]:
    shape = {"type": "array", "items": value, "maxItems": MOST_VALUES}
    style = {"style": "form", "explode": True}
    return [
        parameter(name, shape, says, **style),
        parameter(f"not_{name}", shape, f"{says} They are left out.", **style),
    ]
