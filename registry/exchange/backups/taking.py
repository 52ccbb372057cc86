"""Takes a backup, and looks at what it took before anybody has to rely on it."""

import datetime as dt
import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from registry.exchange.backups import rows
from registry.queries.snapshots import snapshot

MANIFEST = "manifest.json"
KIND = "backup of the registry of the Global Mercury Partnership"
FORMAT = 1
_ASIDE = ".part"


def take(folder: Path, *, files: Path, taken_at: dt.datetime, software: str) -> Path:
    """Write a backup of one moment into a folder, and check it; returns its path.

    `files` is where the files of submissions lie. Others may write meanwhile. Nothing stands under
    the name of a backup that is not whole: it is written aside, checked, and then given its name.
    Raises OSError where it cannot be written, BadBackup where what was written cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"registry-{taken_at:%Y%m%dT%H%M%SZ}.zip"
    aside = path.with_suffix(_ASIDE)
    try:
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            manifest = _written(archive, files) | {
                "kind": KIND,
                "format": FORMAT,
                "software": software,
                "taken_at": taken_at.isoformat(),
            }
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        check(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def _written(archive: zipfile.ZipFile, files: Path) -> dict[str, Any]:
    with snapshot():
        kept = {name: _table(archive, name, model) for name, model in rows.tables().items()}
        migrations = sorted(MigrationLoader(connection).applied_migrations)
    # After the rows: a file is there before the row that names it, and goes after it.
    return {
        "database": connection.vendor,
        "migrations": [list(each) for each in migrations],
        "tables": kept,
        "files": _files(archive, files),
    }


def _table(archive: zipfile.ZipFile, name: str, model: type) -> dict[str, Any]:
    digest, columns = rows.Digest(), rows.columns(model)
    with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as file:
        for line in digest.seen(rows.lines(model, columns)):
            file.write(line)
    return digest.said | {"columns": columns}


def _files(archive: zipfile.ZipFile, folder: Path) -> dict[str, Any]:
    kept = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        name = path.relative_to(folder).as_posix()
        # What is written this moment has a name of its own until it is whole.
        if path.is_file() and not any(part.startswith(".") for part in Path(name).parts):
            kept[name] = _file(archive, path, name)
    return kept


def _file(archive: zipfile.ZipFile, path: Path, name: str) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(f"files/{name}", "w", force_zip64=True) as target:
        while piece := source.read(1 << 16):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return {"bytes": size, "sha256": digest.hexdigest()}


class BadBackup(Exception):
    """A file is no backup, or not a whole one; says which part of it, and what to do."""


def read_manifest(path: Path) -> dict[str, Any]:
    """What a backup says of itself. Raises BadBackup for any other file, OSError for none."""
    with path.open("rb") as file:
        if file.read(15) == b"SQLite format 3":
            raise BadBackup(
                f"{path.name} is a database file, not a backup: copied while the site writes, it "
                "may be torn. Take one with manage.py backup."
            )
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise BadBackup(f"{path.name} is no backup of a registry, or was cut off.") from None
    if manifest.get("kind") != KIND or manifest.get("format") != FORMAT:
        raise BadBackup(f"{path.name} is no backup of a registry that is known here.")
    return manifest


def check(path: Path) -> dict[str, Any]:
    """Hold every part of a backup against its manifest; returns that. Raises BadBackup."""
    manifest = read_manifest(path)
    with zipfile.ZipFile(path) as archive:
        for name, said in manifest["tables"].items():
            digest = rows.Digest()
            with _part(archive, f"tables/{name}.jsonl") as file:
                try:
                    for _seen in digest.seen(file):
                        pass
                except (zipfile.BadZipFile, EOFError):
                    raise _torn(f"tables/{name}.jsonl") from None
            if not digest.said.items() <= said.items():
                raise _torn(f"tables/{name}.jsonl")
        for name, said in manifest["files"].items():
            if _digest(archive, f"files/{name}") != said["sha256"]:
                raise _torn(f"files/{name}")
    return manifest


def _part(archive: zipfile.ZipFile, name: str):  # noqa: ANN202
    try:
        return archive.open(name)
    except KeyError:
        raise _torn(name) from None


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    with _part(archive, name) as file:
        try:
            return hashlib.file_digest(file, "sha256").hexdigest()
        except (zipfile.BadZipFile, EOFError):
            raise _torn(name) from None


def _torn(name: str) -> BadBackup:
    return BadBackup(f"The backup is damaged: {name} is not what its manifest says. Take another.")


def keep_newest(folder: Path, count: int) -> list[Path]:
    """Delete all but so many of the newest backups in a folder; returns those that went."""
    old = sorted(folder.glob("registry-*.zip"), reverse=True)[count:]
    for path in old:
        path.unlink()
    return old


def copy_files(path: Path, folder: Path) -> None:
    """Put the files of a backup into a folder that is empty or not there yet."""
    with zipfile.ZipFile(path) as archive:
        for name in read_manifest(path)["files"]:
            target = (folder / name).resolve()
            if not target.is_relative_to(folder.resolve()):
                raise BadBackup(f"The backup names a file outside of its folder: {name}.")
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(f"files/{name}") as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
