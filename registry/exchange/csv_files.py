"""CSV: UTF-8 with a byte order mark, RFC 4180, no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import batched

import orjson

from registry.exchange.extracts import Extract, broken_off
from registry.exchange.guarding import SUSPECTS, guard
from registry.exchange.tables import Cell, Column, Kind
from registry.queries.representation import Body

BATCH = 200


def write(stored: Iterable[str], extract: Extract) -> Iterator[bytes]:
    """The records as lines, a batch at a time.

    If the records break off, the last line says so and the error goes on, so that a server
    that can cuts the connection instead of ending it well.
    """
    reads = [_reader(column) for column in extract.table.columns]
    yield b"\xef\xbb\xbf" + _lines([[column.name for column in extract.table.columns]])
    rows = 0
    try:
        for batch in batched(stored, BATCH):
            bodies = map(orjson.loads, batch)
            yield _lines([[read(body) for read in reads] for body in bodies])
            rows += len(batch)
    except Exception:
        yield _lines([[broken_off(rows)]])
        raise


def _reader(column: Column) -> Callable[[Body], Cell]:
    read = column.read
    if column.kind is not Kind.TEXT:
        return read

    def guarded(body: Body) -> Cell:
        # The look-up of the first letter is here, since a call for every cell would cost a third.
        text = read(body)
        return guard(text) if text and text[0] in SUSPECTS else text

    return guarded


def _lines(rows: list[list[Cell]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "replace")
