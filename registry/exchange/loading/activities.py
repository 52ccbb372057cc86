"""activities.csv."""

from pathlib import Path

from articles.loading.saving import Columns, Wanted, one_of, wanted
from articles.rows import Row, read_table
from registry.actions import activities
from registry.exchange.loading.cells import inferred_articles
from registry.exchange.loading.organisations import Organisations
from registry.exchange.loading.report import LoadReport
from registry.exchange.loading.saving import save
from registry.models import Activity, Participation, Region

_ROLES = {
    "lead": Participation.Role.LEAD,
    "partners": Participation.Role.CONTRIBUTING,
    "funders": Participation.Role.FUNDING,
}
_REGIONS = {str(region.label): region.value for region in Region}


def _regions(row: Row, column: str) -> list[str]:
    for name in row.list(column):
        if name not in _REGIONS:
            raise row.error(column, f"“{name}” is not one of {', '.join(_REGIONS)}.")
    return [_REGIONS[name] for name in row.list(column)]


def _budget(row: Row, column: str) -> list[dict]:
    amount, currency = row.amount(column), row.text("budget_currency")
    if amount is None and currency:
        raise row.error(column, "is empty, beside a currency.")
    if amount is not None and not currency:
        raise row.error("budget_currency", "is empty, beside an amount.")
    return [{"funder": None, "amount": amount, "currency": currency}] if currency else []


_COLUMNS: Columns = {
    "slug": ("slug", Row.text),
    "title": ("title", Row.text),
    "summary": ("summary", Row.text),
    "kind": ("kind", one_of(Activity.Kind)),
    "level": ("level", one_of(Activity.Level)),
    "status": ("reported_status", one_of(Activity.Status)),
    "start": ("start", Row.text),
    "end": ("end", Row.text),
    "countries": ("countries", Row.list),
    "regions": ("regions", _regions),
    "areas": ("areas", Row.list),
    "articles": ("articles", inferred_articles),
    "budget_amount": ("funding_lines", _budget),
    "gef_id": ("gef_id", Row.text),
    "url": ("url", Row.text),
    "source_url": ("source", Row.text),
}


def read_activities(directory: Path) -> list[Row]:
    """The rows of activities."""
    columns = [*_COLUMNS, *_ROLES, "budget_currency"]
    return read_table(directory / "activities.csv", columns, key=["slug"])


def load_activities(report: LoadReport, rows: list[Row], organisations: Organisations) -> None:
    """Load the activities, once areas and organisations are there."""
    listed = [_wanted(row, organisations) for row in rows]
    save(report, "activities", activities.NOUN, listed)


def _wanted(row: Row, organisations: Organisations) -> Wanted:
    number = row.text("gef_id")
    return wanted(
        row,
        _COLUMNS,
        participations=[
            {"partner": slug, "role": role.value}
            for column, role in _ROLES.items()
            for slug in organisations.slugs(row, column)
        ],
        source_system="GEF" if number else "",
        external_id=number,
    )
