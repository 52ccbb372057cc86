"""Every cell of the data files is found again in the registry."""

import csv
from collections.abc import Callable
from decimal import Decimal

import pytest

from articles.folding import fold
from registry.exchange.loading import DATA
from registry.models import (
    Activity,
    Area,
    Contribution,
    Guidance,
    Meeting,
    Partner,
    PriorityAction,
    Record,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("registry_data")]
LISTS = {"areas", "articles", "articles_beyond", "countries", "regions", "also_known_as"}
NAMES = {"lead", "partners", "funders", "publisher"}


def _rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _text(name: str) -> Callable[[Record], str]:
    return lambda record: "" if getattr(record, name) is None else str(getattr(record, name))


def _codes(rows: str, name: str) -> Callable[[Record], list[str]]:
    return lambda record: [str(v) for v in getattr(record, rows).values_list(name, flat=True)]


def _in_order(rows: str, name: str) -> Callable[[Record], str]:
    return lambda record: ";".join(
        getattr(record, rows).order_by("position").values_list(name, flat=True)
    )


def _role(role: str) -> Callable[[Record], list[Partner]]:
    return lambda record: [
        row.partner for row in record.participations.filter(role=role).order_by("position")
    ]


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"


def _articles(record: Area, numbers: range) -> list[str]:
    served = record.area_articles.values_list("article", flat=True)
    return [str(number) for number in served if number in numbers]


ORGANISATION = {
    "slug": _text("slug"),
    "name": _text("name"),
    "acronym": _text("acronym"),
    "type": _text("type"),
    "country": lambda record: record.country_id or "",
    "is_association": lambda record: str(record.is_association).lower(),
    "areas": _codes("partner_areas", "area__slug"),
    "website": _text("website"),
    "source_url": _text("source"),
    "source_year": _text("source_year"),
}
COLUMNS = {
    "areas.csv": {
        "code": _text("slug"),
        "number": _text("number"),
        "name": _text("name"),
        "short_name": _text("short_name"),
        "description": _text("description"),
        "objective": _text("objective"),
        "lead": lambda area: [row.partner for row in area.leads.order_by("position")],
        "articles": lambda area: _articles(area, range(3, 15)),
        "articles_beyond": lambda area: _articles(area, range(15, 36)),
        "articles_basis": _text("articles_basis"),
        "source_url": _text("source"),
    },
    "priority_actions.csv": {
        "area": lambda action: action.area.slug,
        "title": _text("title"),
        "indicator": _text("indicator"),
        "source_url": _text("source"),
    },
    "partners.csv": {
        **ORGANISATION,
        "also_known_as": _codes("other_names", "name"),
        "evidence": _text("evidence"),
        "areas_source_url": _text("areas_source"),
    },
    "contributors.csv": {**ORGANISATION, "role": _text("involvement")},
    "guidance.csv": {
        "slug": _text("slug"),
        "title": _text("title"),
        "subtitle": _text("subtitle"),
        "kind": _text("kind"),
        "publisher": lambda guidance: [
            row.partner for row in guidance.publishers.order_by("position")
        ],
        "year": _text("year"),
        "languages": _in_order("editions", "language"),
        "url": _text("url"),
        "abstract": _text("abstract"),
        "areas": _codes("guidance_areas", "area__slug"),
        "articles": _codes("guidance_articles", "article"),
        "role": _text("role"),
        "named_in_seed": _text("named_in_pag6"),
        "source_url": _text("source"),
    },
    "activities.csv": {
        "slug": _text("slug"),
        "title": _text("title"),
        "summary": _text("summary"),
        "kind": _text("kind"),
        "level": _text("level"),
        "status": _text("reported_status"),
        "start": _text("start"),
        "end": _text("end"),
        "countries": _codes("activity_countries", "country"),
        "regions": lambda activity: [
            str(row.get_region_display()) for row in activity.activity_regions.all()
        ],
        "lead": _role("lead"),
        "partners": _role("contributing"),
        "areas": _codes("activity_areas", "area__slug"),
        "articles": _codes("activity_articles", "article"),
        "funders": _role("funding"),
        "budget_amount": lambda activity: "".join(
            _amount(line.amount) for line in activity.funding_lines.all()
        ),
        "budget_currency": _in_order("funding_lines", "currency"),
        "gef_id": _text("gef_id"),
        "url": _text("url"),
        "source_url": _text("source"),
    },
    "meetings.csv": {
        "title": _text("title"),
        "kind": _text("kind"),
        "start_date": _text("start"),
        "end_date": _text("end"),
        "place": _text("place"),
        "country": lambda meeting: meeting.country_id or "",
        "area": lambda meeting: meeting.area.slug if meeting.area else "",
        "source_url": _text("source"),
    },
    "contributions.csv": {
        "donor": lambda contribution: contribution.donor.slug,
        "year": _text("year"),
        "year_end": _text("year_end"),
        "amount": lambda contribution: _amount(contribution.amount),
        "currency": _text("currency"),
        "purpose": _text("purpose"),
        "instrument": _text("instrument"),
        "area": lambda contribution: contribution.area.slug if contribution.area else "",
        "source": _text("source"),
    },
}
FIND = {
    "areas.csv": lambda row: Area.objects.get(slug=row["code"]),
    "priority_actions.csv": lambda row: PriorityAction.objects.get(
        area__slug=row["area"], title=row["title"]
    ),
    "partners.csv": lambda row: Partner.objects.get(slug=row["slug"], standing="partner"),
    "contributors.csv": lambda row: Partner.objects.get(slug=row["slug"], standing="contributor"),
    "guidance.csv": lambda row: Guidance.objects.get(slug=row["slug"]),
    "activities.csv": lambda row: Activity.objects.get(slug=row["slug"]),
    "meetings.csv": lambda row: Meeting.objects.get(title=row["title"]),
    "contributions.csv": lambda row: Contribution.objects.get(
        donor__slug=row["donor"],
        purpose=row["purpose"],
        year=row["year"] or None,
        area__slug=row["area"] or None,
    ),
}


def _plain(name: str) -> str:
    return fold(name).replace(".", "").replace(",", "")


def _goes_by(partner: Partner, name: str) -> bool:
    others = partner.other_names.values_list("name", flat=True)
    return _plain(name) in map(_plain, [partner.name, partner.acronym, *others])


def _agrees(column: str, cell: str, found: str | list) -> bool:
    if column in NAMES:
        names = _parts(cell)
        return len(names) == len(found) and all(map(_goes_by, found, names))
    if column == "also_known_as":  # organisation_names.csv adds to them
        return set(_parts(cell)) <= set(found)
    return sorted(_parts(cell)) == sorted(found) if column in LISTS else cell.strip() == found


@pytest.mark.parametrize("file", COLUMNS)
def test_every_cell_is_in_the_registry(file):
    wrong = []
    for row in _rows(file):
        record = FIND[file](row)
        found = {column: read(record) for column, read in COLUMNS[file].items()}
        assert found.keys() == row.keys()
        wrong += [
            (column, cell, found[column])
            for column, cell in row.items()
            if not _agrees(column, cell, found[column])
        ]

    assert wrong == []


def test_records_hold_nothing_that_the_files_do_not():
    names = {row["name"] for row in _rows("organisation_names.csv")}
    known = [name for row in _rows("partners.csv") for name in _parts(row["also_known_as"])]

    assert Partner.objects.filter(standing="named").exclude(type="", country=None).count() == 0
    assert Activity.objects.exclude(attribution="", confirmed_on=None).count() == 0
    assert Contribution.objects.exclude(serves="", kind="").count() == 0
    assert set(Activity.objects.values_list("activity_articles__basis", flat=True)) <= {
        "inferred",
        None,
    }
    stored = [
        name for each in Partner.objects.all() for name in _codes("other_names", "name")(each)
    ]
    assert sorted(stored) == sorted([*known, *names])


def test_gef_projects_carry_the_number_of_their_system():
    projects = Activity.objects.exclude(gef_id="")

    assert projects.count() == 129
    assert all(each.external_id == each.gef_id for each in projects)
    assert set(projects.values_list("source_system", flat=True)) == {"GEF"}
    assert Activity.objects.filter(gef_id="", source_system="", external_id="").count() == 191
