"""Adds many generated records at once: for measuring only, in a registry without real ones."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from registry.actions import activities, audit, counters, entries
from registry.actions.records import Noun
from registry.actions.values import Values, code_field
from registry.errors import Refused
from registry.models import Activity, Record
from registry.permissions import Actor, Verb, require
from registry.queries.freshness import freshness_on

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
    codes = _codes(noun, many)
    records = [_record(noun, values, codes) for values in many]
    if noun.shape.model is Activity:
        _number(records)
    noun.shape.model.objects.bulk_create(records, batch_size=AT_ONCE)
    _add_rows(noun, records, many, codes)
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


def _number(records: list[Record]) -> None:
    today = timezone.localdate()
    first = counters.advance(counters.ACTIVITY, by=len(records)) - len(records) + 1
    for number, record in enumerate(records, first):
        record.number, record.reference = number, activities.reference(number)
        record.status = activities.status_on(record, today)
        record.freshness = freshness_on(record, today)
        record.phase = activities.phase_of(record)


Codes = dict[type[models.Model], dict[Any, Any]]


def _codes(noun: Noun, many: list[Values]) -> Codes:
    """The keys of all records that these refer to, by model and public code."""
    wanted: dict[type[models.Model], set] = {}
    for name, field in _relations(noun):
        found = wanted.setdefault(field.related_model, set())
        for values in many:
            found.update(_told(values, name))
    return {model: _keys(model, codes - {None}) for model, codes in wanted.items()}


def _relations(noun: Noun) -> list[tuple[tuple[str, str], models.Field]]:
    model = noun.shape.model._meta
    own = [(("", name), model.get_field(name)) for name in noun.shape.fields]
    rows = [((r.name, name), field) for r in noun.shape.rows for name, field in r.fields.items()]
    return [(name, field) for name, field in own + rows if field.is_relation]


def _told(values: Values, name: tuple[str, str]) -> list:
    rows, column = name
    if not rows:
        return [values.get(column)]
    return [row[column] if isinstance(row, dict) else row for row in values.get(rows, [])]


def _keys(model: type[models.Model], codes: set) -> dict:
    column = code_field(model)
    return dict(model.objects.filter(**{f"{column}__in": codes}).values_list(column, "pk"))


def _record(noun: Noun, values: Values, codes: Codes) -> Record:
    record = noun.shape.model()
    for name in noun.shape.fields:
        if name in values:
            _set(record, record._meta.get_field(name), values[name], codes)
    return record


def _set(to: models.Model, field: models.Field, value: Any, codes: Codes) -> None:
    if field.is_relation:
        setattr(to, field.attname, None if value is None else codes[field.related_model][value])
    else:
        setattr(to, field.attname, value)


def _add_rows(noun: Noun, records: list[Record], many: list[Values], codes: Codes) -> None:
    for rows in noun.shape.rows:
        built = []
        for record, values in zip(records, many, strict=True):
            for at, row in enumerate(values.get(rows.name, [])):
                each = rows.model(**{f"{rows.owner}_id": record.pk})
                if rows.is_ordered:
                    each.position = at
                for name, field in rows.fields.items():
                    _set(each, field, row[name] if isinstance(row, dict) else row, codes)
                built.append(each)
        rows.model.objects.bulk_create(built, batch_size=AT_ONCE)
