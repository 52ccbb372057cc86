"""The restore drill: a backup taken while twenty write, brought back on both databases, compared.

    make drill          SQLite, and PostgreSQL where DATABASE_URL names a server: four ways
    make drill QUICK=yes        from each to the other, with four who write

Counts and digests of every table, the files, the search index, the keys that come next, a sign-in;
then a backup of what was restored, which must say the same as the first. Last, somebody is erased
from the live database, and the backup that knows them is restored: not a word of them comes back.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

QUICK = bool(os.environ.get("QUICK"))
WRITERS, BACKUPS, SECONDS = (4, 1, 6) if QUICK else (20, 3, 15)
# Twenty processes that open SQLite at once may find it busy; some must have written.
ENOUGH = WRITERS // 2
PASSWORD = "a long walk along the river"
PYTHON = sys.executable
SHELL = ("shell", "--no-imports", "--command")

MAKE = """
from registry.models import Partner
from tests import factories
of = factories.partner(name="Generated partner of the drill")
user = factories.focal_point(of, email="{email}", name="Drill Canary")
user.set_password("{password}"); user.save()
"""
WRITE = """
import sys, time
from django.db import connections
from tests import factories
until = time.monotonic() + {seconds}
while time.monotonic() < until:
    factories.activity(title=f"Generated activity of writer {writer} at {{time.monotonic()}}")
"""
AFTER = """
from django.conf import settings
from django.test import Client
from registry.models import Activity, Entry, User
from registry.queries.fulltext import index_is_sound
from registry.queries.search import search
from tests import factories
user = User.objects.exclude(memberships=None).order_by("pk")[0]
client = Client(headers={{"host": "127.0.0.1"}})
assert client.login(email=user.email, password="{password}"), "nobody can sign in"
assert index_is_sound(), "the search index differs"
assert search("retort").total, "nothing is found"
before = Activity.objects.order_by("-pk")[0].pk
assert factories.activity(title="Generated after the restore").pk > before, "keys are used again"
"""


ERASE = """
from registry.actions import erasure
from registry.models import User
from registry.permissions import SYSTEM
erasure.erase(user=User.objects.exclude(memberships=None).order_by("pk")[0], by=SYSTEM)
"""
GONE = """
from tests.actions.test_erasure import everywhere
found = everywhere("{email}")
assert not found, f"somebody who was erased is back in {{found}}"
"""
EMAIL = "drill-canary@example.org"


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        targets = {"sqlite": f"sqlite:///{folder}/restored.sqlite3"}
        server = os.environ.get("DATABASE_URL", "")
        for source in [f"sqlite:///{folder}/live.sqlite3", *postgres(server, "drill_live")]:
            kind = urlsplit(source).scheme
            with database(source):
                taken = backups(source, folder / kind)
                for target in ways(kind, targets["sqlite"], postgres(server, "drill_restored")):
                    begun = time.monotonic()
                    with database(target):
                        hold(taken, target, folder / kind / urlsplit(target).scheme)
                    said = f"{kind} to {urlsplit(target).scheme}: equal"
                    print(f"{said}, {time.monotonic() - begun:.0f} s", flush=True)
                erase(source, taken.parent)
                with database(targets["sqlite"]):
                    hold_erased(taken, targets["sqlite"], folder / kind / "erased")
                print(f"{kind}: who was erased since stays erased", flush=True)


def ways(kind, sqlite, postgres):
    """Where a backup is restored: everywhere, or in a hurry into the other kind of database."""
    if not (QUICK and postgres):
        return [sqlite, *postgres]
    return postgres if kind == "sqlite" else [sqlite]


def postgres(server, name):
    """The address of a database on a server of PostgreSQL; none where there is no such server."""
    return [server.rpartition("/")[0] + f"/{name}"] if server.startswith("postgres") else []


@contextmanager
def database(address):
    """An empty database at an address, gone after the block."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        yield
        for path in Path(parts.path).parent.glob(f"{Path(parts.path).name}*"):
            path.unlink()
        return
    _sql(address, f'DROP DATABASE IF EXISTS "{parts.path[1:]}" WITH (FORCE)')
    _sql(address, f'CREATE DATABASE "{parts.path[1:]}"')
    yield
    _sql(address, f'DROP DATABASE "{parts.path[1:]}" WITH (FORCE)')


def _sql(address, statement):
    import psycopg2

    connection = psycopg2.connect(address.rpartition("/")[0] + "/postgres")
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


def backups(source, folder):
    """Backups of a live database while others write into it; the last of them."""
    files = folder / "files"
    files.mkdir(parents=True)
    (files / "generated.txt").write_text("A generated file.\n" * 1000)
    live = {"DATABASE_URL": source, "FILES_DIR": str(files), "BACKUP_DIR": str(folder / "kept")}
    manage(live, "demo", "--no-serve")
    shell(live, MAKE.format(password=PASSWORD, email=EMAIL))
    writes = [WRITE.format(seconds=SECONDS, writer=at) for at in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(_run, live, *SHELL, code) for code in writes]
        time.sleep(SECONDS / 2)
        for _again in range(BACKUPS):
            manage(live, "backup")
            time.sleep(1.1)
    wrote = sum(writer.result().returncode == 0 for writer in writers)
    assert wrote >= ENOUGH, f"{wrote} of {WRITERS} wrote"
    return max((folder / "kept").glob("*.zip"))


def hold(taken, target, folder):
    """Restore a backup and hold what came back against it."""
    files = folder / "files"
    there = {"DATABASE_URL": target, "FILES_DIR": str(files), "BACKUP_DIR": str(folder / "again")}
    manage(there, "restore", str(taken))
    assert refused(there, "restore", str(taken)), "it was restored over somebody's data"
    manage(there, "backup")
    [again] = (folder / "again").glob("*.zip")
    first, second = manifest(taken), manifest(again)
    for each in (first, second):
        # That a backup is taken stands there itself.
        del each["tables"]["registry_job"]
    assert first["tables"] == second["tables"], differing(first, second)
    assert first["files"] == second["files"] != {}
    shell(there, AFTER.format(password=PASSWORD))


def erase(source, kept):
    """Erase the person of the drill from the live database, after the backup was taken."""
    manage({"DATABASE_URL": source, "BACKUP_DIR": str(kept)}, *SHELL, ERASE)


def hold_erased(taken, target, folder):
    """Restore the backup that knows the person, and look for a word of them."""
    there = {"DATABASE_URL": target, "FILES_DIR": str(folder), "BACKUP_DIR": str(folder / "no")}
    manage(there, "restore", str(taken))
    shell(there, GONE.format(email=EMAIL))


def differing(first, second):
    """The tables that are not the same."""
    return [name for name, said in first["tables"].items() if second["tables"].get(name) != said]


def manifest(path):
    """What a backup says of itself."""
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def manage(environment, *words):
    """A command, which must succeed."""
    done = _run(environment, *words)
    assert done.returncode == 0, f"{words}: {done.stderr[-2000:]}"


def refused(environment, *words):
    """Whether a command ends with a no."""
    return _run(environment, *words).returncode != 0


def shell(environment, code):
    """Python in the project, which must succeed."""
    manage(environment, *SHELL, code)


def _run(environment, *words):
    whole = os.environ | environment | {"LOG_LEVEL": "ERROR", "PYTHONPATH": "."}
    command = [PYTHON, "manage.py", *words]
    return subprocess.run(command, env=whole, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
