"""The whole public data set as files: all of one moment, checkable, put in place at once.

A dump is a folder with a file for each noun and format, `SHA256SUMS`, and `manifest.json`. It is
written aside; the file `latest` then names it, so that no reader ever sees half a dump and a failed
one leaves the last. The one before stays, for whoever is just reading it.
"""

import datetime as dt
import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from registry.exchange.extracts import Counted, Extract
from registry.exchange.formats import FORMATS
from registry.exchange.tables import TABLES
from registry.models import Entry
from registry.queries import revision
from registry.queries.snapshots import snapshot

FORMAT_NAMES = ("jsonl", "csv")
MANIFEST, SUMS, LATEST = "manifest.json", "SHA256SUMS", "latest"
# The plural in file names, as in addresses.
PLURALS = {
    "area": "areas",
    "partner": "partners",
    "activity": "activities",
    "guidance": "guidance",
    "meeting": "meetings",
    "contribution": "contributions",
    "article": "articles",
    "country": "countries",
    "decision": "decisions",
    "term": "terms",
}
KEPT = 2
BATCH = 2000
_ASIDE = ".writing-"


@dataclass(frozen=True)
class File:
    """One file of a dump."""

    name: str
    noun: str
    format: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a dump says of itself, and the folder in which it lies."""

    taken_at: dt.datetime
    revision: int
    software: str
    files: tuple[File, ...]
    folder: Path

    def path_of(self, name: str) -> Path | None:
        """Where the file of this name is; None for a name that is not one of the dump's own."""
        known = {MANIFEST, SUMS, *(file.name for file in self.files)}
        return self.folder / name if name in known else None

    def checksum_of(self, name: str) -> str:
        """The SHA-256 of a data file; blank for the two files about the others."""
        return next((file.sha256 for file in self.files if file.name == name), "")


def write(folder: Path, *, taken_at: dt.datetime, software: str) -> Manifest:
    """Write a dump of everything public into `folder`, and make it the latest.

    The same records give the same bytes in every file but the manifest, which bears the moment.
    Raises OSError where the folder cannot be written; the latest dump is then the one before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        with snapshot():
            number = revision.latest()
            files = tuple(_files(aside, taken_at, number))
        manifest = Manifest(taken_at, number, software, files, aside)
        _describe(manifest)
        return _put_in_place(folder, manifest)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _files(folder: Path, taken_at: dt.datetime, number: int) -> Iterator[File]:
    for noun in TABLES:
        for name in FORMAT_NAMES:
            yield _file(folder, Extract(noun, taken_at, number), name)


def _file(folder: Path, extract: Extract, name: str) -> File:
    path = folder / f"{PLURALS[extract.noun]}.{FORMATS[name].extension}.gz"
    stored = Counted(_stored(extract.noun))
    # Without a name and a date inside, the same records give the same bytes.
    with path.open("wb") as out, gzip.GzipFile("", "wb", 6, out, mtime=0) as packed:
        for chunk in FORMATS[name].write(stored, extract):
            packed.write(chunk)
    with path.open("rb") as written:
        checksum = hashlib.file_digest(written, "sha256").hexdigest()
    return File(path.name, extract.noun, name, stored.rows, path.stat().st_size, checksum)


def _stored(noun: str) -> Iterator[str]:
    entries = Entry.objects.public().filter(noun=noun).order_by("key")
    return entries.values_list("body", flat=True).iterator(chunk_size=BATCH)


def _describe(manifest: Manifest) -> None:
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in manifest.files)
    (manifest.folder / SUMS).write_text(sums)
    told = {
        "taken_at": manifest.taken_at.isoformat(timespec="seconds"),
        "revision": manifest.revision,
        "software": manifest.software,
        "files": [asdict(file) for file in manifest.files],
    }
    (manifest.folder / MANIFEST).write_text(json.dumps(told, indent=2) + "\n")


def _put_in_place(folder: Path, manifest: Manifest) -> Manifest:
    # Its own name aside is unique, and so is what is left of it.
    unique = manifest.folder.name.removeprefix(_ASIDE)
    home = folder / f"{manifest.taken_at:%Y%m%dT%H%M%S}-{manifest.revision}-{unique}"
    manifest.folder.chmod(0o755)
    manifest.folder.rename(home)
    pointer = folder / f"{LATEST}.{unique}"
    pointer.write_text(home.name)
    pointer.replace(folder / LATEST)
    _clear(folder, home)
    return Manifest(manifest.taken_at, manifest.revision, manifest.software, manifest.files, home)


def _clear(folder: Path, home: Path) -> None:
    """Remove all dumps but the latest and the one before. What is being written aside stays."""
    older = sorted(
        each
        for each in folder.iterdir()
        if each.is_dir() and each != home and not each.name.startswith(_ASIDE)
    )
    for each in older[: len(older) - KEPT + 1]:
        shutil.rmtree(each, ignore_errors=True)


def latest(folder: Path) -> Manifest | None:
    """The latest dump; None where there is none yet."""
    try:
        home = folder / (folder / LATEST).read_text().strip()
        told = json.loads((home / MANIFEST).read_text())
    except FileNotFoundError:
        return None
    return Manifest(
        taken_at=dt.datetime.fromisoformat(told["taken_at"]),
        revision=told["revision"],
        software=told["software"],
        files=tuple(File(**each) for each in told["files"]),
        folder=home,
    )
