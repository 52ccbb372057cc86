"""How fast a format is written and how much memory it takes, without a database.

The bodies of activities come from standard input, one a line, and are written again and again:

    zcat var/dumps/*/activities.jsonl.gz | python -m tests.exchange.measure csv 50000
"""

import datetime as dt
import os
import resource
import sys
import time
from itertools import cycle, islice

import django


def main(name: str, rows: int) -> str:
    """Write so many rows and say what it took."""
    from registry.exchange.extracts import Extract
    from registry.exchange.formats import FORMATS

    bodies = [line.rstrip("\n") for line in sys.stdin]
    before = _peak()
    began, first, size = time.perf_counter(), 0.0, 0
    extract = Extract("activity", dt.datetime.now(dt.UTC), 1)
    for chunk in FORMATS[name].write(islice(cycle(bodies), rows), extract):
        first = first or time.perf_counter() - began
        size += len(chunk)
    took = time.perf_counter() - began
    return (
        f"{name}: {rows} rows, {size / 1e6:.1f} MB in {took:.2f} s ({rows / took:.0f} a second), "
        f"first byte after {first * 1000:.1f} ms, memory +{_peak() - before:.1f} MB"
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()
    sys.stdout.write(main(sys.argv[1], int(sys.argv[2])) + "\n")
