"""What stands in a report, part by part, in words: the same for Word, PDF and the annex."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.dates import PartialDate
from articles.numbers import spaced
from registry.models import Activity, Partner
from registry.queries import quotable
from registry.queries.quotable.statistics import Chosen, choose
from registry.queries.representation import Body


@dataclass(frozen=True)
class Head:
    """What stands above a report: symbol, meeting, item of the agenda, title, date."""

    title: str
    symbol: str = ""
    meeting: str = ""
    item: str = ""
    date: dt.date | None = None


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is a chapter, 2 a section."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that bears a number."""

    text: str


@dataclass(frozen=True)
class Text:
    """A sentence that bears none: a note under a table, a line that says that nothing is there."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table with its caption; `widths` are shares of the width."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    # Columns that hold numbers.
    numbers: frozenset[int] = frozenset()


type Block = Heading | Paragraph | Text | Table


@dataclass(frozen=True)
class Report:
    """A report: its head, what it says of itself, its parts in order."""

    head: Head
    about: str
    blocks: tuple[Block, ...]
    revision: int
    language: str


def of(
    material: quotable.Material,
    scope: quotable.Scope,
    head: Head,
    *,
    revision: int,
    language: str,
    address: str,
) -> Report:
    """The report on a scope, in the language spoken; `address` is that of the registry."""
    chosen = choose(material, scope)
    statistics = {each.name: each for each in quotable.of(material, scope)}
    blocks = [
        *_introduction(chosen, scope, material),
        *_overview(statistics),
        *_by_area(chosen, material),
        *_money(statistics["budgets"]),
        *_method(statistics),
        *_annexes(chosen, material),
    ]
    about = _("Made from the registry of the Partnership (%(address)s), revision %(revision)d.")
    said = about % {"address": address, "revision": revision}
    return Report(head, said, tuple(blocks), revision, language)


def in_words(scope: quotable.Scope, material: quotable.Material) -> str:
    """A scope in words: “2017–2024; ASGM, Waste management; Articles 7 and 11”."""
    parts = [_period(scope)]
    names = {body["slug"]: _(body["short_name"]) for body in material.of("area")}
    parts.append(", ".join(names.get(slug, slug) for slug in scope.areas) or _("all areas"))
    numbers = ", ".join(map(str, scope.articles))
    parts.append(_("articles %s") % numbers if numbers else _("all articles"))
    return "; ".join(parts)


def _period(scope: quotable.Scope) -> str:
    if scope.first and scope.last:
        return f"{scope.first}–{scope.last}" if scope.first != scope.last else str(scope.first)
    if scope.first:
        return _("since %d") % scope.first
    return _("until %d") % scope.last if scope.last else _("all years")


def _introduction(
    chosen: Chosen, scope: quotable.Scope, material: quotable.Material
) -> Iterator[Block]:
    yield Heading(_("Introduction"))
    yield Paragraph(
        _(
            "The present report describes what the registry of the UNEP Global Mercury Partnership "
            "holds on the activities of the Partnership and the guidance that it offers "
            "(%(scope)s)."
        )
        % {"scope": in_words(scope, material)}
    )
    yield Paragraph(_count_of_activities(chosen))
    yield Paragraph(_count_of_guidance(chosen))


def _count_of_activities(chosen: Chosen) -> str:
    if not chosen.activities:
        return _("No activity is recorded that went on in the period.")
    said = ngettext(
        "%(n)s activity is recorded.", "%(n)s activities are recorded.", len(chosen.activities)
    ) % {"n": spaced(len(chosen.activities))}
    if chosen.undated:
        more = ngettext(
            "For %(n)s more the dates on record do not tell whether it went on in the period; it "
            "is not counted.",
            "For %(n)s more the dates on record do not tell whether they went on in the period; "
            "they are not counted.",
            len(chosen.undated),
        ) % {"n": spaced(len(chosen.undated))}
        said = f"{said} {more}"
    return said


def _count_of_guidance(chosen: Chosen) -> str:
    if not chosen.guidance:
        return _("No guidance document is recorded of these years.")
    return ngettext(
        "%(n)s guidance document is recorded.",
        "%(n)s guidance documents are recorded.",
        len(chosen.guidance),
    ) % {"n": spaced(len(chosen.guidance))}


def _overview(statistics: dict[str, quotable.Statistic]) -> Iterator[Block]:
    yield Heading(_("Overview"))
    for name, words in (
        ("activities", _("Table %(n)d shows how many activities that makes.")),
        ("attribution", _("Table %(n)d shows on what ground the Partnership counts them.")),
        ("organisations", _("Table %(n)d shows who takes part.")),
        ("areas", _("Table %(n)d shows activities and guidance by area of work.")),
        ("articles", _("Table %(n)d shows which articles of the Convention they serve.")),
        ("kinds", _("Table %(n)d shows which key role of the Partnership they play.")),
        ("levels", _("Table %(n)d shows at which level they work.")),
        ("countries", _("Table %(n)d shows where.")),
        ("guidance", _("Table %(n)d shows what kind of guidance there is.")),
    ):
        at = list(_NUMBERED).index(name) + 1
        yield Paragraph(words % {"n": at})
        yield _table(at, statistics[name])


_NUMBERED = (
    "activities",
    "attribution",
    "organisations",
    "areas",
    "articles",
    "kinds",
    "levels",
    "countries",
    "guidance",
    "budgets",
)


def _table(at: int, statistic: quotable.Statistic) -> Table:
    rows = tuple(tuple(_cell(cell) for cell in row) for row in statistic.rows)
    caption = _("Table %(n)d. %(title)s") % {"n": at, "title": statistic.title}
    count = len(statistic.columns)
    widths = (10 - 2 * (count - 1), *(2 for _column in range(count - 1)))
    return Table(caption, statistic.columns, rows, widths, frozenset(range(1, count)))


def _cell(cell: str | int) -> str:
    return spaced(cell) if isinstance(cell, int) else capfirst(cell)


def _by_area(chosen: Chosen, material: quotable.Material) -> Iterator[Block]:
    yield Heading(_("Areas of work"))
    for area in sorted(material.of("area"), key=lambda body: body["number"]):
        if chosen.scope.areas and area["slug"] not in chosen.scope.areas:
            continue
        yield Heading(capfirst(_(area["name"])), 2)
        if area["objective"]:
            yield Paragraph(_(area["objective"]))
        yield Paragraph(_area_in_words(chosen, area["slug"]))


def _area_in_words(chosen: Chosen, slug: str) -> str:
    within = [b for b in chosen.activities if slug in {card["slug"] for card in b["areas"]}]
    documents = [b for b in chosen.guidance if slug in {card["slug"] for card in b["areas"]}]
    if not within and not documents:
        return _("Neither an activity nor a guidance document is recorded.")
    said = [
        _said(within, ngettext("%(n)s activity", "%(n)s activities", len(within))),
        _said(documents, ngettext("%(n)s guidance document", "%(n)s documents", len(documents))),
    ]
    countries = sorted({card["name"] for body in within for card in body["countries"]})
    sentence = _("On record: %(what)s.") % {"what": _(" and ").join(filter(None, said))}
    if countries:
        where = _("Activities took place in %(countries)s.")
        sentence += " " + where % {"countries": ", ".join(countries)}
    return sentence


def _said(bodies: list[Body], words: str) -> str:
    return words % {"n": spaced(len(bodies))} if bodies else ""


def _money(budgets: quotable.Statistic) -> Iterator[Block]:
    yield Heading(_("Resources"))
    if not budgets.rows:
        yield Paragraph(_("No activity on record reports its budget."))
        return
    at = list(_NUMBERED).index("budgets") + 1
    yield Paragraph(
        _("Table %(n)d shows the budgets that are reported, each currency by itself.") % {"n": at}
    )
    yield _table(at, budgets)
    for what, count in budgets.left_out:
        if count:
            yield Text(f"{what}: {spaced(count)}")


def _method(statistics: dict[str, quotable.Statistic]) -> Iterator[Block]:
    yield Heading(_("How the numbers were made"))
    for name in _NUMBERED:
        each = statistics[name]
        yield Paragraph(f"{each.title}. {each.method}")


def _annexes(chosen: Chosen, material: quotable.Material) -> Iterator[Block]:
    yield Heading(_("Annex I. Activities"))
    yield from _listed(
        chosen.activities,
        _("Activities, by the area that they belong to first"),
        (_("Reference"), _("Title"), _("Led by"), _("Countries"), _("Articles"), _("Period")),
        (12, 32, 18, 16, 10, 12),
        _activity,
    )
    yield Heading(_("Annex II. Guidance"))
    yield from _listed(
        chosen.guidance,
        _("Guidance documents"),
        (_("Year"), _("Title"), _("Published by"), _("Articles"), _("Languages")),
        (7, 45, 24, 12, 12),
        _document,
    )
    yield Heading(_("Annex III. Partners"))
    partners = [body for body in material.of("partner") if body["standing"] == "partner"]
    yield from _listed(
        partners,
        _("Partners"),
        (_("Name"), _("Kind"), _("Seat"), _("Areas")),
        (44, 16, 18, 22),
        _partner,
    )


def _listed(
    bodies: list[Body],
    caption: str,
    columns: tuple[str, ...],
    widths: tuple[int, ...],
    row: Any,
) -> Iterator[Block]:
    if not bodies:
        yield Text(_("None is recorded."))
        return
    ordered = sorted(bodies, key=_order)
    yield Table(caption, columns, tuple(row(body) for body in ordered), widths)


def _order(body: Body) -> tuple[str, str, str]:
    area = next(iter(card["slug"] for card in body["areas"]), "~")
    return (
        area if "reference" in body else "",
        body.get("name", body.get("title", "")),
        body["slug"],
    )


def _activity(body: Body) -> tuple[str, ...]:
    leads = [p["acronym"] or p["name"] for p in body["partners"] if p["role"] == "lead"]
    return (
        body["reference"],
        body["title"],
        ", ".join(leads),
        ", ".join(card["name"] for card in body["countries"]),
        _articles(body),
        period(body),
    )


def _document(body: Body) -> tuple[str, ...]:
    return (
        str(body["year"] or ""),
        body["title"],
        ", ".join(card["acronym"] or card["name"] for card in body["publishers"]),
        _articles(body),
        ", ".join(edition["language"] for edition in body["editions"]),
    )


def _partner(body: Body) -> tuple[str, ...]:
    acronym = f" ({body['acronym']})" if body["acronym"] else ""
    return (
        body["name"] + acronym,
        str(Partner.Type(body["type"]).label) if body["type"] else "",
        body["country"]["name"] if body["country"] else "",
        ", ".join(_(card["short_name"]) for card in body["areas"]),
    )


def _articles(body: Body) -> str:
    return ", ".join(str(card["number"]) for card in body["articles"])


def period(body: Body) -> str:
    """When an activity went on, as far as it is known; its status where nothing is."""
    days = [PartialDate.parse(day).in_words() for day in (body["start"], body["end"]) if day]
    if days:
        return " – ".join(dict.fromkeys(days))
    return str(Activity.Status(body["status"]).label) if body["status"] else ""


def on(day: dt.date) -> str:
    """A day as it stands in the head of a document."""
    return date_format(day, "DATE_FORMAT")
