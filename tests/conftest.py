"""What all tests share: a test database that holds the real data.

The database of a test session is loaded once with the data files of the reference book and of the
registry; on SQLite the first worker does it, and the others take a copy. Every test that uses the
database (`db` or `pytest.mark.django_db`) sees them, and what it changes is rolled back: 8 areas,
72 partners and 173 other organisations, 293 guidance documents, 320 activities, 70 meetings, 31
contributions, and their entries. Ask for `registry_data` to say that a test rests on them, and for
the report of the load.

A test that must begin with nothing asks for `empty_tables`, which holds for all tests of its
module: give it one of its own. Tests with `transactional_db` would empty the database for all that
come after them: none may use it.
"""

import fcntl
import gc
import os
import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from articles import loading as reference
from registry.actions import accounts, entries
from registry.exchange import loading
from registry.exchange.loading import LoadReport
from registry.management.catalogues import files
from registry.models import Area
from registry.permissions import SYSTEM
from registry.queries import revision


def pytest_sessionstart(session) -> None:
    """Pages speak the languages as their catalogues are now."""
    if not hasattr(session.config, "workerinput"):
        files.compile_all()


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """A folder that is the session's, whichever of its workers asks."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def django_db_setup(request, shared, django_db_blocker) -> LoadReport:
    """The test database, with the real data in it."""
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            request.getfixturevalue("django_db_setup")
            return _loaded()
        # The first worker makes it, all others wait and take a copy.
        with (shared / "loading").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (shared / "report").exists():
                return _copied(request, shared)
            return _made(request, shared)


def _loaded() -> LoadReport:
    with transaction.atomic():
        reference.load()
        entries.rebuild()
        accounts.set_up_groups(by=SYSTEM)
        return loading.load()


def _made(request, shared: Path) -> LoadReport:
    request.getfixturevalue("django_db_setup")
    _keep(shared / "empty.sqlite3")
    report = _loaded()
    _keep(shared / "loaded.sqlite3")
    (shared / "report").write_bytes(pickle.dumps(report))
    return report


def _keep(file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)


def _copied(request, shared: Path) -> LoadReport:
    # Tables come with the copy.
    connection.settings_dict["TEST"]["MIGRATE"] = False
    request.getfixturevalue("django_db_setup")
    with closing(sqlite3.connect(shared / "loaded.sqlite3")) as copy:
        copy.backup(connection.connection)
    return pickle.loads((shared / "report").read_bytes())


@pytest.fixture(scope="session")
def empty_database(shared, django_db_setup) -> Path:
    """A file of SQLite with all tables and not a row of ours: to copy."""
    return shared / "empty.sqlite3"


@pytest.fixture(scope="module")
def database_copy(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a copy of the test database, in which what is committed stays."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            file = tmp_path_factory.mktemp("copy") / "copy.sqlite3"
            connection.ensure_connection()
            _keep(file)
            yield f"sqlite:///{file}"
            return
        ours = connection.settings_dict["NAME"]
        # Nobody may be connected to what is copied.
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{ours}_copy"')
            cursor.execute(f'CREATE DATABASE "{ours}_copy" TEMPLATE "{ours}"')
            yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{ours}_copy").geturl()
            cursor.execute(f'DROP DATABASE "{ours}_copy"')


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays until the end: modules, tests, settings."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def as_it_was(request) -> Iterator[None]:
    """Where a test wrote nothing, it broke no reference: to look for one reads the whole database.

    Django looks after each test; PostgreSQL knows without looking.
    """
    uses = request.node.get_closest_marker("django_db") or "db" in request.fixturenames
    if not uses or connection.vendor != "sqlite":
        yield
        return
    request.getfixturevalue("db")
    before = connection.connection.total_changes
    yield
    if connection.connection.total_changes == before:
        transaction.set_rollback(True)


@pytest.fixture
def registry_data(django_db_setup, db) -> LoadReport:
    """The real data; and the report of loading it."""
    assert Area.objects.count() == 8, "Another test of this module has asked for empty tables."
    return django_db_setup


@pytest.fixture
def knowing(settings) -> Iterator[None]:
    """The revision is looked at once, as it is within a second; in other tests each time."""
    settings.PUBLIC_SECONDS = 60
    revision.forget()
    yield
    revision.forget()


@pytest.fixture
def remembering(knowing, settings) -> Client:
    """A client of a site that keeps its public answers."""
    settings.PUBLIC_MEMORY = 10_000_000
    return Client()


@pytest.fixture(scope="module")
def empty_tables(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Tables of the reference book and the registry without a row, for a module of tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        for app in ("registry", "articles"):
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                model._base_manager.all()._raw_delete("default")
        yield
        transaction.set_rollback(True)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Names without memory addresses, so that all workers call the same test by the same name."""
    if name := getattr(val, "__name__", ""):
        return name.rpartition(".")[2]
    return type(val).__name__ if " at 0x" in repr(val) else None
