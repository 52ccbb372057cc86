"""Snapshots: a frozen file is kept for good, told to the public, and held against its checksum."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit, counters, files
from registry.errors import Refused
from registry.models import Snapshot
from registry.permissions import SYSTEM, Actor, Verb, person, require


@transaction.atomic
def keep(
    *,
    title: str,
    file: bytes,
    taken_on: dt.date,
    revision: int,
    software: str,
    scope: dict[str, Any],
    counts: dict[str, int],
    left_out: list[dict[str, Any]],
    by: Actor,
) -> Snapshot:
    """Publish a frozen file under an address of its own; it can neither be changed nor taken back.

    Raises Refused without a title, or where the very same file is kept already; PermissionDenied.
    """
    require(by, Verb.WRITE_REPORTS)
    if not title.strip():
        raise Refused(_("Give the snapshot a title, by which it will be cited."))
    counters.advance(counters.REVISION)
    checksum = hashlib.sha256(file).hexdigest()
    if same := Snapshot.objects.filter(sha256=checksum).first():
        raise Refused(_("The very same was frozen already, as “%s”.") % same.key)
    made = Snapshot.objects.create(
        key=_key(taken_on),
        title=title.strip(),
        taken_on=taken_on,
        taken_at=timezone.now(),
        revision=revision,
        software=software,
        scope=scope,
        counts=counts,
        left_out=left_out,
        bytes=len(file),
        sha256=checksum,
        by=person(by),
    )
    files.write(path_of(made), file)
    audit.record(by=by, verb="snapshot", noun="snapshot", key=made.key, note=made.title)
    return made


def _key(day: dt.date) -> str:
    """The day and a number, as it stands in a citation: “2026-11-25-1”."""
    number = Snapshot.objects.filter(taken_on=day).count() + 1
    return f"{day.isoformat()}-{number}"


def path_of(snapshot: Snapshot) -> Path:
    """Where its file is kept: among the files that backups hold."""
    return Path(settings.FILES_DIR) / "snapshots" / f"{snapshot.key}.zip"


def is_sound(snapshot: Snapshot) -> bool:
    """Whether its file is there and is what was published."""
    try:
        with path_of(snapshot).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == snapshot.sha256
    except FileNotFoundError:
        return False


def unsound(*, by: Actor = SYSTEM) -> list[Snapshot]:
    """The snapshots whose file is gone or is not what was published."""
    require(by, Verb.WRITE_REPORTS)
    return [each for each in Snapshot.objects.order_by("key") if not is_sound(each)]
