"""Puts wanted rows into a table: creates, changes or leaves alone, and counts which."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, models, transaction

from articles.rows import LoadError

# Column of a file → field of a model, and the accessor of Row or Node that reads it.
type Columns = Mapping[str, tuple[str, Callable[[Any, str], Any]]]


class Place(Protocol):
    """Where a wanted row comes from: a Row of a table or a Node of a document."""

    def error(self, column: str, reason: str) -> LoadError:
        """A LoadError that names this place."""


@dataclass(frozen=True)
class Wanted:
    """A row as the files want it: the values of its fields, and the articles it is tied to.

    `columns` gives the name of a field in the file, where that differs.
    """

    place: Place
    values: Mapping[str, Any]
    articles: Sequence[int] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def refuse(self, record: models.Model, wrong: ValidationError) -> LoadError:
        """The first fault that the model finds, as a LoadError with the name of the column."""
        name, reasons = next(iter(wrong.message_dict.items()))
        fields = _fields_of_broken_rule(record) if name == NON_FIELD_ERRORS else [name]
        columns = ", ".join(self.columns.get(name, name) for name in fields)
        return self.place.error(columns, reasons[0])


def wanted(
    place: Place, columns: Columns, articles: Sequence[int] | None = None, **values: Any
) -> Wanted:
    """The row that `columns` read from `place`, with further values as given."""
    read = {field: accessor(place, column) for column, (field, accessor) in columns.items()}
    named = {field: column for column, (field, _) in columns.items()}
    return Wanted(place, read | values, articles, named)


def one_of(kind: type[models.Choices]) -> Callable[[Any, str], str]:
    """An accessor that reads a value of these choices."""
    return lambda place, column: place.choice(column, kind)


@dataclass
class Count:
    """What loading did to one table."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    # Rows of the database that the files no longer have; they are left alone.
    vanished: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged"


@dataclass
class LoadReport:
    """What a load did, by table."""

    counts: dict[str, Count] = field(default_factory=dict)

    @property
    def created(self) -> int:
        """How many rows are new, in all tables."""
        return sum(count.created for count in self.counts.values())

    @property
    def changed(self) -> int:
        """How many rows were brought up to the files, in all tables."""
        return sum(count.changed for count in self.counts.values())

    @property
    def vanished(self) -> list[str]:
        """Rows that are in the database and not in the files, as “Country: ZZ”."""
        return [
            f"{table}: {name}" for table, count in self.counts.items() for name in count.vanished
        ]

    def __str__(self) -> str:
        lines = [f"{table}: {count}" for table, count in self.counts.items()]
        return "\n".join(
            lines + [f"left alone, no longer in the files: {v}" for v in self.vanished]
        )


def save(
    report: LoadReport, model: type[models.Model], key: Sequence[str], rows: Iterable[Wanted]
) -> None:
    """Make the table of `model` hold the wanted rows, which `key` tells apart, and report it.

    Raises LoadError for the first row that the model refuses. Needs a transaction around it.
    """
    count = report.counts.setdefault(model.__name__, Count())
    rows = list(rows)
    stored = {_key(record.__dict__, key): record for record in _stored(model, rows)}
    _let_go(model, stored, key, rows)
    for row in rows:
        record = stored.pop(_key(row.values, key), None)
        outcome = _save_one(record or model(), row, is_new=record is None)
        setattr(count, outcome, getattr(count, outcome) + 1)
    count.vanished += [" ".join(map(str, name)) for name in stored]


def _stored(model: type[models.Model], rows: list[Wanted]) -> models.QuerySet:
    has_articles = any(row.articles is not None for row in rows)
    records = model._default_manager.order_by("pk")
    return records.prefetch_related("articles") if has_articles else records


def _key(values: Mapping[str, Any], key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(values[name] for name in key)


def _let_go(
    model: type[models.Model],
    stored: Mapping[tuple, models.Model],
    key: Sequence[str],
    rows: list[Wanted],
) -> None:
    """Empty the unique numbers that are about to change, so that two rows can swap theirs."""
    free = [f.attname for f in model._meta.concrete_fields if f.unique and f.null]
    for name in free:
        moved = [
            record.pk
            for row in rows
            if (record := stored.get(_key(row.values, key)))
            and getattr(record, name) != row.values[name]
        ]
        model._default_manager.filter(pk__in=moved).update(**{name: None})


def _save_one(record: models.Model, row: Wanted, *, is_new: bool) -> str:
    differs = any(getattr(record, name) != value for name, value in row.values.items())
    if is_new or differs:
        _write(record, row, is_new)
    relinked = row.articles is not None and _link(record, row.articles, is_new)
    return "created" if is_new else "changed" if differs or relinked else "unchanged"


def _write(record: models.Model, row: Wanted, is_new: bool) -> None:
    for name, value in row.values.items():
        setattr(record, name, value)
    try:
        record.clean_fields()
        # The database keeps the constraints. To ask for each of them first would take thrice as
        # long, so only a refused row is looked at closely.
        with transaction.atomic():
            record.save(force_insert=is_new)
    except ValidationError as wrong:
        raise row.refuse(record, wrong) from None
    except DatabaseError as wrong:
        raise _explained(record, row, wrong) from None


def _explained(record: models.Model, row: Wanted, fault: DatabaseError) -> LoadError:
    try:
        record.full_clean()
    except ValidationError as wrong:
        return row.refuse(record, wrong)
    return row.place.error("", f"the database refuses it: {fault}")


def _fields_of_broken_rule(record: models.Model) -> list[str]:
    """The fields that the first constraint speaks of which `record` breaks."""
    for rule in record._meta.constraints:
        try:
            rule.validate(type(record), record)
        except ValidationError:
            condition = getattr(rule, "condition", None)
            named = getattr(rule, "fields", ()) or condition.referenced_base_fields
            return [field.name for field in record._meta.fields if field.name in named]
    return []


def _link(record: Any, articles: Sequence[int], is_new: bool) -> bool:
    """Tie the record to these articles; whether that changed anything."""
    # An article's primary key is its number.
    linked = set() if is_new else {article.pk for article in record.articles.all()}
    if linked == set(articles):
        return False
    record.articles.set(articles)
    return True
