"""Each statistic that may be quoted: its numbers, how they were made, what was left out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from registry.models import Activity, Guidance, Partner
from registry.queries.quotable import counting
from registry.queries.quotable.material import Material
from registry.queries.quotable.scope import Scope
from registry.queries.representation import Body

type Row = tuple[str | int, ...]


@dataclass(frozen=True)
class Statistic:
    """A table of numbers with its method; `left_out` says what is not in it, and how many."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    method: str
    left_out: tuple[tuple[str, int], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """It as plain data."""
        return {
            "name": self.name,
            "title": self.title,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "method": self.method,
            "left_out": [{"what": what, "count": count} for what, count in self.left_out],
        }


@dataclass(frozen=True)
class Chosen:
    """The records that statistics are about."""

    material: Material
    scope: Scope
    activities: list[Body]
    undated: list[Body]
    guidance: list[Body]
    undated_guidance: list[Body]

    def left_out(self) -> tuple[tuple[str, int], ...]:
        """The activities whose dates do not tell whether they went on in the period."""
        said = _("Activities whose dates do not tell whether they went on in the period")
        return ((said, len(self.undated)),) if self.scope.has_period else ()


def of(material: Material, scope: Scope) -> list[Statistic]:
    """All statistics of these records within a scope, in the language spoken."""
    return about(choose(material, scope))


def about(chosen: Chosen) -> list[Statistic]:
    """All statistics of records that are chosen already."""
    return [statistic(chosen) for statistic in ALL]


def choose(material: Material, scope: Scope) -> Chosen:
    """The records of a scope."""
    return Chosen(
        material,
        scope,
        *scope.dated(material.of("activity")),
        *scope.published(material.of("guidance")),
    )


def _once(chosen: Chosen) -> Statistic:
    activities = chosen.activities
    again = counting.repeated(activities, chosen.material.alike)
    within = counting.projects(activities)
    rows = (
        (_("Activities on record"), len(activities)),
        (_("Look-alikes beyond the first of their group"), len(again)),
        (_("Activities, look-alikes counted once"), len(activities) - len(again)),
        (_("Projects whose programme is counted, too"), len(within)),
        (
            _("Activities, look-alikes once and programmes without their projects"),
            len(activities) - len(again | within),
        ),
    )
    method = _(
        "Look-alikes are records that the registry finds alike in title, countries, partners and "
        "years, and that nobody has said are different; some may be. Programmes of the Global "
        "Environment Facility and their projects are told apart by their numbers."
    )
    return _statistic(chosen, "activities", _("Activities"), rows, method)


def _attribution(chosen: Chosen) -> Statistic:
    method = _(
        "Activities carried out by UNEP, by partners within the Partnership, and associated ones "
        "are counted apart (PAG-6 §4). The numbers are not to be added up: where attribution is "
        "not recorded, nobody has said yet that the Partnership may count the activity."
    )
    rows = _by_choice(chosen.activities, "attribution", Activity.Attribution)
    return _statistic(chosen, "attribution", _("Activities by attribution"), rows, method)


def _organisations(chosen: Chosen) -> Statistic:
    standings = Counter(body["standing"] for body in chosen.material.of("partner"))
    rows = tuple(
        (str(Partner.Standing(value).label), standings[value]) for value in Partner.Standing.values
    )
    method = _(
        "Only organisations with evidence that they joined are partners. Entities that partner "
        "associations represent are counted apart (PAG-6 §3d), and so are organisations that only "
        "take part in activities or are named in records. The period does not narrow them."
    )
    columns = (_("Organisations"), _("Number"))
    return Statistic("organisations", _("Partners and organisations"), columns, rows, method)


def _areas(chosen: Chosen) -> Statistic:
    activities = _counted(chosen.activities, "areas", "slug")
    guidance = _counted(chosen.guidance, "areas", "slug")
    known = [(body["slug"], body["short_name"]) for body in _numbered(chosen.material.of("area"))]
    rows = [(_(name), activities[slug], guidance[slug]) for slug, name in known]
    rows.append((_("Cross-cutting"), activities[None], guidance[None]))
    method = _("A record counts in each of its areas, so the lines do not add up to the whole.")
    return _of_both(chosen, "areas", _("By area of work"), rows, method)


def _articles(chosen: Chosen) -> Statistic:
    activities = _counted(chosen.activities, "articles", "number")
    guidance = _counted(chosen.guidance, "articles", "number")
    rows = [
        (_("Article %d") % number, activities[number], guidance[number])
        for number in chosen.material.articles
    ]
    rows.append((_("None recorded"), activities[None], guidance[None]))
    method = _(
        "A record counts for each article that it serves, whether its source names the article or "
        "the secretariat has read it so; the lines do not add up to the whole."
    )
    return _of_both(chosen, "articles", _("By article of the Convention"), rows, method)


def _levels(chosen: Chosen) -> Statistic:
    rows = _by_choice(chosen.activities, "level", Activity.Level)
    method = _("Each activity has one level.")
    return _statistic(chosen, "levels", _("Activities by level"), rows, method)


def _kinds(chosen: Chosen) -> Statistic:
    rows = _by_choice(chosen.activities, "kind", Activity.Kind)
    method = _("Each activity has one kind, after the key roles of the Partnership (PAG-6 §5).")
    return _statistic(chosen, "kinds", _("Activities by key role"), rows, method)


def _countries(chosen: Chosen) -> Statistic:
    names = {c["code"]: c["name"] for body in chosen.activities for c in body["countries"]}
    counts = _counted(chosen.activities, "countries", "code")
    none = counts.pop(None, 0)
    best = sorted(counts.items(), key=lambda each: (-each[1], names[each[0]]))
    rows = [(names[code], n) for code, n in best]
    rows.append((_("No country recorded"), none))
    method = _("An activity counts in each of its countries; the lines do not add up to the whole.")
    return _statistic(chosen, "countries", _("Activities by country"), tuple(rows), method)


def _budgets(chosen: Chosen) -> Statistic:
    again = counting.repeated(chosen.activities, chosen.material.alike)
    within = counting.projects(chosen.activities)
    alone = [b for b in chosen.activities if b["slug"] not in again | within]
    told = [counting.budget(body) for body in alone]
    found = [budget for budget in told if budget]
    rows = tuple(
        (
            currency,
            sum(currency in budget for budget in found),
            _amount(sum((budget.get(currency, Decimal()) for budget in found), Decimal())),
        )
        for currency in sorted({currency for budget in found for currency in budget})
    )
    left_out = (
        (_("Activities without a figure"), sum(budget == {} for budget in told)),
        (_("Activities whose figures cannot be added"), told.count(None)),
        (_("Look-alikes beyond the first of their group"), len(again)),
        (_("Projects that are part of the figure of their programme"), len(within - again)),
    )
    method = _(
        "Amounts are as reported, added up for each currency by itself and never converted. They "
        "are budgets, mostly grants, and not what was spent; no price level is taken into account."
    )
    columns = (_("Currency"), _("Activities"), _("Amount as reported"))
    left_out = (*left_out, *chosen.left_out())
    return Statistic("budgets", _("Budgets by currency"), columns, rows, method, left_out)


def _documents(chosen: Chosen) -> Statistic:
    rows = _by_choice(chosen.guidance, "kind", Guidance.Kind)
    method = _("Documents published in the years of the period; each has one kind.")
    said = _("Documents whose year is not recorded")
    left_out = ((said, len(chosen.undated_guidance)),) if chosen.scope.has_period else ()
    columns = (_("Kind"), _("Documents"))
    return Statistic("guidance", _("Guidance by kind"), columns, rows, method, left_out)


ALL: tuple[Callable[[Chosen], Statistic], ...] = (
    _once,
    _attribution,
    _organisations,
    _areas,
    _articles,
    _kinds,
    _levels,
    _countries,
    _budgets,
    _documents,
)


def _statistic(
    chosen: Chosen, name: str, title: str, rows: tuple[Row, ...], method: str
) -> Statistic:
    columns = (title, _("Number"))
    return Statistic(name, title, columns, rows, method, chosen.left_out())


def _of_both(chosen: Chosen, name: str, title: str, rows: list[Row], method: str) -> Statistic:
    columns = (title, _("Activities"), _("Guidance"))
    return Statistic(name, title, columns, tuple(rows), method, chosen.left_out())


def _by_choice(bodies: Iterable[Body], field: str, choices: type) -> tuple[Row, ...]:
    counts = Counter(body[field] for body in bodies)
    rows = [(str(choices(value).label), counts[value]) for value in choices.values]
    return (*rows, (_("Not recorded"), counts[""])) if counts[""] else tuple(rows)


def _counted(bodies: Iterable[Body], field: str, key: str) -> Counter[Any]:
    return Counter(code for body in bodies for code in _codes(body, field, key))


def _codes(body: Body, field: str, key: str) -> Iterator[Any]:
    yield from [card[key] for card in body[field]] or [None]


def _numbered(areas: list[Body]) -> list[Body]:
    return sorted(areas, key=lambda body: body["number"])


def _amount(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", "\u202f").removesuffix(".00")
