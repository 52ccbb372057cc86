"""What one request costs as the registry grows: a large sample beside a small one, in one run.

    python -m tests.bench.growth postgres://…/sample1 postgres://…/sample1000

The databases are made by `manage.py make_sample --scale N`. Requests go one after the other over
one connection, so a figure is what a single person waits, in milliseconds: cold (no answer is
kept), over many different queries; cold with one record in each answer, since a small sample finds
fewer and so answers less; and warm.
"""

import argparse
import http.client
import statistics
import time
from urllib.parse import urlsplit

from tests.bench import run, servers

TIMES = 120


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("databases", nargs="+", help="the addresses of the samples, smallest first")
    slugs = [f"generated-activity-{number}" for number in range(100, 400, 5)]
    chosen = run.workloads("generated-activity-77", slugs)
    found = [measured(each, chosen) for each in parser.parse_args().databases]
    for each in chosen:
        print(each.name, *(told(figures[each.name]) for figures in found), each.what, sep="  ")


def measured(database, chosen):
    """By workload: times cold, and warm."""
    with (
        servers.serving(run.SITE, "/readyz", DATABASE_URL=database, PUBLIC_MEMORY_MB="0") as cold,
        servers.serving(run.SITE, "/readyz", DATABASE_URL=database) as warm,
    ):
        return {
            each.name: (
                times(cold, [each.ours, *each.many]),
                times(cold, [one_record(path) for path in each.many]),
                times(warm, [each.ours]),
            )
            for each in chosen
        }


def one_record(path):
    if "?" not in path:
        return path
    return path.replace("limit=10", "limit=1") if "limit=" in path else f"{path}&limit=1"


def times(address, paths):
    """Milliseconds of each answer; both workers have answered before the first is counted."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    for _ in range(8):
        _asked(connection, paths[0])
    return [_asked(connection, paths[number % len(paths)]) for number in range(TIMES)]


def _asked(connection, path):
    begun = time.perf_counter()
    connection.request("GET", f"{run.API}{path}")
    answer = connection.getresponse()
    answer.read()
    return (time.perf_counter() - begun) * 1000 if answer.status == 200 else float("nan")


def told(figures):
    cold, one, warm = (statistics.median(each) for each in figures)
    return f"cold {cold:5.2f} (at most {max(figures[0]):6.1f}) one {one:5.2f} warm {warm:5.2f} |"


if __name__ == "__main__":
    main()
