"""Migrations say what the models say, go both ways, and build the search index."""

import os
import subprocess
import sys
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import AddIndex

from tests.house.files import ROOT


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration():
    out = StringIO()

    call_command("makemigrations", check_changes=True, dry_run=True, stdout=out)

    assert out.getvalue() == "No changes detected\n"


def test_migrations_stand_in_one_line():
    for app in ("articles", "registry"):
        numbers = [file.name[:4] for file in sorted((ROOT / app / "migrations").glob("0*.py"))]
        assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's index")
def test_triggers_keep_the_index_of_sqlite():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'registry_entry_index%'")
        names = {name for (name,) in cursor.fetchall()}

    assert {
        "registry_entry_index",
        "registry_entry_index_insert",
        "registry_entry_index_delete",
        "registry_entry_index_update",
    } <= names


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's index")
def test_generated_column_is_the_index_of_postgresql():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data_type, is_generated FROM information_schema.columns"
            " WHERE table_name = 'registry_entry' AND column_name = 'document'"
        )
        column = cursor.fetchall()
        cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = 'registry_entry_document'")
        index = cursor.fetchall()

    assert (column, index) == ([("tsvector", "ALWAYS")], [(1,)])


def test_later_migrations_keep_the_triggers():
    """Whatever makes SQLite copy the table of the entries must build the index again."""
    for file in sorted((ROOT / "registry" / "migrations").glob("0*.py"))[2:]:
        migration = import_module(f"registry.migrations.{file.stem}").Migration
        touched = {
            getattr(each, "model_name", getattr(each, "name", "")).lower()
            for each in migration.operations
            if not isinstance(each, AddIndex)  # it copies nothing
        }
        assert "entry" not in touched or "create" in file.read_text(), file.name


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="needs a database of its own")
def test_migrations_go_back_and_forth(empty_database):
    environment = os.environ | {
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
    }

    # It begins where the test database began: that is the way there for the first time.
    script = (
        "import contextlib, sqlite3, sys, django; django.setup()\n"
        "from django.core.management import call_command as call\n"
        "from django.db import connection as db\n"
        "from django.db.migrations.recorder import MigrationRecorder as Recorder\n"
        "db.ensure_connection()\n"
        "with contextlib.closing(sqlite3.connect(sys.argv[1])) as made:\n"
        "    made.backup(db.connection)\n"
        "for to in (['registry', '0001'], ['registry', 'zero'], []):\n"
        "    call('migrate', *to, verbosity=0)\n"
        "    print(sum(app == 'registry' for app, _ in Recorder(db).applied_migrations()))\n"
    )

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, empty_database],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    count = len(list((ROOT / "registry" / "migrations").glob("0*.py")))
    assert (done.returncode, done.stderr, done.stdout.split()) == (0, "", ["1", "0", str(count)])
