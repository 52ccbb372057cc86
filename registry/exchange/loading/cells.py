"""Cells whose values take more than one reading: rows of a record, in the form actions want."""

from articles.rows import Row
from registry.models import Basis


def inferred_articles(row: Row, column: str) -> list[dict]:
    """The articles of a cell such as 8;9. The files' mapping is a reading, not a statement."""
    numbers = row.article_numbers(column)
    return [{"article": number, "basis": Basis.INFERRED.value} for number in numbers]
