"""Measures look-alikes: whether copies of records are found, how many others are shown, how fast.

    DATABASE_URL=… python -m tests.bench.lookalikes            the records as they are
    DATABASE_URL=… python -m tests.bench.lookalikes --of 1000  of so many, evenly spread

For 200 activities, copies as somebody else would write them are looked up (recall at 5): with all
that a form asks for, with title and country, and with the title alone. Then every activity itself:
what is shown beside it. Times are of one question in this process, and of that its own processor.
"""

import argparse
import os
import random
import time

COPIES, SEED = 200, 5
ASKED = {"all": None, "title and country": ("title", "countries"), "title": ("title",)}


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()
    from django.db import connection

    asked = arguments()
    records = spread(asked)
    print(f"{connection.vendor}, {len(records)} activities looked at")
    Watch().ask({"title": "The first question reads what the process holds."})
    for name, fields in ASKED.items():
        recall(name, fields, records)
    precision(records)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--of", type=int, default=1000, help="so many activities at most")
    parser.add_argument("--real", action="store_true", help="leave out the generated ones")
    return parser.parse_args()


def spread(asked):
    """The values of activities, evenly spread, by slug."""
    from registry.actions.activities import SHAPE
    from registry.models import Activity

    activities = Activity.objects.published().order_by("pk")
    if asked.real:
        activities = activities.exclude(source_system="generated")
    keys = list(activities.values_list("pk", flat=True))
    chosen = activities.filter(pk__in=keys[:: len(keys) // asked.of + 1])
    return {activity.slug: SHAPE.read(activity) for activity in chosen}


class Watch:
    """Asks for look-alikes and keeps the time."""

    def __init__(self):
        self.wall, self.processor = [], []

    def ask(self, values, **options):
        from registry.queries.lookalikes import similar_activities

        wall, processor = time.perf_counter(), time.process_time()
        found = similar_activities(values, **options)
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.processor.append((time.process_time() - processor) * 1000)
        return [each.key for each in found]

    def __str__(self):
        return f"{told(self.wall)} ms, of that processor {told(self.processor)} ms"


def told(times):
    times = sorted(times)
    return f"p50 {times[len(times) // 2]:.0f}, p95 {times[int(len(times) * 0.95)]:.0f}"


def recall(name, fields, records):
    from tests.queries.perturbing import Writer

    writer, watch, found = Writer(SEED), Watch(), 0
    slugs = random.Random(SEED).sample(sorted(records), min(COPIES, len(records)))
    for slug in slugs:
        copy = writer.copy(records[slug])
        asked = {field: copy[field] for field in fields} if fields else copy
        found += slug in watch.ask(asked)
    print(f"{name + ':':20} recall {found / len(slugs):.3f}; {watch}")


def precision(records):
    watch, shown = Watch(), 0
    for slug, values in records.items():
        given = {name: value for name, value in values.items() if name != "slug"}
        shown += len(watch.ask(given, exclude=slug))
    print(f"{'others:':20} {shown / len(records):.2f} shown beside each; {watch}")


if __name__ == "__main__":
    main()
