"""Everything that may go wrong between a message and its reader, done on purpose and counted.

Run as `make chaos`, on a database of its own (DATABASE_URL); `--sample` takes a few seconds.
"""

import argparse
import json
import os
import sys

import django

NOBODY = "redis://127.0.0.1:1/0"


def main() -> int:
    """Run the scenes, print a line for each; 1 if anything happened that may not."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sample", action="store_true", help="few messages, for the suite")
    asked.add_argument("--json", action="store_true", help="print figures for a program")
    asked.add_argument("--seed", type=int, default=1, help="the same does the same (%(default)s)")
    given = asked.parse_args()
    # Of those who die nothing is written but faults; nobody listens where Redis should be.
    os.environ |= {"LOG_LEVEL": "ERROR", "REDIS_URL": NOBODY}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()

    from django.core.management import call_command
    from django.db import connection

    from tests.chaos import brokers, crowds, scene

    call_command("migrate", verbosity=0)
    if given.sample:
        scenes = {
            "killed": lambda: scene.killed(12, 2, seed=given.seed),
            "two at once": lambda: scene.together(20, 2),
        }
    else:
        scenes = {
            "one at a time, killed": lambda: scene.killed(500, 200, seed=given.seed),
            "three at once, one killed": lambda: scene.killed(500, 30, others=2, seed=given.seed),
            "two at once": lambda: scene.together(500, 2),
            "ten at once": lambda: scene.together(500, 10),
            "Redis comes, goes, forgets": lambda: brokers.back(20),
        }
        if connection.vendor == "postgresql":
            scenes["the database hangs up"] = lambda: scene.hung_up(5)
    counts = {}
    for name, act in (scenes | crowds.SCENES).items():
        counts[name] = act()
        if not given.json:
            print(f"{name}: {counts[name]}", flush=True)
    if given.json:
        json.dump({name: vars(count) for name, count in counts.items()}, sys.stdout)
    return 0 if all(count.is_good for count in counts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
