"""The audit trail's one way in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from registry.models import Event, Record
from registry.permissions import Actor, System

AT_ONCE = 500


@dataclass(frozen=True)
class Happened:
    """What was done to one of many records, and its values before and after."""

    verb: str
    record: Record
    before: dict | None
    after: dict | None


def record(
    *,
    by: Actor,
    verb: str,
    noun: str,
    key: str,
    before: dict | None = None,
    after: dict | None = None,
    version: int | None = None,
    revision: int | None = None,
    note: str = "",
) -> Event:
    """Add an event: `by` did `verb` to the record `noun`/`key`. Call it in its transaction.

    `before` and `after` are the record's values (see `registry.actions.shapes`), None where there
    was no record before or is none after.
    """
    given = {"before": before, "after": after, "version": version, "revision": revision}
    made = _event(by=by, verb=verb, noun=noun, key=key, **given, note=note)
    made.save(force_insert=True)
    return made


def _event(
    *,
    by: Actor,
    verb: str,
    noun: str,
    key: str,
    before: dict | None,
    after: dict | None,
    version: int | None,
    revision: int | None,
    note: str,
    batch: int | None = None,
) -> Event:
    return Event(
        at=timezone.now(),
        actor_id=None if isinstance(by, System) else by.pk,
        actor=str(by),
        verb=verb,
        noun=noun,
        key=key,
        version=version,
        revision=revision,
        before=before,
        after=after,
        note=note,
        batch=batch,
    )


def of_records(
    *,
    by: Actor,
    told: Iterable[Happened],
    revision: int,
    note: str = "",
    batch: int | None = None,
) -> None:
    """Add events about many accepted records, as they stand after a change of all of them."""
    events = [
        _event(
            by=by,
            verb=each.verb,
            noun=each.record.noun,
            key=each.record.slug,
            before=each.before,
            after=each.after,
            version=each.record.version,
            revision=revision,
            note=note,
            batch=batch,
        )
        for each in told
    ]
    Event.objects.bulk_create(events, batch_size=AT_ONCE)


def of_record(
    *,
    by: Actor,
    verb: str,
    record_: Record,
    before: dict | None,
    after: dict | None,
    revision: int,
    note: str = "",
) -> Event:
    """Add an event about an accepted record, as it stands after the change."""
    return record(
        by=by,
        verb=verb,
        noun=record_.noun,
        key=record_.slug,
        before=before,
        after=after,
        version=record_.version,
        revision=revision,
        note=note,
    )
