"""areas.csv and priority_actions.csv."""

from pathlib import Path

from django.core.exceptions import ValidationError

from articles.loading.saving import Columns, wanted
from articles.rows import Row, read_table
from registry.actions import areas
from registry.exchange.loading.organisations import Organisations
from registry.exchange.loading.report import LoadReport
from registry.exchange.loading.saving import save
from registry.models import PriorityAction


def _articles(row: Row, column: str) -> list[int]:
    return row.article_numbers(column) + row.article_numbers("articles_beyond")


_COLUMNS: Columns = {
    "code": ("slug", Row.text),
    "number": ("number", Row.whole_number),
    "name": ("name", Row.text),
    "short_name": ("short_name", Row.text),
    "description": ("description", Row.text),
    "objective": ("objective", Row.text),
    "articles": ("articles", _articles),
    "articles_basis": ("articles_basis", Row.text),
    "source_url": ("source", Row.text),
}
_ACTIONS: Columns = {
    "title": ("title", Row.text),
    "indicator": ("indicator", Row.text),
    "source_url": ("source", Row.text),
}


def read_areas(directory: Path) -> list[Row]:
    """The rows of areas."""
    columns = [*_COLUMNS, "lead", "articles_beyond"]
    return read_table(directory / "areas.csv", columns, key=["code"])


def load_areas(report: LoadReport, directory: Path, rows: list[Row]) -> None:
    """Load the areas with their priority actions, but not who leads them: see `load_leads`."""
    columns = ["area", *_ACTIONS]
    planned = read_table(directory / "priority_actions.csv", columns, key=["area", "title"])
    actions: dict[str, list[dict]] = {row.text("code"): [] for row in rows}
    for row in planned:
        if row.text("area") not in actions:
            raise row.error("area", f"“{row.text('area')}” is no area.")
        actions[row.text("area")].append(_action(row))
    listed = [wanted(row, _COLUMNS, priority_actions=actions[row.text("code")]) for row in rows]
    save(report, "areas", areas.NOUN, listed)


def _action(row: Row) -> dict:
    # The area's own file names the row of the area; so the model is asked here, row by row.
    action = wanted(row, _ACTIONS)
    try:
        PriorityAction(**action.values).clean_fields(exclude=["area", "position"])
    except ValidationError as wrong:
        raise action.refuse(PriorityAction(), wrong) from None
    return dict(action.values)


def load_leads(report: LoadReport, rows: list[Row], organisations: Organisations) -> None:
    """Load who leads the areas, once the organisations are there."""
    columns: Columns = {"code": ("slug", Row.text), "lead": ("leads", organisations.slugs)}
    save(report, "areas", areas.NOUN, [wanted(row, columns) for row in rows])
