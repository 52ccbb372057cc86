"""The figures as a page shows them: message, drawing, notes, and the numbers as a table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.numbers import spaced
from registry.actions.activities import ENTRY_INTO_FORCE
from registry.exchange.geojson_files import disclaimer
from registry.queries import figures, matrix, revision
from registry.queries.articles import listing
from registry.queries.fields import NONE
from registry.queries.figures import Figure, Line, Number
from registry.queries.matrix import Narrowed
from registry.web.charts import bars, columns, grid, messages, parts, world
from registry.web.charts.parts import Drawing
from registry.web.listing import narrowed_by


@dataclass(frozen=True)
class Cell:
    """A cell of the table: a number leads to its list."""

    text: Any
    address: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Note:
    """What is said under a figure; a number in it has its list."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Shown:
    """A figure to be shown. `notes` must be said wherever it is."""

    name: str
    title: str
    says: str
    drawing: Drawing
    head: list[str]
    rows: list[list[Cell]]
    notes: list[Note] = field(default_factory=list)
    query: str = ""

    @cached_property
    def svg(self) -> SafeString:
        """The drawing for a page."""
        return parts.on_page(self.drawing)

    @property
    def source(self) -> str:
        """Where the numbers come from."""
        said = _("Source: Registry of the Global Mercury Partnership, revision %s.")
        return said % spaced(revision.current())

    def file(self, site: str) -> SafeString:
        """The drawing as a file of its own."""
        notes = [*(note.text for note in self.notes), f"{self.source} {site}/"]
        return parts.as_file(self.drawing, self.title, self.says, notes, site)


def of_matrix(asked: Narrowed, data: QueryDict) -> Shown:
    """The matrix; as a page it is a table itself."""
    words = {"activity": _("activities"), "guidance": _("guidance documents")}
    # Where neither is counted, the cells say what they would hold.
    counted = [w for noun, w in words.items() if asked.asked[noun] is not None] or [*words.values()]
    title = _("By area of work and article of the Minamata Convention: %s") % _(" and ").join(
        counted
    )
    cells = _(
        "In each cell: %s. A record that serves several articles or areas is counted in each."
    ) % _(" above ").join(counted)
    return Shown(
        name="matrix",
        title=messages.of_matrix(asked),
        says=title,
        drawing=lambda pen: grid.draw(pen, asked.matrix, title),
        head=[],
        rows=[],
        notes=[Note(cells), *narrowed_to(asked)],
        query=data.urlencode(),
    )


def narrowed_to(asked: Narrowed) -> list[Note]:
    """The filters in use as a sentence, for what leaves the page."""
    said = {
        f"{label}: {values}": None
        for listing in asked.listings.values()
        for label, values in (narrowed_by(listing) if listing else [])
    }
    return [Note(_("Narrowed to: %s.") % _("; ").join(said))] if said else []


def of_years(figure: Figure) -> Shown:
    """Activities by year of their beginning, told apart by phase."""
    dated = [line for line in figure.lines if line.values["year"] is not None]
    keys = [words for phase, words in _phases() if any(_is(line, phase) for line in dated)]
    years = _columns(dated)
    title = messages.of_years(figure)
    return Shown(
        name="years",
        title=title,
        says=_("Columns: activities by the year in which they began, by phase."),
        drawing=lambda pen: columns.draw(pen, years, ENTRY_INTO_FORCE, keys, title),
        head=[_("Year"), _("Phase"), _("Activities")],
        rows=[_row(line, line.values["year"], _phase(line)) for line in dated],
        notes=[_dated(figure, sum(line.count for line in dated))],
    )


def _dated(figure: Figure, count: int) -> Note:
    said = _("%(n)s of %(total)s activities say in which year they began.") % {
        "n": spaced(count),
        "total": spaced(sum(line.count for line in figure.lines)),
    }
    # Every year that can be asked for: those that are not recorded are left out.
    return Note(said, Number("activity", count, (("start_from", "1900"),)).list)


def _phases() -> list[tuple[str | None, str]]:
    return [
        ("interim", _("began before entry into force")),
        ("after", _("began after entry into force")),
        (None, _("in 2017, on a day that is not recorded")),
    ]


def _is(line: Line, phase: str | None) -> bool:
    return line.values["phase"] == phase


def _phase(line: Line) -> str:
    return next(words for phase, words in _phases() if _is(line, phase))


def _columns(dated: list[Line]) -> list[columns.Column]:
    years: dict[int, dict[str | None, int]] = {}
    for line in dated:
        years.setdefault(line.values["year"], {})[line.values["phase"]] = line.count
    found = []
    for year, counts in years.items():
        total = sum(counts.values())
        span = (("start_from", str(year)), ("start_to", str(year)))
        address = Number("activity", total, span).list
        of_phase = tuple(counts.get(phase, 0) for phase, _words in _phases())
        says = f"{year}: {messages.activities(total)}"
        found.append(columns.Column(year, of_phase, address, says))
    return found


def _row(line: Line, *texts: Any) -> list[Cell]:
    numbers = [Cell(spaced(each.count), each.list, True) for each in line.numbers]
    return [*(Cell(text) for text in texts), *numbers]


def of_roles(figure: Figure) -> Shown:
    """Activities by key role."""
    return _of_bars(figure, messages.of_roles(figure), _("Key role"))


def of_levels(figure: Figure) -> Shown:
    """Activities by level."""
    return _of_bars(figure, messages.of_levels(figure), _("Level"))


def _of_bars(figure: Figure, title: str, head: str) -> Shown:
    drawn = [_bar(line, line.count, spaced(line.count)) for line in figure.lines]
    return Shown(
        name=figure.name,
        title=title,
        says=_("Bars: activities by %s.") % head.lower(),
        drawing=lambda pen: bars.draw(pen, drawn, title),
        head=[head, _("Activities")],
        rows=[_row(line, line.values["name"]) for line in figure.lines],
    )


def _bar(line: Line, amount: Any, shown: str) -> bars.Bar:
    name, address = str(line.values["name"]), line.numbers[0].list
    # It begins with what is to be seen, for those who say aloud what they see.
    money = f"{shown} {_millions_of(line)}, " if "amount" in line.values else ""
    says = f"{name}: {money}{messages.activities(line.count)}"
    return bars.Bar(name, float(amount), shown, address, says)


def of_funding(figure: Figure) -> Shown:
    """Funding as reported, in the currency in which most is reported; the table has all."""
    main = messages.in_main_currency(figure)
    drawn = [_bar(line, line.values["amount"], _millions(line)) for line in main]
    title = messages.of_funding(figure)
    currency = main[0].values["currency"] if main else ""
    notes = [Note(_("As reported for whole activities; nothing is converted or adjusted."))]
    if others := [line for line in figure.lines if line not in main]:
        said = _("; ").join(f"{line.values['name']}: {_money(line)}" for line in others)
        notes.append(Note(_("Reported in other currencies: %s.") % said))
    return Shown(
        name="funding",
        title=title,
        says=_("Bars: funding as reported in millions of %s, by key role.") % currency,
        drawing=lambda pen: bars.draw(pen, drawn, title),
        head=[_("Key role"), _("As reported"), _("Activities")],
        rows=[_row(line, line.values["name"], _money(line)) for line in figure.lines],
        notes=notes,
    )


def _millions_of(line: Line) -> str:
    return _("million %s") % line.values["currency"]


def _millions(line: Line) -> str:
    return messages.millions(line.values["amount"])


def _money(line: Line) -> str:
    return messages.money(line.values["currency"], line.values["amount"])


def of_countries(figure: Figure) -> Shown:
    """Countries on the map; beside it a table of those where something is done."""
    dots = [_dot(line) for line in figure.lines]
    title = messages.of_countries(figure)
    return Shown(
        name="countries",
        title=title,
        says=_("Map: a dot for each country, larger for more activities."),
        drawing=lambda pen: world.draw(pen, dots, title),
        head=[_("Country"), _("Activities")],
        rows=[_of_country(line) for line in figure.lines if line.count],
        notes=[
            Note(_("An activity counts in each of its countries. Rings: States without any.")),
            Note(disclaimer()),
            *_nowhere(),
        ],
    )


def _nowhere() -> list[Note]:
    """How many activities are on no map, with their list."""
    count = listing("activity", country=NONE).count()
    if not count:
        return []
    said = _("Not on the map: %s that name no country, most of them regional or global.")
    number = Number("activity", count, (("country", NONE),))
    return [Note(said % messages.activities(count), number.list)]


def _page(line: Line) -> str:
    return f"/countries/{line.values['country'].lower()}/"


def _dot(line: Line) -> world.Dot:
    says = f"{line.values['name']}: {messages.activities(line.count)}"
    return world.Dot(line.values["country"], line.count, _page(line), says)


def _of_country(line: Line) -> list[Cell]:
    number = line.numbers[0]
    shown = Cell(line.values["name"], _page(line))
    return [shown, Cell(spaced(number.count), number.list, True)]


_SHOWN: dict[str, Callable[[Figure], Shown]] = {
    "years": of_years,
    "roles": of_roles,
    "levels": of_levels,
    "funding": of_funding,
    "countries": of_countries,
}
NAMES = ("matrix", *_SHOWN)


def shown(name: str, data: QueryDict) -> Shown:
    """A figure by its name; only the matrix can be narrowed.

    Raises Misunderstood, naming what is not understood.
    """
    if name == "matrix":
        return of_matrix(matrix.narrowed(data), data)
    matrix.nothing(data)
    return _SHOWN[name](figures.FIGURES[name]())
