"""Restores a backup into an empty database, and holds every table against what was said of it.

The one place that writes rows past the actions: what comes back is what they had written, events
and revisions included.
"""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from registry.actions import erasure
from registry.exchange.backups import rows
from registry.exchange.backups.taking import BadBackup, check, copy_files
from registry.queries import fulltext, revision

# A database that holds any row of these is somebody's.
_OURS = ("registry_user", "registry_event", "registry_entry", "articles_article")


def restore(
    path: Path, *, files: Path, noted: Path, tell: Callable[[str], Any] = lambda said: None
) -> dict:
    """Bring back a backup; returns its manifest. All or nothing.

    The database must be empty and `files` hold nothing; the schema is made as it was, filled, and
    then brought up to date. Whoever was erased since, as it is noted in the folder
    `noted` or beside the backup, is erased again.
    Raises BadBackup for what cannot be restored, and why.
    """
    manifest = check(path)
    tell("The backup is whole.")
    _refuse_full(files)
    state = _schema_as_it_was(manifest)
    tell("The tables are as they were.")
    with transaction.atomic():
        _fill(path, manifest, state)
        _compare(manifest, state)
        connection.check_constraints()
    tell("Every table holds what the backup says.")
    call_command("migrate", verbosity=0)
    copy_files(path, files)
    fulltext.rebuild_index()
    if not fulltext.index_is_sound():
        raise BadBackup("The search index does not agree with the entries.")
    if erased := erasure.erase_again(folders=[path.parent, noted]):
        tell(f"{erased} people who were erased since are erased again.")
    revision.forget()
    return manifest


def _refuse_full(files: Path) -> None:
    there = set(connection.introspection.table_names())
    for name in _OURS:
        with connection.cursor() as cursor:
            if name in there:
                cursor.execute(f"SELECT 1 FROM {name} LIMIT 1")
                if cursor.fetchone():
                    raise BadBackup(
                        f"The database is not empty: {name} has rows. Restore into a new one, and "
                        "point DATABASE_URL at it."
                    )
    if files.is_dir() and any(files.iterdir()):
        raise BadBackup(f"There are files in {files} already. Name an empty folder in FILES_DIR.")


def _schema_as_it_was(manifest: dict[str, Any]) -> Apps:
    wanted = {(app, name) for app, name in manifest["migrations"]}
    executor = MigrationExecutor(connection)
    if newer := sorted(wanted - executor.loader.disk_migrations.keys()):
        named = ", ".join(f"{app}.{name}" for app, name in newer)
        raise BadBackup(
            f"The backup is of a newer release than this one, which does not know {named}. "
            "Install that release, then restore."
        )
    nodes = executor.loader.graph.node_map
    last = [key for key in sorted(wanted) if not {n.key for n in nodes[key].children} & wanted]
    executor.migrate(last)
    return executor.loader.project_state(last).apps


def _fill(path: Path, manifest: dict[str, Any], state: Apps) -> None:
    models = rows.tables(state)
    if missing := sorted(manifest["tables"].keys() - models.keys()):
        raise BadBackup(f"There is no place for {', '.join(missing)}.")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
    for model in models.values():
        # What `migrate` makes by itself: content types, permissions.
        model._base_manager.all()._raw_delete(connection.alias)
    with zipfile.ZipFile(path) as archive:
        for name, said in manifest["tables"].items():
            with archive.open(f"tables/{name}.jsonl") as file:
                rows.insert(models[name], said["columns"], file)
    _go_on_counting(list(models.values()))


def _go_on_counting(models: list) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _compare(manifest: dict[str, Any], state: Apps) -> None:
    models = rows.tables(state)
    for name, said in manifest["tables"].items():
        found = rows.digest_of(models[name], said["columns"])
        if not found.items() <= said.items():
            raise BadBackup(
                f"{name} came back with {found['rows']} rows of {said['rows']}, or with others. "
                "Nothing was restored."
            )
