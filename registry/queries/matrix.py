"""The area × article matrix under filters: one grammar for both of its nouns.

The names are those of the lists, said once for activities and guidance: `year_from` is where
activities began and documents were published in or after that year. A noun that a filter cannot be
asked of (guidance has no country) is not counted, and the matrix says so.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from registry.errors import Misunderstood
from registry.models import Activity, Guidance
from registry.queries import activities, guidance, statistics
from registry.queries.fields import ManyField
from registry.queries.figures import Asked, Figure, Line, Number
from registry.queries.lists import Listing, NounList
from registry.queries.statistics import Cell, Matrix

NAMES = ("country", "not_country", "kind", "not_kind", "year_from", "year_to")
_OF_KINDS = ("kind", "not_kind")
_OTHERS = tuple(name for name in NAMES if name not in _OF_KINDS)
_OF_NOUN = {"activity": dict(Activity.Kind.choices), "guidance": dict(Guidance.Kind.choices)}
KINDS = {value: label for kinds in _OF_NOUN.values() for value, label in kinds.items()}
_LISTS: dict[str, NounList] = {"activity": activities.LIST, "guidance": guidance.LIST}


@dataclass(frozen=True)
class Narrowed:
    """The matrix as it was asked for: what was asked of each noun; None: it is not counted."""

    matrix: Matrix
    asked: dict[str, Asked | None]
    listings: dict[str, Listing | None]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked."""
        return any(asked is None or asked for asked in self.asked.values())

    @property
    def activities(self) -> int:
        """How many activities are counted in it, each once."""
        return self._total("activity")

    @property
    def guidance(self) -> int:
        """How many guidance documents are counted in it, each once."""
        return self._total("guidance")

    def _total(self, noun: str) -> int:
        found = self.listings[noun]
        return found.count() if found else 0


def narrowed(data: MultiValueDict) -> Narrowed:
    """The matrix under these filters. Raises Misunderstood, naming what is not understood."""
    asked = _by_noun(data)
    listings = {noun: _listing(noun, one) for noun, one in asked.items()}
    if any(one != () for one in asked.values()):
        matrix = statistics.matrix_of(listings["activity"], listings["guidance"])
    else:
        matrix = statistics.matrix()
    return Narrowed(matrix, asked, listings)


def _by_noun(data: MultiValueDict) -> dict[str, Asked | None]:
    """What the parameters ask of each noun, in its own names."""
    if problems := _problems(data):
        raise Misunderstood(problems)
    return {noun: _of_noun(noun, data) for noun in _LISTS}


def _problems(data: MultiValueDict) -> dict[str, str]:
    unknown = _("There is no such filter here. There are: %s.") % ", ".join(NAMES)
    problems = {name: unknown for name in data if name not in NAMES}
    for name in _OF_KINDS:
        try:
            _kinds(data, name)
        except ValidationError as wrong:
            problems[name] = " ".join(wrong.messages)
    others = MultiValueDict({_own(name): data.getlist(name) for name in _OTHERS if name in data})
    try:
        activities.LIST.ask(others)
    except Misunderstood as wrong:
        shared = {_own(name): name for name in NAMES}
        problems |= {shared[name]: said for name, said in wrong.problems.items()}
    return problems


def _kinds(data: MultiValueDict, name: str) -> list[str]:
    """The kinds asked for, of either noun. Raises ValidationError naming an unknown one."""
    return ManyField(known=lambda asked: KINDS).clean(data.getlist(name))


def _own(name: str) -> str:
    """A filter's name in the list of activities."""
    return {"year_from": "start_from", "year_to": "start_to"}.get(name, name)


def _of_noun(noun: str, data: MultiValueDict) -> Asked | None:
    """What is asked of a noun; None where it has no such property, or no such kind."""
    asked = []
    for name in NAMES:
        values = [value for value in data.getlist(name) if value.strip()]
        if name in _OF_KINDS:
            given, values = values, [k for k in _kinds(data, name) if k in _OF_NOUN[noun]]
            if name == "kind" and given and not values:
                return None
        own = _own(name) if noun == "activity" else name
        if values and own not in _LISTS[noun].filters.all_filters():
            return None
        asked += [(own, value) for value in values]
    return tuple(asked)


def _listing(noun: str, asked: Asked | None) -> Listing | None:
    if asked is None:
        return None
    data: MultiValueDict = MultiValueDict()
    for name, value in asked:
        data.appendlist(name, value)
    return _LISTS[noun].ask(data)


def nothing(data: MultiValueDict) -> None:
    """Raise Misunderstood if anything is asked of a figure that cannot be narrowed."""
    unknown = _("This figure has no filters.")
    if problems := dict.fromkeys(data, unknown):
        raise Misunderstood(problems)


def figure(asked: Narrowed) -> Figure:
    """The matrix as a figure: a line for each area and article, and for each area as a whole."""
    nouns = tuple(noun for noun, one in asked.asked.items() if one is not None)
    lines = []
    for row in asked.matrix.rows:
        for cell in (*row.cells, row.whole):
            values = {"area": row.area, "name": row.name, "article": cell.article}
            lines.append(Line(values, tuple(_number(noun, cell, asked) for noun in nouns)))
    for cell in asked.matrix.columns:
        values = {"area": None, "name": None, "article": cell.article}
        lines.append(Line(values, tuple(_number(noun, cell, asked) for noun in nouns)))
    return Figure("matrix", ("area", "name", "article"), nouns, tuple(lines))


def _number(noun: str, cell: Cell, asked: Narrowed) -> Number:
    of_cell = (("area", cell.area), ("article", cell.article))
    own = tuple((name, str(value)) for name, value in of_cell if value)
    count = cell.activities if noun == "activity" else cell.guidance
    return Number(noun, count or 0, (*own, *asked.asked[noun]))
