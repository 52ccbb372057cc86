"""Brings records up to their rows through the actions, and leaves alone what others have edited."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from articles.loading.saving import Wanted
from articles.rows import LoadError
from registry.actions.activities import TIME_PASSED
from registry.actions.records import Noun
from registry.actions.shapes import Values
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
    stored, edited = _stored(noun, known_by), _edited(noun)
    for row in rows:
        try:
            record = stored.get(_identity(noun.shape.clean(dict(row.values)), known_by))
            slug, outcome = _save_one(noun, row, record, edited)
        except ValidationError as wrong:
            raise _refused(row, wrong) from None
        report.note(kind, slug, outcome)


def _save_one(
    noun: Noun, row: Wanted, record: Record | None, edited: set[str]
) -> tuple[str, Outcome]:
    values = dict(row.values)
    if record is None:
        return noun.create(values=values, by=LOADER).slug, Outcome.CREATED
    if record.withdrawn_at or record.slug in edited:
        return record.slug, Outcome.KEPT
    after = noun.change(record=record, values=values, version=record.version, by=LOADER)
    is_same = after.version == record.version
    return record.slug, Outcome.UNCHANGED if is_same else Outcome.CHANGED


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
    written = _events(noun).filter(actor_id=None, actor=LOADER.label)
    for slug, after in written.values_list("key", "after"):
        stored[_identity(after, known_by)] = records[slug]
    return stored


def _edited(noun: Noun) -> set[str]:
    """The slugs of records whose last change was made by somebody else than this loader."""
    last = {key: who for key, *who in _events(noun).values_list("key", "actor_id", "actor")}
    return {key for key, who in last.items() if who != [None, LOADER.label]}


def _events(noun: Noun) -> QuerySet[Event]:
    # That a date has passed is no edit: the values stay as they are.
    events = Event.objects.filter(noun=noun.shape.model.noun).exclude(verb=TIME_PASSED)
    return events.order_by("pk")


def _refused(row: Wanted, wrong: ValidationError) -> LoadError:
    """The first thing that an action found wrong, under the name of the column in the file."""
    value, reasons = next(iter(wrong.message_dict.items()))
    column = "" if value == "__all__" else row.columns.get(value, value)
    return row.place.error(column, reasons[0])
