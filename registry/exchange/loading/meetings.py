"""meetings.csv."""

from pathlib import Path

from articles.loading.saving import Columns, one_of, wanted
from articles.rows import Row, read_table
from registry.actions import meetings
from registry.exchange.loading.report import LoadReport
from registry.exchange.loading.saving import save
from registry.models import Meeting

_COLUMNS: Columns = {
    "title": ("title", Row.text),
    "kind": ("kind", one_of(Meeting.Kind)),
    "start_date": ("start", Row.text),
    "end_date": ("end", Row.text),
    "place": ("place", Row.text),
    "country": ("country", Row.text),
    "area": ("area", Row.text),
    "source_url": ("source", Row.text),
}


def load_meetings(report: LoadReport, directory: Path) -> None:
    """Load the meetings, once the areas are there."""
    rows = read_table(directory / "meetings.csv", list(_COLUMNS), key=["title"])
    listed = [wanted(row, _COLUMNS) for row in rows]
    save(report, "meetings", meetings.NOUN, listed, known_by=["title"])
