"""Loads the data files into the registry, through the actions: all of them or none."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from articles.rows import LoadError
from registry.actions import entries
from registry.exchange.loading.activities import load_activities, read_activities
from registry.exchange.loading.areas import load_areas, load_leads, read_areas
from registry.exchange.loading.contributions import load_contributions
from registry.exchange.loading.guidance import load_guidance, read_guidance
from registry.exchange.loading.meetings import load_meetings
from registry.exchange.loading.organisations import Organisations
from registry.exchange.loading.partners import (
    load_contributors,
    load_named,
    load_partners,
    read_contributors,
    read_partners,
)
from registry.exchange.loading.report import LoadReport, Outcome
from registry.exchange.loading.saving import LOADER

__all__ = ["DATA", "LOADER", "LoadError", "LoadReport", "Outcome", "load"]

DATA = Path(__file__).resolve().parents[2] / "data"


@transaction.atomic
def load(directory: Path = DATA, *, say: Callable[[str], object] | None = None) -> LoadReport:
    """Bring the registry up to the data files in `directory`; the reference book must be there.

    A second load changes nothing, and none undoes what somebody has edited since. `say` is told
    what comes next. Raises LoadError for the first fault in the files; then nothing has changed.
    """
    report = LoadReport(say) if say else LoadReport()
    areas, guidance = read_areas(directory), read_guidance(directory)
    activities = read_activities(directory)
    partners, contributors = read_partners(directory), read_contributors(directory)
    organisations = Organisations(
        directory,
        listed=[*partners, *contributors],
        naming=[
            (areas, ["lead"]),
            (guidance, ["publisher"]),
            (activities, ["lead", "partners", "funders"]),
        ],
    )
    with entries.written_together():
        load_areas(report, directory, areas)
        load_partners(report, partners, organisations)
        load_contributors(report, contributors, organisations)
        load_named(report, organisations)
        load_leads(report, areas, organisations)
        load_guidance(report, guidance, organisations)
        load_activities(report, activities, organisations)
        load_meetings(report, directory)
        load_contributions(report, directory)
    return report
