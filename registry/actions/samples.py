"""Adds many generated records at once: for measuring only, in a registry without real ones."""

from django.db import transaction
from django.utils import timezone

from registry.actions import audit, counters, entries
from registry.actions.codes import Codes
from registry.actions.records import Noun
from registry.actions.rows import Rows
from registry.actions.values import Values
from registry.errors import Refused
from registry.models import Record
from registry.permissions import Actor, Verb, require

AT_ONCE = 5000


@transaction.atomic
def add(*, noun: Noun, many: list[Values], by: Actor) -> int:
    """Add generated records in few statements; returns how many.

    The database keeps its constraints; the checks of single values are left out, and one event
    tells of all. Raises Refused for values that do not say that they are generated.
    """
    require(by, Verb.IMPORT_RECORDS)
    if any(values.get("source_system") != "generated" for values in many):
        raise Refused("Only generated records are added this way.")
    revision = counters.advance(counters.REVISION)
    codes = Codes()
    noun.shape.learn_fields(many, codes)
    noun.shape.learn_rows(many, codes)
    records = [_record(noun, values, codes) for values in many]
    noun.number(records)
    for record in records:
        noun.prepare(record, timezone.localdate())
    noun.shape.model.objects.bulk_create(records, batch_size=AT_ONCE)
    for rows in noun.shape.rows:
        _add_rows(rows, records, many, codes)
    entries.write(noun=records[0].noun, keys=[each.slug for each in records], revision=revision)
    note = f"{len(records)} generated records"
    audit.record(
        by=by,
        verb="sample",
        noun=records[0].noun,
        key=records[0].slug,
        revision=revision,
        note=note,
    )
    return len(records)


def _record(noun: Noun, values: Values, codes: Codes) -> Record:
    record = noun.shape.model()
    noun.shape.apply(record, values, codes)
    return record


def _add_rows(rows: Rows, records: list[Record], many: list[Values], codes: Codes) -> None:
    built = []
    for record, values in zip(records, many, strict=True):
        made = rows.build(values.get(rows.name, []), codes, checked=False)
        rows.own(made, record)
        built += made
    rows.model.objects.bulk_create(built, batch_size=AT_ONCE)
