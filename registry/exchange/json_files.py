"""JSON Lines: the stored bodies as they stand, one a line; and one array of few of them."""

import json
from collections.abc import Iterable, Iterator
from itertools import batched

import orjson

from registry.exchange.extracts import Extract, broken_off

BATCH = 200


def write(stored: Iterable[str], extract: Extract) -> Iterator[bytes]:
    """The bodies, untouched unless only some fields are asked for; the last line tells of a break.

    The error goes on behind that line, so that a server that can cuts the connection.
    """
    rows = 0
    try:
        for batch in batched(stored, BATCH):
            lines = [_sparse(body, extract.fields) for body in batch] if extract.fields else batch
            yield ("\n".join(lines) + "\n").encode("utf-8", "replace")
            rows += len(batch)
    except Exception:
        yield json.dumps({"error": broken_off(rows)}, ensure_ascii=False).encode() + b"\n"
        raise


def write_array(bodies: Iterable[str]) -> Iterator[bytes]:
    """The bodies as one JSON array; if they break off, it has no end and no reader takes it."""
    between = "["
    for body in bodies:
        yield (between + "\n" + body).encode("utf-8", "replace")
        between = ","
    yield b"[]\n" if between == "[" else b"\n]\n"


def _sparse(body: str, fields: tuple[str, ...]) -> str:
    record = orjson.loads(body)
    return orjson.dumps({name: record[name] for name in record if name in fields}).decode()
