"""The audit trail's one way in."""

from django.utils import timezone

from registry.models import Event, Record
from registry.permissions import Actor, System


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
    return Event.objects.create(
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
    )


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
