"""What a request to the API asks for beyond the filters: fields, expansion, facets, page, total."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from registry.errors import Clash, Misunderstood
from registry.queries.described import EXPANDED, FIELDS
from registry.queries.fields import not_one_of
from registry.queries.lists import Listing, NounList
from registry.queries.paging import Cursor

PARAMETERS = frozenset({"limit", "cursor", "page", "total", "fields", "expand", "facets", "format"})
USUAL, MOST = 25, 200
# An expanded record is many times larger, so fewer of them make a page, whatever is asked for.
MOST_EXPANDED = 50
LAST_PAGE = 1_000_000


@dataclass(frozen=True)
class Asked:
    """One understood request for a list."""

    listing: Listing
    limit: int
    cursor: Cursor | None
    page: int | None
    wants_total: bool
    fields: tuple[str, ...]
    expand: tuple[str, ...]
    facets: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether stored bodies can be handed out untouched."""
        return not self.fields and not self.expand


def read(data: QueryDict, of: NounList) -> Asked:
    """Understand a query string wholly.

    Raises Misunderstood, naming everything that is not, and Clash for what does not go together.
    """
    problems: dict[str, str] = {}
    listing = _listing(data, of, problems)
    expand = _names(data, "expand", EXPANDED[of.noun], problems)
    asked = Asked(
        listing=listing,
        limit=min(_limit(data, problems), MOST_EXPANDED if expand else MOST),
        cursor=None,
        page=_page(data, problems),
        wants_total=_flag(data, "total", problems),
        fields=_names(data, "fields", FIELDS[of.noun], problems),
        expand=expand,
        # Without a list that is understood, nobody knows its facets: one refusal is enough.
        facets=_names(data, "facets", listing.filters.facets, problems) if listing else (),
    )
    if problems:
        raise Misunderstood(problems)
    if "cursor" not in data:
        return asked
    if asked.page:
        raise Clash({"page": _("Give a page or a cursor, not both.")})
    return Asked(**vars(asked) | {"cursor": Cursor.read(data["cursor"], listing)})


def _listing(data: QueryDict, of: NounList, problems: dict[str, str]) -> Listing | None:
    try:
        return of.ask(data, also=PARAMETERS)
    except Misunderstood as wrong:
        problems |= wrong.problems
        return None


def _limit(data: QueryDict, problems: dict[str, str]) -> int:
    if not data.get("limit"):
        return USUAL
    try:
        return whole_number(data, "limit", USUAL, MOST, least=1)
    except Misunderstood as wrong:
        problems |= wrong.problems
        return USUAL


def _page(data: QueryDict, problems: dict[str, str]) -> int | None:
    if "page" not in data:
        return None
    try:
        return whole_number(data, "page", 1, LAST_PAGE, least=1)
    except Misunderstood as wrong:
        problems |= wrong.problems
        return None


def _flag(data: QueryDict, name: str, problems: dict[str, str]) -> bool:
    text = data.get(name, "false")
    if text not in ("true", "false"):
        problems[name] = not_one_of(text, ["true", "false"])
    return text == "true"


def _names(data: QueryDict, name: str, known: object, problems: dict[str, str]) -> tuple[str, ...]:
    asked = tuple(
        dict.fromkeys(part.strip() for part in data.get(name, "").split(",") if part.strip())
    )
    unknown = [each for each in asked if each not in known]
    if unknown and name not in problems:
        problems[name] = not_one_of(unknown[0], list(known) or [_("none")])
    return asked


def nothing_else(data: QueryDict, *known: str) -> None:
    """Raise Misunderstood if the query string names anything but these parameters."""
    there_are = ", ".join(known)
    problem = _("There is no such parameter here. There are: %s.") % there_are
    if problems := {name: problem for name in data if name not in known}:
        raise Misunderstood(problems)


def whole_number(data: QueryDict, name: str, usual: int, most: int, *, least: int = 0) -> int:
    """A whole number from `least` to `most`. Raises Misunderstood naming the value."""
    text = data.get(name, str(usual))
    if text.isascii() and text.isdigit() and len(text) <= 19 and least <= int(text) <= most:
        return int(text)
    said = {"value": text[:80], "least": least, "most": most}
    problem = _("“%(value)s” is not a number from %(least)d to %(most)d.")
    raise Misunderstood({name: problem % said})
