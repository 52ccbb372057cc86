"""What stands beside a record: short lists, and numbers, each with the list that proves it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from articles.numbers import spaced
from registry.queries import articles
from registry.queries.figures import Number
from registry.queries.lists import Listing
from registry.queries.representation import Body

# A short list shows so many.
FEW = 5
# What serves more articles, or is done in more countries, has too much in common with too many.
FEW_IN_COMMON = 4


@dataclass(frozen=True)
class Relation:
    """A short list of what belongs to a record, and the way to all of it.

    `rows` names the template that draws it; `hides` what need not be said in each row, since the
    page is about it; `none` is said where there is nothing.
    """

    name: str
    title: str
    rows: str
    count: int
    bodies: list[Any]
    address: str = ""
    whole: str = ""
    none: str = ""
    hides: str = ""


def of_list(
    noun: str,
    title: str,
    *,
    name: str = "",
    none: str = "",
    hides: str = "",
    found: Listing | None = None,
    **filters: Any,
) -> Relation:
    """The first records of a list as its own page shows it, and the way there.

    `found` is the list under these filters, where it was asked for already.
    """
    found = found or articles.listing(noun, **filters)
    count = found.count()
    return Relation(
        name=name or f"of-{noun}",
        title=title,
        rows=_rows(noun),
        count=count,
        bodies=found.bodies(0, FEW) if count else [],
        address=address(noun, **filters),
        whole=whole(noun, count),
        none=none,
        hides=hides,
    )


def of_bodies(
    noun: str, title: str, bodies: list[Body], *, name: str = "", none: str = ""
) -> Relation:
    """Records that are all shown."""
    return Relation(name or f"of-{noun}", title, _rows(noun), len(bodies), bodies, none=none)


def _rows(noun: str) -> str:
    return f"components/brief_{noun}.html"


def address(noun: str, **filters: Any) -> str:
    """The address of a list under these filters; several values of one mean any of them."""
    asked = [
        (name, value)
        for name, given in filters.items()
        for value in ([given] if isinstance(given, str) else given)
    ]
    return Number(noun, 0, tuple(asked)).list


def whole(noun: str, n: int) -> str:
    """The words that lead from a short list to all of it."""
    said = {
        "activity": ngettext("See the activity in its list", "See all %(n)s activities", n),
        "guidance": ngettext("See the document in its list", "See all %(n)s documents", n),
        "partner": ngettext("See the organisation in its list", "See all %(n)s organisations", n),
        "meeting": ngettext("See the meeting in its list", "See all %(n)s meetings", n),
        "contribution": ngettext(
            "See the contribution in its list", "See all %(n)s contributions", n
        ),
        "decision": ngettext("See the decision in its list", "See all %(n)s decisions", n),
    }
    return said[noun] % {"n": spaced(n)}


@dataclass(frozen=True)
class Stat:
    """A number and what it counts; it leads to what proves it: a list, or a place on the page."""

    count: int
    label: str
    address: str
    shown: str = ""

    @property
    def words(self) -> str:
        """The number as people read it."""
        return self.shown or spaced(self.count)


def stat(
    noun: str, label: Callable[[int], str] | None = None, *, at: str = "", **filters: Any
) -> Stat:
    """How many records a list has. It leads there, or to their place on the page, `at`.

    `label` says what so many are, where the word for the noun is not enough.
    """
    count = articles.listing(noun, **filters).count()
    shown = at if at and count else address(noun, **filters)
    return Stat(count, label(count) if label else label_of(noun, count), shown)


def stat_of(relation: Relation, label: str) -> list[Stat]:
    """How many records a short list stands for, if any."""
    return [Stat(relation.count, label, relation.address)] if relation.count else []


def label_of(noun: str, n: int) -> str:
    """What a number of a noun's records counts."""
    said = {
        "activity": ngettext("activity", "activities", n),
        "guidance": ngettext("guidance document", "guidance documents", n),
        "partner": ngettext("partner", "partners", n),
        "meeting": ngettext("meeting", "meetings", n),
        "contribution": ngettext("contribution", "contributions", n),
        "decision": ngettext("decision", "decisions", n),
    }
    return said[noun]


@dataclass(frozen=True)
class Also:
    """A list that whoever reads a record may want next, and how many it holds."""

    text: str
    count: int
    address: str


def also(noun: str, text: str, **filters: Any) -> list[Also]:
    """The list, if it holds anything."""
    count = articles.listing(noun, **filters).count()
    return [Also(text, count, address(noun, **filters))] if count else []


def in_common(noun: str, text: str, **filters: list[str]) -> list[Also]:
    """The list of what has one of these values in common with a record, which is in it itself.

    Blank where nothing else is in it, and where the record has so many values that it would say
    little.
    """
    (values,) = filters.values()
    found = also(noun, text, **filters) if 0 < len(values) <= FEW_IN_COMMON else []
    return [each for each in found if each.count > 1]
