"""A figure as CSV: a line for each of its lines, and which list proves each number."""

import csv
import io
from typing import Any

from registry.exchange.guarding import guard
from registry.queries.figures import Figure


def write(figure: Figure) -> bytes:
    """UTF-8 with a byte order mark, as all files in CSV; what is not recorded is empty."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(figure.header)
    for record in figure.records():
        lines.writerow([_cell(record[name]) for name in figure.header])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    return guard(str(value))
