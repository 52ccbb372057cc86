"""The columns of every noun's flat table, once: CSV and spreadsheets, both ways, rest on them."""

from registry.exchange.tables import book, desk, records
from registry.exchange.tables.columns import BETWEEN, Cell, Column, Kind, Table

__all__ = ["BETWEEN", "PRIVATE", "TABLES", "Cell", "Column", "Kind", "Table"]

TABLES: dict[str, Table] = {
    each.noun: each
    for each in (
        records.AREAS,
        records.PARTNERS,
        records.ACTIVITIES,
        records.GUIDANCE,
        records.MEETINGS,
        records.CONTRIBUTIONS,
        book.ARTICLES,
        book.COUNTRIES,
        book.DECISIONS,
        book.TERMS,
    )
}
# What only those concerned may take: on no page for everybody, in no dump, in no API.
PRIVATE: dict[str, Table] = {each.noun: each for each in (desk.SUBMISSIONS,)}
