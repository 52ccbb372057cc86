"""Sheets that are edited elsewhere and come back: workbooks and CSV of the values of records."""

from registry.exchange.sheets.codes import remedy
from registry.exchange.sheets.columns import NOUNS, REASONS, SheetColumns, columns_of
from registry.exchange.sheets.reading import LARGEST, Sheet, read
from registry.exchange.sheets.writing import FORMATS, MOST_ROWS, rejected, write

__all__ = [
    "FORMATS",
    "LARGEST",
    "MOST_ROWS",
    "NOUNS",
    "REASONS",
    "Sheet",
    "SheetColumns",
    "columns_of",
    "read",
    "rejected",
    "remedy",
    "write",
]
