"""Brings records up to their rows through the actions, and leaves alone what others have edited."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Max, QuerySet

from articles.loading.saving import Wanted
from articles.rows import LoadError
from registry.actions.activities import TIME_PASSED
from registry.actions.records import Noun
from registry.actions.values import Values
from registry.exchange.loading.report import LoadReport, Outcome
from registry.models import Event, Record
from registry.permissions import System

LOADER = System("data files")


def save(
    report: LoadReport,
    kind: str,
    noun: Noun,
    rows: Sequence[Wanted],
    *,
    known_by: Sequence[str] = ("slug",),
) -> None:
    """Create or change the record of each row, and report it under `kind`.

    `known_by` names the values by which a row finds its record again. Records that somebody else
    has changed since, or that are withdrawn, are left alone. Raises LoadError for the first row
    that an action refuses. Needs a transaction around it.
    """
    report.begin(kind, len(rows))
    stored, last = _stored(noun, known_by), _last_events(noun)
    for row in rows:
        try:
            values = noun.shape.clean(dict(row.values))
            record = stored.get(_identity(values, known_by))
            slug, outcome = _save_one(noun, values, record, last)
        except ValidationError as wrong:
            raise _refused(noun, row, wrong) from None
        report.note(kind, slug, outcome)


def _save_one(
    noun: Noun, values: Values, record: Record | None, last: Mapping[str, Event]
) -> tuple[str, Outcome]:
    if record is None:
        return noun.create(values=values, by=LOADER).slug, Outcome.CREATED
    event = last.get(record.slug)
    if record.withdrawn_at or not event or not _is_ours(event):
        return record.slug, Outcome.KEPT
    # What the loader wrote last is what is stored: nobody else has changed it since.
    if event.after | values == event.after:
        return record.slug, Outcome.UNCHANGED
    noun.change(record=record, values=values, version=record.version, by=LOADER)
    return record.slug, Outcome.CHANGED


def _identity(values: Values, known_by: Sequence[str]) -> tuple[Any, ...]:
    return tuple(values[name] for name in known_by)


def _stored(noun: Noun, known_by: Sequence[str]) -> dict[tuple[Any, ...], Record]:
    """The records by what they are known by: as they stand, and as this loader last wrote them.

    So a meeting to which somebody has given a better title is still found by the one of its file.
    """
    records = {record.slug: record for record in noun.shape.model.objects.order_by("pk")}
    if tuple(known_by) == ("slug",):
        return {(slug,): record for slug, record in records.items()}
    stored = {_identity(noun.shape.read(each), known_by): each for each in records.values()}
    ours = _events(noun).filter(actor_id=None, actor=LOADER.label).order_by("pk")
    for slug, after in ours.values_list("key", "after"):
        stored[_identity(after, known_by)] = records[slug]
    return stored


def _last_events(noun: Noun) -> dict[str, Event]:
    """The event of the last change of each record, by slug."""
    last = _events(noun).values("key").annotate(last=Max("pk")).values("last")
    return {event.key: event for event in Event.objects.filter(pk__in=last)}


def _events(noun: Noun) -> QuerySet[Event]:
    # That a date has passed is no edit: the values stay as they are.
    return Event.objects.filter(noun=noun.shape.model.noun).exclude(verb=TIME_PASSED)


def _is_ours(event: Event) -> bool:
    return event.actor_id is None and event.actor == LOADER.label


def _refused(noun: Noun, row: Wanted, wrong: ValidationError) -> LoadError:
    """The first thing that an action found wrong, under the name of the column in the file."""
    value, reasons = next(iter(wrong.message_dict.items()))
    values = [value] if value != NON_FIELD_ERRORS else _of_broken_rule(noun, row, reasons[0])
    return row.place.error(", ".join(row.columns.get(name, name) for name in values), reasons[0])


def _of_broken_rule(noun: Noun, row: Wanted, reason: str) -> list[str]:
    """The values of the row that a constraint speaks of, which is known by what it says."""
    for rule in noun.shape.model._meta.constraints:
        if rule.get_violation_error_message() == reason:
            condition = getattr(rule, "condition", None)
            spoken_of = getattr(rule, "fields", ()) or condition.referenced_base_fields
            return [name for name in row.columns if name in spoken_of]
    return []
