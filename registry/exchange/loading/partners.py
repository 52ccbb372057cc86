"""partners.csv and contributors.csv, and the organisations that other files name."""

from pathlib import Path

from articles.loading.saving import Columns, Wanted, one_of, wanted
from articles.rows import Row, read_table
from registry.actions import partners
from registry.exchange.loading.organisations import Organisations
from registry.exchange.loading.report import LoadReport
from registry.exchange.loading.saving import save
from registry.models import Partner

_SHARED: Columns = {
    "slug": ("slug", Row.text),
    "name": ("name", Row.text),
    "acronym": ("acronym", Row.text),
    "type": ("type", one_of(Partner.Type)),
    "country": ("country", Row.text),
    "is_association": ("is_association", Row.flag),
    "areas": ("areas", Row.list),
    "website": ("website", Row.text),
    "source_url": ("source", Row.text),
    "source_year": ("source_year", Row.whole_number),
}
_PARTNERS: Columns = {
    **_SHARED,
    "also_known_as": ("other_names", Row.list),
    "evidence": ("evidence", one_of(Partner.Evidence)),
    "areas_source_url": ("areas_source", Row.text),
}
_CONTRIBUTORS: Columns = {**_SHARED, "role": ("involvement", Row.text)}


def read_partners(directory: Path) -> list[Row]:
    """The rows of partners."""
    return read_table(directory / "partners.csv", list(_PARTNERS), key=["slug"])


def read_contributors(directory: Path) -> list[Row]:
    """The rows of organisations that contribute without being partners."""
    return read_table(directory / "contributors.csv", list(_CONTRIBUTORS), key=["slug"])


def load_partners(report: LoadReport, rows: list[Row], organisations: Organisations) -> None:
    """Load the partners, once the areas are there."""
    listed = [_wanted(row, _PARTNERS, Partner.Standing.PARTNER, organisations) for row in rows]
    save(report, "partners", partners.NOUN, listed)


def load_contributors(report: LoadReport, rows: list[Row], organisations: Organisations) -> None:
    """Load the contributors, once the areas are there."""
    standing = Partner.Standing.CONTRIBUTOR
    listed = [_wanted(row, _CONTRIBUTORS, standing, organisations) for row in rows]
    save(report, "contributors", partners.NOUN, listed)


def load_named(report: LoadReport, organisations: Organisations) -> None:
    """Keep the organisations that are known by name only, and list them in the report."""
    named = list(organisations.named.values())
    save(report, "organisations named, not listed", partners.NOUN, named)
    report.named = sorted((each.values["name"] for each in named), key=str.casefold)


def _wanted(
    row: Row, columns: Columns, standing: Partner.Standing, organisations: Organisations
) -> Wanted:
    listed = wanted(row, columns, standing=standing.value)
    others = [*listed.values.get("other_names", []), *organisations.other_names(row.text("slug"))]
    return Wanted(row, {**listed.values, "other_names": others}, columns=listed.columns)
