"""glossary.csv: the field's words."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.text import slugify

from articles.loading.saving import Columns, LoadReport, Wanted, one_of, save, wanted
from articles.models import Term
from articles.rows import Row, read_table

_TERMS: Columns = {
    "term": ("term", Row.text),
    "expansion": ("expansion", Row.text),
    "kind": ("kind", one_of(Term.Kind)),
    "meaning": ("meaning", Row.text),
}


def load_terms(directory: Path, report: LoadReport) -> None:
    """Load the glossary, once the articles are there."""
    rows = read_table(directory / "glossary.csv", [*_TERMS, "articles"], key=["term"])
    save(report, Term, ["term"], _terms(rows))


def _terms(rows: list[Row]) -> Iterator[Wanted]:
    taken: set[str] = set()
    for row in rows:
        slug = _free(_slug(row), taken)
        taken.add(slug)
        yield wanted(row, _TERMS, row.article_numbers("articles"), slug=slug)


def _slug(row: Row) -> str:
    if not (slug := slugify(row.text("term"))):
        raise row.error("term", "has no Latin letter or digit to make an address of.")
    return slug


def _free(slug: str, taken: set[str]) -> str:
    """`slug`, or with -2, -3 … where an earlier term of the file has it."""
    candidate, copy = slug, 1
    while candidate in taken:
        copy += 1
        candidate = f"{slug}-{copy}"
    return candidate
