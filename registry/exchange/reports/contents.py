"""What stands in a report, part by part, in words: the same for Word, PDF and the annex."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.numbers import spaced
from registry.exchange.reports.annexes import annexes
from registry.exchange.reports.blocks import Block, Head, Heading, Paragraph, Report, Table, Text
from registry.queries import quotable
from registry.queries.quotable.statistics import Chosen, about, choose
from registry.queries.representation import Body


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
    statistics = {each.name: each for each in about(chosen)}
    blocks = [
        *_introduction(chosen, scope, material),
        *_overview(statistics),
        *_by_area(chosen, material),
        *_money(statistics["budgets"]),
        *_method(statistics),
        *annexes(chosen, material),
    ]
    source = _("Made from the registry of the Partnership (%(address)s), revision %(revision)d.")
    said = source % {"address": address, "revision": revision}
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
