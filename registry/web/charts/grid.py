"""The area × article matrix as a drawing, for files; pages have the table itself."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.queries.statistics import Cell, Matrix, Row
from registry.web.charts.parts import INNER, Part
from registry.web.charts.pen import Pen

NAMES, HEAD, HIGH = 210, 28, 42


def draw(pen: Pen, matrix: Matrix, says: str) -> list[Part]:
    """Areas by articles: activities above guidance, darker where there is more."""
    wide = (INNER - NAMES) / (len(matrix.articles) + 1)
    heads = [*matrix.articles, _("All")]
    drawn = [
        pen.text("number", head, f"{NAMES + (at + 0.5) * wide:.1f}", 18, text_anchor="middle")
        for at, head in enumerate(heads)
    ]
    for at, row in enumerate(matrix.rows):
        drawn += _row(pen, row, HEAD + at * HIGH, wide)
    return [Part(drawn, height=HEAD + len(matrix.rows) * HIGH, says=says)]


def _row(pen: Pen, row: Row, y: float, wide: float) -> list[SafeString]:
    drawn = [pen.text("label", row.name or _("Cross-cutting"), 0, y + HIGH / 2 + 5)]
    for at, cell in enumerate((*row.cells, row.whole)):
        drawn += _cell(pen, cell, NAMES + at * wide, y, wide)
    return drawn


def _cell(pen: Pen, cell: Cell, x: float, y: float, wide: float) -> list[SafeString]:
    size = {"x": f"{x + 1:.1f}", "y": y + 1, "width": f"{wide - 2:.1f}", "height": HIGH - 2}
    kind = f"tint-{cell.tint}" if cell.total else "empty"
    middle = f"{x + wide / 2:.1f}"
    counted = [n for n in (cell.activities, cell.guidance) if n is not None]
    numbers = counted if cell.total else ["–"]
    first = y + HIGH / 2 + (5 if len(numbers) == 1 else -3)
    return [
        pen.draw("rect", kind, **size),
        *(
            pen.text("label" if not at else "second", n, middle, first + at * 17, **_MIDDLE)
            for at, n in enumerate(numbers)
        ),
    ]


_MIDDLE = {"text_anchor": "middle"}
