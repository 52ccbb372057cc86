"""Small data directories to load from."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.exchange.loading import DATA

ROWS = {
    "areas.csv": {
        "code": "test-area",
        "number": "9",
        "name": "test area",
        "short_name": "Test",
        "description": "What it is.",
        "objective": "What it is for.",
    },
    "priority_actions.csv": {"area": "test-area", "title": "Do it", "source_url": "a source"},
    "partners.csv": {
        "slug": "test-partner",
        "name": "Test Partner",
        "type": "ngo",
        "is_association": "false",
        "evidence": "listed",
    },
    "contributors.csv": {
        "slug": "test-contributor",
        "name": "Test Contributor",
        "type": "ngo",
        "is_association": "false",
    },
    "organisation_names.csv": {},
    "guidance.csv": {
        "slug": "test-guidance",
        "title": "Test guidance",
        "kind": "report",
        "role": "guidance",
    },
    "activities.csv": {
        "slug": "test-activity",
        "title": "Test activity",
        "kind": "awareness",
        "level": "global",
    },
    "meetings.csv": {"title": "Test meeting", "kind": "PAG", "start_date": "2014"},
    "contributions.csv": {"donor": "unep", "purpose": "Test purpose"},
}


def _header(file: str) -> list[str]:
    with (DATA / file).open(encoding="utf-8", newline="") as table:
        return next(csv.reader(table))


@pytest.fixture
def directory(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes data files: those it is told, with headers only for all others.

    Each row is given by the cells in which it differs from the row above.
    """

    def write(**tables: list[dict[str, str]]) -> Path:
        for file, row in ROWS.items():
            rows = [row | cells for cells in tables.get(file.removesuffix(".csv"), [])]
            with (tmp_path / file).open("w", encoding="utf-8", newline="") as table:
                writer = csv.DictWriter(table, _header(file))
                writer.writeheader()
                writer.writerows(rows)
        return tmp_path

    return write
