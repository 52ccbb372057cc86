"""What each figure says in a sentence, computed from its numbers."""

from collections import Counter
from collections.abc import Sequence

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.numbers import spaced
from registry.actions.activities import ENTRY_INTO_FORCE
from registry.queries.figures import Figure, Line
from registry.queries.matrix import Narrowed
from registry.queries.statistics import Cell

MILLION = 1_000_000
# More articles than these are told by their number.
MOST_NAMED = 3


def activities(n: int) -> str:
    """“1 activity”, “12 activities”."""
    return ngettext("%s activity", "%s activities", n) % spaced(n)


def documents(n: int) -> str:
    """“1 guidance document”, “12 guidance documents”."""
    return ngettext("%s guidance document", "%s guidance documents", n) % spaced(n)


def money(currency: str, amount: object) -> str:
    """An amount as short as it can be compared: “USD 1 035.1 million”."""
    if float(amount) < MILLION:
        return f"{currency} {spaced(amount)}"
    shown = {"currency": currency, "millions": millions(amount)}
    return _("%(currency)s %(millions)s million") % shown


def millions(amount: object) -> str:
    """An amount in millions, to one decimal: “1 035.1”, and “0.04” where that says nothing."""
    share = float(amount) / MILLION
    point = get_format("DECIMAL_SEPARATOR")
    if share < 0.1:
        return f"{share:.2g}".replace(".", point)
    tenths = round(share * 10)
    return f"{spaced(tenths // 10)}{point}{tenths % 10}"


def of_matrix(asked: Narrowed) -> str:
    """Which articles are served most and least, by activities or, without them, by guidance."""
    noun = "activity" if asked.asked["activity"] is not None else "guidance"
    said = activities if noun == "activity" else documents
    served = sorted(asked.matrix.columns, key=lambda cell: -_count(cell, noun))
    most, least = _count(served[0], noun), _count(served[-1], noun)
    if not most:
        return _("Nothing that was asked for serves Articles 3–14")
    first = _("%(articles)s most served: %(n)s")
    last = _("%(articles)s least: %(n)s") if least else _("%(articles)s not at all")
    parts = [(first, most)] + ([(last, least)] if least < most else [])
    return _("; ").join(
        words % {"articles": _articles(served, noun, n), "n": said(n)} for words, n in parts
    )


def _articles(served: list[Cell], noun: str, n: int) -> str:
    """The articles that are served by so many: by number, or where they are many, how many."""
    numbers = sorted(cell.article for cell in served if _count(cell, noun) == n)
    if len(numbers) > MOST_NAMED:
        return _("%(n)d of %(all)d articles") % {"n": len(numbers), "all": len(served)}
    named = _and([str(number) for number in numbers])
    return ngettext("Article %s", "Articles %s", len(numbers)) % named


def _count(cell: Cell, noun: str) -> int:
    return (cell.activities if noun == "activity" else cell.guidance) or 0


def of_years(figure: Figure) -> str:
    """How many began after the Convention entered into force, of those whose phase is known."""
    phases: Counter[str] = Counter()
    for line in figure.lines:
        phases[line.values["phase"]] += line.count
    after, known = phases["after"], phases["after"] + phases["interim"]
    if not known:
        return _("No activity has dates that tell its phase")
    day = date_format(ENTRY_INTO_FORCE)
    shown = {"n": spaced(after), "known": spaced(known), "day": day}
    said = _(
        "%(n)s of %(known)s activities whose phase is known began after the Convention entered "
        "into force on %(day)s"
    )
    return said % shown


def of_roles(figure: Figure) -> str:
    """The largest roles, as many as make up half of the activities."""
    total = sum(line.count for line in figure.lines)
    if not total:
        return _("No activity is recorded")
    leading = _leading(figure.lines, total)
    names = _and([str(line.values["name"]) for line in leading])
    n = sum(line.count for line in leading)
    shown = {"names": names, "n": spaced(n), "total": spaced(total)}
    return _first_large(_("%(names)s: %(n)s of %(total)s activities") % shown)


def _leading(lines: Sequence[Line], total: int) -> list[Line]:
    leading: list[Line] = []
    for line in lines:
        if sum(each.count for each in leading) * 2 >= total:
            break
        leading.append(line)
    return leading


def of_levels(figure: Figure) -> str:
    """The level of most activities."""
    total, most = sum(line.count for line in figure.lines), figure.lines[0]
    if not total:
        return _("No activity is recorded")
    shown = {"n": spaced(most.count), "total": spaced(total), "level": most.values["name"]}
    return _("%(n)s of %(total)s activities are %(level)s") % shown


def of_countries(figure: Figure) -> str:
    """In how many countries something is done, and where most."""
    active = [line for line in figure.lines if line.count]
    if not active:
        return _("No activity names a country")
    most = [line for line in active if line.count == active[0].count]
    names = _and([line.values["name"] for line in most[:3]])
    shown = {"n": spaced(len(active)), "names": names, "most": spaced(active[0].count)}
    return _("Activities in %(n)s countries and areas, most in %(names)s: %(most)s") % shown


def of_funding(figure: Figure) -> str:
    """The role that most money was reported for, in the currency in which most report."""
    lines = in_main_currency(figure)
    if not lines:
        return _("No activity reports its funding")
    total = sum(line.values["amount"] for line in lines)
    most = lines[0]
    shown = {
        "name": most.values["name"],
        "amount": money(most.values["currency"], most.values["amount"]),
        "total": money(most.values["currency"], total),
    }
    return _first_large(_("%(name)s: %(amount)s of %(total)s reported") % shown)


def in_main_currency(figure: Figure) -> list[Line]:
    """The lines in the currency in which most activities report; amounts in others stand apart."""
    reporting: Counter[str] = Counter()
    for line in figure.lines:
        reporting[line.values["currency"]] += line.count
    main = max(reporting, key=lambda code: (reporting[code], code), default="")
    return [line for line in figure.lines if line.values["currency"] == main]


def _and(names: Sequence[object]) -> str:
    if len(names) < 2:
        return "".join(map(str, names))
    first = _(", ").join(map(str, names[:-1]))
    return _("%(first)s and %(last)s") % {"first": first, "last": names[-1]}


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
