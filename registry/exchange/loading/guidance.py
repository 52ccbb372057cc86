"""guidance.csv."""

from pathlib import Path

from articles.loading.saving import Columns, one_of, wanted
from articles.rows import Row, read_table
from registry.actions import guidance
from registry.exchange.loading.cells import inferred_articles
from registry.exchange.loading.organisations import Organisations
from registry.exchange.loading.report import LoadReport
from registry.exchange.loading.saving import save
from registry.models import Guidance, Role


def _editions(row: Row, column: str) -> list[dict]:
    # The landing page leads to all of them; their own addresses are not in the file.
    return [{"language": language, "url": ""} for language in row.list(column)]


_COLUMNS: Columns = {
    "slug": ("slug", Row.text),
    "title": ("title", Row.text),
    "subtitle": ("subtitle", Row.text),
    "kind": ("kind", one_of(Guidance.Kind)),
    "year": ("year", Row.whole_number),
    "languages": ("editions", _editions),
    "url": ("url", Row.text),
    "abstract": ("abstract", Row.text),
    "areas": ("areas", Row.list),
    "articles": ("articles", inferred_articles),
    "role": ("role", one_of(Role)),
    "named_in_seed": ("named_in_pag6", Row.text),
    "source_url": ("source", Row.text),
}


def read_guidance(directory: Path) -> list[Row]:
    """The rows of guidance documents."""
    return read_table(directory / "guidance.csv", [*_COLUMNS, "publisher"], key=["slug"])


def load_guidance(report: LoadReport, rows: list[Row], organisations: Organisations) -> None:
    """Load the guidance documents, once areas and organisations are there."""
    columns: Columns = {**_COLUMNS, "publisher": ("publishers", organisations.slugs)}
    save(report, "guidance documents", guidance.NOUN, [wanted(row, columns) for row in rows])
