"""Measures the reads of the API against ordinary Django REST framework, in one run.

    make bench                       scale 10, SQLite
    make bench SCALE=10 DATABASE_URL=postgres://user@host/an_empty_database

For each workload, in requests a second, two workers, the load on the same machine:
(a) cold: no answer is kept; (r) cold, over 60 different queries; (b) warm; (c) 304; (d) the
yardstick; (e) the same bytes from a bare WSGI function. What counts are the ratios.
"""

import argparse
import itertools
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench import load, servers

API = "/api/v1/"
SITE = "partnership.wsgi:application"
COUNTRIES = ("GH", "KE", "TZ", "PE", "ID", "CO", "SN", "BR", "PH", "CN")
ARTICLES = range(3, 12)
AREAS = ("asgm", "products", "waste", "chlor-alkali", "coal", "supply-storage")
TOPICS = ("amalgam", "thermometers", "kilns", "gold", "lamps", "fish", "waste", "trade", "storage")
VERBS = ("reduces", "measures", "replaces", "monitors", "documents", "maps", "trains")


@dataclass(frozen=True)
class Workload:
    """One kind of read: ours, the yardstick's, and many of ours that differ."""

    name: str
    what: str
    ours: str
    theirs: str
    many: list[str]


def workloads(slug, slugs):
    filters = [
        f"article={a}&area={b}&country={c}"
        for a, b, c in itertools.product(ARTICLES, AREAS, COUNTRIES)
    ][::9][:60]
    words = [f"q={a}+{b}" for a, b in itertools.product(VERBS, TOPICS)][:60]
    deep = [f"limit=10&page={page}" for page in range(341, 401)]
    new = [f"total=true&article={a}&kind={k}" for a in ARTICLES for k in KINDS][:60]
    return [
        Workload(
            "W1",
            "25 newest activities, with the total",
            "activities/?total=true",
            "activities/",
            [f"activities/?{each}" for each in new],
        ),
        Workload(
            "W2",
            "article 7 x gold mining x Ghana",
            "activities/?article=7&area=asgm&country=GH&total=true",
            "activities/?article=7&area=asgm&country=GH",
            [f"activities/?{each}&total=true" for each in filters],
        ),
        Workload(
            "W3",
            "words, ranked",
            "activities/?q=mercury+thermometers&total=true",
            "activities/?q=mercury+thermometers",
            [f"activities/?{each}&total=true" for each in words],
        ),
        Workload("W4", "matrix, by country", "statistics/", "statistics/", ["statistics/"]),
        Workload(
            "W5",
            "one record",
            f"activities/{slug}/",
            f"activities/{slug}/",
            [f"activities/{each}/" for each in slugs],
        ),
        Workload(
            "W6",
            "page 401",
            "activities/?limit=10&page=401&total=true",
            "activities/?page_size=10&page=401",
            [f"activities/?{each}&total=true" for each in deep],
        ),
    ]


KINDS = ("baseline", "dialogue", "awareness", "guidance", "capacity", "demonstration", "monitoring")


def main():
    asked = arguments()
    load.refuse_without_wrk()
    prepare(asked.scale)
    slugs = [f"generated-activity-{number}" for number in range(100, 400, 5)]
    with tempfile.TemporaryDirectory() as folder:
        measure(asked, workloads("generated-activity-77", slugs), folder)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scale", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=4, help="for each figure")
    parser.add_argument("--only", nargs="*", help="workloads, such as W1 W4")
    return parser.parse_args()


def prepare(scale):
    """The sample in the database, made if it is not there."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from registry.models import Activity

    has_tables = "registry_activity" in connection.introspection.table_names()
    if not has_tables or not Activity.objects.exists():
        call_command("make_sample", scale=scale)
    print(f"{connection.vendor}, {Activity.objects.count()} activities")
    connection.close()


def measure(asked, chosen, folder):
    if asked.only:
        chosen = [each for each in chosen if each.name in asked.only]
    yardstick = {"DJANGO_SETTINGS_MODULE": "tests.bench.yardstick_settings"}
    with (
        servers.serving(SITE, "/readyz", PUBLIC_MEMORY_MB="0") as cold,
        servers.serving(SITE, "/readyz") as warm,
        servers.serving(SITE, f"{API}statistics/", **yardstick) as plain,
    ):
        for each in chosen:
            _, body = servers.fetch(f"{warm}{API}{each.ours}")
            Path(folder, each.name).write_bytes(body)
        with servers.serving(
            "tests.bench.bare:application", f"/{chosen[0].name}", BENCH_ANSWERS=folder
        ) as bare:
            print(
                f"{'':4}{'cold':>9}{'rotating':>10}{'warm':>9}{'304':>9}{'plain':>8}{'bare':>9}"
                f"{'a/d':>8}{'r/d':>8}{'b/e':>7}"
            )
            for each in chosen:
                print(line(asked, each, cold, warm, plain, bare), flush=True)


def line(asked, each, cold, warm, plain, bare):
    ours, many = f"{API}{each.ours}", [f"{API}{path}" for path in each.many]
    tag = servers.fetch(f"{warm}{ours}")[0]["ETag"]

    def rate(address, paths, **headers):
        return load.per_second(address, paths, asked.seconds, **headers)

    d, a, r = rate(plain, [f"{API}{each.theirs}"]), rate(cold, [ours]), rate(cold, many)
    b, c = rate(warm, [ours]), rate(warm, [ours], If_None_Match=tag)
    e = rate(bare, [f"/{each.name}"])
    figures = f"{a:9.0f}{r:10.0f}{b:9.0f}{c:9.0f}{d:8.0f}{e:9.0f}"
    return f"{each.name:4}{figures}{a / d:8.1f}{r / d:8.1f}{b / e:7.2f}   {each.what}"


if __name__ == "__main__":
    main()
