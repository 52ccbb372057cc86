"""Kills whoever applies an uploaded sheet, at moments spread over the work: all of it, or nothing.

    make killing                    SQLite, and PostgreSQL where DATABASE_URL names a server
    make killing KILLS=3 ROWS=150   in a hurry

Each time a process applies a sheet of generated activities, half of them new and half changed, and
is killed (SIGKILL) after a share of the time that the whole takes. Then every row is there or none,
the entries and the search index agree, and another process that takes the work up ends it: once.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.drill.run import PYTHON, SHELL, database, postgres

KILLS, ROWS = int(os.environ.get("KILLS") or 20), int(os.environ.get("ROWS") or 300)

UPLOAD = """
from registry.actions import batches, imports
from registry.actions.planning import Wanted
from registry.models import Activity, ImportRun
from registry.permissions import SYSTEM
from tests import factories
known = list(Activity.objects.filter(title__startswith="Generated old").order_by("pk"))
while len(known) < {rows} // 2:
    known.append(factories.activity(title=f"Generated old {{len(known)}}"))
wanted = [
    Wanted(at + 2, each.slug, each.version, {{"title": f"Generated old, as of upload {number}"}})
    for at, each in enumerate(known)
]
wanted += [
    Wanted(at, "", None, {{"title": f"Generated new {{at}} of upload {number}",
                          "kind": "inventory", "level": "national"}})
    for at in range(len(wanted) + 2, {rows} + 2)
]
run = imports.begin(noun="activity", name="upload {number}", sha256="0" * 64, names=["slug"],
    wanted=wanted, cells={{each.place: [each.slug] for each in wanted}}, problems={{}}, by=SYSTEM)
imports.work(run=run)
imports.queue(run=run, by=SYSTEM)
"""
APPLY = """
print("ready", flush=True)
from registry.actions import imports
from registry.models import ImportRun
imports.work(run=ImportRun.objects.latest("pk"))
"""
COUNT = """
from registry.models import Activity, Batch, Event, ImportRun
run = ImportRun.objects.latest("pk")
mine = Activity.objects.filter(title__endswith="of upload {number}")
new = mine.filter(title__startswith="Generated new").count()
old = Activity.objects.filter(title="Generated old, as of upload {number}").count()
events = Event.objects.filter(batch__isnull=False, batch=run.batch_id).count()
print(run.status, new + old, events)
"""
RESUME = """
import datetime as dt
from django.utils import timezone
from registry.actions import entries, imports
from registry.models import ImportRun
from registry.queries.fulltext import index_is_sound
from registry.permissions import SYSTEM
# As if the time had passed after which who shows no sign of life is dead.
dead = timezone.now() - imports.DEAD_AFTER - dt.timedelta(minutes=1)
ImportRun.objects.filter(status="applying").update(beat_at=dead)
imports.work_on_all(by=SYSTEM)
assert entries.differences() == [], "entries differ from their records"
assert index_is_sound(), "the search index differs"
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        sqlite = f"sqlite:///{Path(folder) / 'killing.sqlite3'}"
        for source in [sqlite, *postgres(os.environ.get("DATABASE_URL", ""), "killing")]:
            with database(source):
                _manage(source, "demo", "--no-serve")
                _hold(source)


def _hold(source):
    seconds = _whole(source)
    found = {"all": 0, "nothing": 0}
    for number in range(1, KILLS + 1):
        _shell(source, UPLOAD.format(number=number, rows=ROWS))
        _kill(source, seconds * number / KILLS)
        status, rows, events = _shell(source, COUNT.format(number=number)).split()
        assert int(rows) in (0, ROWS), f"kill {number}: {rows} of {ROWS} rows"
        assert (status == "applied") == (int(rows) == ROWS), f"kill {number}: {status}, {rows} rows"
        found["all" if int(rows) else "nothing"] += 1
        _shell(source, RESUME)
        outcome = _shell(source, COUNT.format(number=number)).split()
        assert outcome == ["applied", str(ROWS), str(ROWS)], f"after kill {number}: {outcome}"
    kind = source.partition(":")[0]
    print(f"{kind}: killed {KILLS} times within {seconds:.1f} s, {ROWS} rows:", found, flush=True)


def _whole(source):
    """How long it takes where nobody is killed."""
    _shell(source, UPLOAD.format(number=0, rows=ROWS))
    process = _begun(source)
    begun = time.monotonic()
    assert process.wait() == 0
    return time.monotonic() - begun


def _kill(source, seconds):
    process = _begun(source)
    time.sleep(seconds)
    process.kill()
    process.wait()


def _begun(source):
    process = subprocess.Popen(
        [PYTHON, "manage.py", *SHELL, APPLY], env=_environment(source), stdout=subprocess.PIPE
    )
    process.stdout.readline()
    return process


def _shell(source, code):
    return _manage(source, *SHELL, code)


def _manage(source, *words):
    done = subprocess.run(
        [PYTHON, "manage.py", *words],
        env=_environment(source),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment(source):
    return os.environ | {"DATABASE_URL": source, "SECRET_KEY": "only-for-killing-" * 4}


if __name__ == "__main__":
    sys.exit(main())
