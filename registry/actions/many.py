"""Writes planned changes of many records, each table in few statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import F
from django.utils import timezone

from registry.actions import audit, entries
from registry.actions.audit import Happened
from registry.actions.planning import AT_ONCE, Planned
from registry.actions.records import Changed, Noun
from registry.actions.rows import Rows
from registry.actions.values import Values
from registry.models import Record
from registry.permissions import Actor


@dataclass(frozen=True)
class Left:
    """What all changes of one go leave behind together."""

    by: Actor
    revision: int
    note: str = ""
    batch: int | None = None


def save(noun: Noun, planned: Sequence[Planned], left: Left) -> None:
    """Create and change records as planned; an event for each, entries.

    Call it in a transaction that holds the revision.
    """
    new = [each.record for each in planned if each.is_new]
    changed = [each.record for each in planned if not each.is_new]
    if new:
        noun.number(new)
        noun.shape.model.objects.bulk_create(new, batch_size=AT_ONCE)
    for record in changed:
        record.version += 1
    _overwrite(noun.shape.model, changed)
    for rows in noun.shape.rows:
        _replace(rows, planned)
    _leave(noun, planned, left)


def _overwrite(model: type[Record], records: list[Record]) -> None:
    """Store records that are there already: to name each in a condition would take far longer."""
    kept = {"id", "slug", "created_at"}
    fields = [each for each in model._meta.concrete_fields if not each.generated]
    model.objects.bulk_create(
        records,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[each.name for each in fields if each.name not in kept],
    )


def _replace(rows: Rows, planned: Sequence[Planned]) -> None:
    other = [each for each in planned if rows.name in each.rows]
    if gone := [each.record.pk for each in other if each.before.get(rows.name)]:
        rows.remove(gone)
    for each in other:
        rows.own(each.rows[rows.name], each.record)
    built: list[models.Model] = [row for each in other for row in each.rows[rows.name]]
    rows.model.objects.bulk_create(built, batch_size=AT_ONCE * 2)


def _leave(noun: Noun, planned: Sequence[Planned], left: Left) -> None:
    told = [
        Happened(
            "create" if each.is_new else "change", each.record, each.before or None, each.after
        )
        for each in planned
    ]
    changes = [Changed(each.record, each.before, each.after) for each in planned]
    _tell(noun, told, changes, left)


def _tell(noun: Noun, told: Sequence[Happened], changes: Sequence[Changed], left: Left) -> None:
    given = {"revision": left.revision, "note": left.note, "batch": left.batch}
    audit.of_records(by=left.by, told=told, **given)
    keys = [each.record.slug for each in changes]
    entries.write(noun=noun.shape.model.noun, keys=keys, revision=left.revision)
    for other, shown in noun.shown_by(changes):
        entries.write(noun=other, keys=shown, revision=left.revision)


def stand(
    noun: Noun, records: Collection[tuple[Record, Values]], *, is_public: bool, left: Left
) -> None:
    """Withdraw records from the public, or bring them back; an event for each, entries."""
    now = timezone.now()
    keys = [record.pk for record, _values in records]
    noun.shape.model.objects.filter(pk__in=keys).update(
        withdrawn_at=None if is_public else now, version=F("version") + 1, updated_at=now
    )
    told = []
    for record, values in records:
        record.version += 1
        before, after = (None, values) if is_public else (values, None)
        told.append(Happened("restore" if is_public else "withdraw", record, before, after))
    _tell(noun, told, [Changed(record, {}, values) for record, values in records], left)
