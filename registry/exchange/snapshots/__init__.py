"""A frozen state of the registry in one file, from which all that it says can be made again.

The file holds the public records whole, the groups of look-alikes, tables of the records in scope,
the quotable statistics, a note on method, and a manifest with the checksum of each part. The same
records and the same scope give the same bytes.
"""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation

from registry.exchange.guarding import guard
from registry.exchange.snapshots.note import note
from registry.exchange.tables import TABLES
from registry.queries import quotable
from registry.queries.quotable.material import NOUNS
from registry.queries.quotable.statistics import Chosen, about, choose

MANIFEST, STATISTICS, ALIKE, NOTE = (
    "manifest.json",
    "statistics.json",
    "look-alikes.json",
    "README.txt",
)


@dataclass(frozen=True)
class Told:
    """What a snapshot is, apart from its records."""

    title: str
    taken_on: dt.date
    revision: int
    software: str
    address: str
    scope: quotable.Scope


@dataclass(frozen=True)
class Frozen:
    """A snapshot as a file, with what is said of it."""

    file: bytes
    counts: dict[str, int]
    left_out: list[dict[str, Any]]


def freeze(material: quotable.Material, told: Told) -> Frozen:
    """The snapshot of these records. It speaks English, whoever takes it."""
    with translation.override("en"):
        chosen = choose(material, told.scope)
        statistics = about(chosen)
        left_out = [{"what": what, "count": n} for what, n in _left_out(chosen, statistics)]
        parts = {
            **{f"records/{noun}.jsonl": _lines(material.of(noun)) for noun in NOUNS},
            ALIKE: _json(list(map(list, material.alike))),
            "tables/activities.csv": _table("activity", chosen.activities),
            "tables/guidance.csv": _table("guidance", chosen.guidance),
            "tables/partners.csv": _table("partner", material.of("partner")),
            STATISTICS: _json([each.as_data() for each in statistics]),
        }
        counts = {
            "activities": len(chosen.activities),
            "guidance": len(chosen.guidance),
            "partners": sum(b["standing"] == "partner" for b in material.of("partner")),
        }
        parts[NOTE] = note(told, counts, left_out, statistics).encode()
        parts[MANIFEST] = _manifest(told, counts, left_out, parts)
    return Frozen(_packed(parts, told.taken_on), counts, left_out)


def again(file: bytes) -> Frozen:
    """The snapshot made once more, from nothing but the records in its own file.

    Raises ValueError for a file that is no snapshot.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            said = json.loads(parts.read(MANIFEST))
            records = {
                noun: [
                    json.loads(line) for line in parts.read(f"records/{noun}.jsonl").splitlines()
                ]
                for noun in NOUNS
            }
            alike = tuple(tuple(group) for group in json.loads(parts.read(ALIKE)))
    except (zipfile.BadZipFile, KeyError, ValueError) as why:
        raise ValueError("This is no snapshot.") from why
    told = Told(
        title=said["title"],
        taken_on=dt.date.fromisoformat(said["taken_on"]),
        revision=said["revision"],
        software=said["software"],
        address=said["address"],
        scope=scope_of(said["scope"]),
    )
    return freeze(quotable.Material(records, alike), told)


def statistics_in(file: bytes) -> list[dict[str, Any]]:
    """The statistics that a snapshot holds, as plain data."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return json.loads(parts.read(STATISTICS))


def as_data(scope: quotable.Scope) -> dict[str, Any]:
    """A scope as plain data."""
    return {**asdict(scope), "areas": list(scope.areas), "articles": list(scope.articles)}


def scope_of(data: dict[str, Any]) -> quotable.Scope:
    """The scope that plain data says."""
    return quotable.Scope(
        data["first"], data["last"], tuple(data["areas"]), tuple(data["articles"])
    )


def _left_out(chosen: Chosen, statistics: list[quotable.Statistic]) -> list[tuple[str, int]]:
    told = dict(pair for each in statistics for pair in each.left_out)
    return [(what, n) for what, n in told.items() if n]


def _lines(bodies: list[dict]) -> bytes:
    return b"".join(_line(body) for body in bodies)


def _line(body: dict) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _table(noun: str, bodies: list[dict]) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out)
    table = TABLES[noun]
    lines.writerow([column.name for column in table.columns])
    for body in bodies:
        lines.writerow([guard(c) if isinstance(c, str) else c for c in table.row(body)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _manifest(
    told: Told, counts: dict[str, int], left_out: list[dict], parts: dict[str, bytes]
) -> bytes:
    return _json(
        {
            "title": told.title,
            "taken_on": told.taken_on.isoformat(),
            "revision": told.revision,
            "software": told.software,
            "address": told.address,
            "scope": as_data(told.scope),
            "counts": counts,
            "left_out": left_out,
            "parts": {
                name: {"bytes": len(part), "sha256": hashlib.sha256(part).hexdigest()}
                for name, part in sorted(parts.items())
            },
        }
    )


def _packed(parts: dict[str, bytes], day: dt.date) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in sorted(parts.items()):
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, part)
    return out.getvalue()
