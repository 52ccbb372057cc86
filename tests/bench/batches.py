"""Measures many changes in one go: how long the trial, the change and the undoing take, and memory.

    DATABASE_URL=postgres://… python -m tests.bench.batches            10,000 generated activities
    DATABASE_URL=postgres://… python -m tests.bench.batches --of 2000

Give it a database of its own: it makes the tables, partners and activities that are generated and
say so. First all activities are new; then each is changed in two fields and one list; then both
are undone, the second first.
"""

import argparse
import os
import resource
import threading
import time


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--of", type=int, default=10_000, help="so many activities")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, {asked.of} activities", flush=True)
    values = generated(asked.of)
    new, changed = run("all new", lambda: fresh(values)), run("changed", lambda: other(values))
    undo("changed", changed)
    undo("all new", new)


def generated(count):
    """Generated activities with their links; the partners that they name are there afterwards."""
    from articles import loading
    from articles.models import Article, Country
    from registry.actions import entries
    from registry.exchange.sample.filling import fill
    from registry.exchange.sample.records import ACTIVITIES, Sample
    from registry.models import Partner

    if not Article.objects.exists():
        loading.load()
        entries.rebuild()
    if not Partner.objects.exists():
        fill(1, 7, lambda said: None)
    codes = list(Country.objects.order_by("code").values_list("code", flat=True))
    scale = -(-count // ACTIVITIES)
    sample = Sample(scale, 8, codes)
    partners = set(Partner.objects.values_list("slug", flat=True))
    first = sorted(partners)[0]
    made = []
    for values in sample.activities():
        given = values | {"slug": "", "title": f"{values['title']} of the bench"}
        named = {row["partner"]: row for row in values["participations"]}
        given["participations"] = [r for p, r in named.items() if p in partners] or [
            {"partner": first, "role": "lead"}
        ]
        made.append(given)
    return made[:count]


def fresh(values):
    """What is to be created."""
    from registry.actions.batches import Wanted

    return [Wanted(place, "", None, each) for place, each in enumerate(values)]


def other(values):
    """The activities as they are, with a word more in two fields and another list of articles."""
    from registry.actions.batches import Wanted
    from registry.models import Activity

    made = Activity.objects.published().filter(title__endswith="of the bench").order_by("-pk")
    rows = made.values_list("slug", "version", "title", "summary")[: len(values)]
    return [
        Wanted(
            place,
            slug,
            version,
            {
                "title": f"{title}, second",
                "summary": f"{summary} Again.",
                "articles": [{"article": number, "basis": "stated"} for number in (3, 7, 9)],
            },
        )
        for place, (slug, version, title, summary) in enumerate(rows)
    ]


def run(name, ask):
    """Try it out, do it; returns the batch."""
    from registry.actions import batches
    from registry.permissions import SYSTEM

    wanted = ask()
    with measured(f"{name}: trial"):
        trial = batches.try_out(noun="activity", wanted=wanted, by=SYSTEM)
    told = len(trial.created), len(trial.changed), len(trial.same), len(trial.problems)
    print("   created, changed, same, problems:", *told, flush=True)
    for place, said in list(trial.problems.items())[:3]:
        print("  ", place, said, flush=True)
    del trial
    given = {"noun": "activity", "kind": "import", "label": f"generated: {name}", "by": SYSTEM}
    with measured(f"{name}: apply"):
        return batches.apply(wanted=wanted, **given)


def undo(name, batch):
    """Put it back."""
    from registry.actions import batches
    from registry.permissions import SYSTEM

    with measured(f"{name}: undo"):
        batches.undo(batch=batch, by=SYSTEM)


class measured:  # noqa: N801
    """Keeps the time, and what memory the process has at most meanwhile."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.begin, self.before, self.most, self.runs = time.monotonic(), resident(), 0, True
        self.watch = threading.Thread(target=self._look, daemon=True)
        self.watch.start()

    def _look(self):
        while self.runs:
            self.most = max(self.most, resident())
            time.sleep(0.05)

    def __exit__(self, *_why):
        self.runs = False
        self.watch.join()
        took, more = time.monotonic() - self.begin, self.most - self.before
        print(f"{self.name:20} {took:6.1f} s  +{more / 1e6:.0f} MB", flush=True)


def resident():
    """The memory that the process holds, in bytes."""
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
