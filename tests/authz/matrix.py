"""The permission matrix, as `matrix.csv` keeps it: rows, cases, and what each person gets.

A cell says what is built. Where the plan said otherwise, that stands behind it in brackets, and the
comment says why what is built is right.

Y  it is done, or seen
4  404, the same as for what never was
3  403
C  409
G  410, without content
L  led to sign in, before anything is looked up
1  401
N  answered, without it: not seen, not taken over
R  400 that names the field
V  405, no such verb here
-  no way leads there
"""

import csv
from pathlib import Path
from typing import NamedTuple

VIEWS = ("AN", "PC", "PF", "OP", "RA", "RB", "ED", "AD", "TR", "TW", "TO", "TX")
CODES = frozenset("Y43CGL1NRV-")


class Cell(NamedTuple):
    """What one point of view gets of one case."""

    row: int
    action: str
    case: str
    channel: str
    view: str
    code: str
    # What the plan said, where that is something else.
    planned: str
    comment: str

    @property
    def name(self) -> str:
        """How the cell is told: “07-draft-OP-page”."""
        return f"{self.row:02}-{self.case}-{self.view}-{self.channel}"


def _read() -> list[Cell]:
    with Path(__file__).with_name("matrix.csv").open(newline="") as file:
        return [_cell(line, view) for line in csv.DictReader(file) for view in VIEWS]


def _cell(line: dict[str, str], view: str) -> Cell:
    code, _space, planned = line[view].partition(" ")
    named = int(line["row"]), line["action"], line["case"], line["channel"]
    return Cell(*named, view, code, planned.strip("()"), line["comment"])


CELLS = _read()
ROWS = {cell.row for cell in CELLS}
# What is not built: kept, so that nobody builds it without its row.
ABSENT = {cell.row for cell in CELLS if cell.case == "absent"}
TRIED = [cell for cell in CELLS if cell.row not in ABSENT and cell.code != "-"]
