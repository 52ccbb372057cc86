"""Loads the data files into the reference book: all of them or none."""

from pathlib import Path

from django.db import transaction

from articles.loading.convention import load_convention
from articles.loading.countries import load_countries
from articles.loading.decisions import load_decisions
from articles.loading.saving import Count, LoadReport
from articles.loading.terms import load_terms
from articles.rows import LoadError

__all__ = ["DATA", "Count", "LoadError", "LoadReport", "load"]

DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def load(directory: Path = DATA) -> LoadReport:
    """Bring the reference book up to the data files in `directory`.

    A second load changes nothing. Rows that the files no longer have stay, and are reported.
    Raises LoadError for the first fault in the files, and then nothing has changed.
    """
    report = LoadReport()
    load_convention(directory, report)
    load_countries(directory, report)
    load_decisions(directory, report)
    load_terms(directory, report)
    return report
