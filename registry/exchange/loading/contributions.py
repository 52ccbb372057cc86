"""contributions.csv."""

from pathlib import Path

from articles.loading.saving import Columns, wanted
from articles.rows import Row, read_table
from registry.actions import contributions
from registry.exchange.loading.report import LoadReport
from registry.exchange.loading.saving import save

_COLUMNS: Columns = {
    "donor": ("donor", Row.text),
    "year": ("year", Row.whole_number),
    "year_end": ("year_end", Row.whole_number),
    "amount": ("amount", Row.amount),
    "currency": ("currency", Row.text),
    "purpose": ("purpose", Row.text),
    "instrument": ("instrument", Row.text),
    "area": ("area", Row.text),
    "source": ("source", Row.text),
}
# No row has a code; a donor's purpose, year and area tell it from all others.
_KNOWN_BY = ["donor", "purpose", "year", "area"]


def load_contributions(report: LoadReport, directory: Path) -> None:
    """Load the contributions, once organisations and areas are there."""
    rows = read_table(directory / "contributions.csv", list(_COLUMNS), key=_KNOWN_BY)
    listed = [wanted(row, _COLUMNS) for row in rows]
    save(report, "contributions", contributions.NOUN, listed, known_by=_KNOWN_BY)
