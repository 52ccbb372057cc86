"""decisions.csv: what the Conference of the Parties decided."""

from pathlib import Path

from articles.loading.saving import Columns, LoadReport, one_of, save, wanted
from articles.models import ConferenceOfTheParties, Decision
from articles.rows import Row, read_table

_DECISIONS: Columns = {
    "id": ("slug", Row.text),
    "code": ("code", Row.text),
    "probable_code": ("probable_code", Row.text),
    "cop": ("cop_id", Row.whole_number),
    "year": ("year", Row.whole_number),
    "kind": ("kind", one_of(Decision.Kind)),
    "subject": ("subject", Row.text),
    "source_url": ("source", Row.text),
    "basis": ("basis", Row.text),
}


def load_decisions(directory: Path, report: LoadReport) -> None:
    """Load the decisions, once the conferences and articles are there."""
    rows = read_table(directory / "decisions.csv", [*_DECISIONS, "article"], key=["id"])
    cops = ConferenceOfTheParties.objects.in_bulk()
    for row in rows:
        _check_row(row, cops)
    articles = [row.article_numbers("article") for row in rows]
    decisions = [wanted(row, _DECISIONS, of) for row, of in zip(rows, articles, strict=True)]
    save(report, Decision, ["slug"], decisions)


def _check_row(row: Row, cops: dict[int, ConferenceOfTheParties]) -> None:
    number, year = row.whole_number("cop"), row.whole_number("year")
    if (cop := cops.get(number or 0)) is None:
        raise row.error("cop", f"“{row.text('cop')}” is not a conference of articles.json.")
    if year is not None and not cop.start.year <= year <= cop.end.year:
        raise row.error("year", f"{cop} was not held in {year}.")
    row.text("article", required=True)
