"""Which fields and rows make the values of a noun; how they are read, cleaned and set."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from registry.actions.codes import Codes, typed
from registry.actions.rows import Rows
from registry.actions.values import Values, code_field, plain, tidy
from registry.models import Record


@dataclass(frozen=True)
class Shape:
    """Which fields and rows make the values of a noun."""

    model: type[Record]
    fields: tuple[str, ...]
    rows: tuple[Rows, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that values may have."""
        return frozenset(self.fields) | {rows.name for rows in self.rows}

    def read(self, record: Record, known: Values | None = None) -> Values:
        """The record's values as stored; rows that are `known`, as this gives them, stay."""
        known = known or {}
        values = {name: self._read_field(record, name) for name in self.fields}
        for each in self.rows:
            values[each.name] = known[each.name] if each.name in known else each.read(record)
        return values

    def named(self, values: Values) -> dict[type[models.Model], set[Any]]:
        """The public codes that values name, by the model that has them."""
        found: dict[type[models.Model], set[Any]] = {}
        for field in self.relations:
            found.setdefault(field.related_model, set()).add(values.get(field.name))
        for rows in self.rows:
            for name, field in rows.fields.items():
                if field.is_relation:
                    cells = {rows.cell(row, name) for row in values.get(rows.name, ())}
                    found.setdefault(field.related_model, set()).update(cells)
        return {model: codes - {None} for model, codes in found.items()}

    def read_many(self, records: Sequence[Record]) -> list[Values]:
        """The same for many records, whose relations are at hand: one question a table of rows."""
        keys = [record.pk for record in records]
        found = {rows.name: rows.read_many(keys) for rows in self.rows}
        return [
            self.read(record, {name: by_key[record.pk] for name, by_key in found.items()})
            for record in records
        ]

    @cached_property
    def relations(self) -> tuple[models.Field, ...]:
        """Its own fields that refer to other records."""
        fields = map(self.model._meta.get_field, self.fields)
        return tuple(field for field in fields if field.is_relation)

    @cached_property
    def without_rows(self) -> Values:
        """The rows of a record that has none."""
        return {rows.name: [] for rows in self.rows}

    def _read_field(self, record: Record, name: str) -> Any:
        field = self.model._meta.get_field(name)
        if not field.is_relation:
            return plain(field, getattr(record, name))
        related = getattr(record, name)
        return getattr(related, code_field(field.related_model)) if related else None

    def clean(self, values: Values) -> Values:
        """`values` in the form that `read` gives. Raises ValidationError naming every bad field."""
        problems: dict[str, list[str]] = {
            name: [_("There is no field “%s”.") % name] for name in values.keys() - self.names
        }
        cleaned = {}
        rows = {each.name: each for each in self.rows}
        for name in values.keys() & self.names:
            try:
                cleaned[name] = (
                    rows[name].clean(values[name])
                    if name in rows
                    else self._clean_field(name, values[name])
                )
            except ValidationError as wrong:
                problems[name] = wrong.messages
        if problems:
            raise ValidationError(problems)
        return cleaned

    def _clean_field(self, name: str, value: Any) -> Any:
        field = self.model._meta.get_field(name)
        value = tidy(name, value)
        if field.is_relation:
            return value or None
        if field.empty_strings_allowed:
            value = "" if value is None else value
        elif value == "":
            value = None
        return plain(field, value)

    def check(self, name: str, value: Any) -> None:
        """Raise ValidationError for a value (in the form of `clean`) that could not be saved."""
        for rows in self.rows:
            if rows.name == name:
                rows.check(value)
                return
        record = self.model()
        self.apply(record, {name: value})
        if value not in (None, ""):
            record.clean_fields(exclude={*self.fields, *_columns(self.model)} - {name})

    def apply(self, record: Record, values: Values, codes: Codes | None = None) -> None:
        """Set the record's own fields; rows are saved by `save_rows` once it has a key.

        `codes` is given by who has learned them for many records. Raises ValidationError.
        """
        codes = codes or self.learned([values])
        for name in self.fields:
            if name not in values:
                continue
            field = self.model._meta.get_field(name)
            if field.is_relation:
                code = _code(field, values[name], name)
                setattr(record, name, codes.record(field.related_model, code, name))
            else:
                setattr(record, name, field.to_python(values[name]))

    def learned(self, many: Iterable[Values]) -> Codes:
        """What the own fields of these values refer to."""
        codes = Codes()
        self.learn_fields(many, codes)
        return codes

    def learn_fields(self, many: Iterable[Values], codes: Codes) -> None:
        """Look up what own fields of many values refer to; what is no code is refused later."""
        for field in self.relations:
            codes.fetch(field.related_model, _told(field, many))

    def learn_rows(self, many: Iterable[Values], codes: Codes) -> None:
        """Look up what rows of many values refer to."""
        for rows in self.rows:
            rows.learn([row for values in many for row in values.get(rows.name, ())], codes)

    def save_rows(self, record: Record, values: Values, before: Values | None = None) -> None:
        """Save the rows that differ from `before`."""
        problems: dict[str, list[str]] = {}
        for rows in self.rows:
            stored = before[rows.name] if before else []
            if values.get(rows.name, stored) == stored:
                continue
            try:
                rows.save(record, values[rows.name], before=stored)
            except ValidationError as wrong:
                problems[rows.name] = wrong.messages
        if problems:
            raise ValidationError(problems)


def _told(field: models.Field, many: Iterable[Values]) -> list[Any]:
    told = []
    for values in many:
        with suppress(ValidationError):
            told.append(_code(field, values.get(field.name), field.name))
    return told


def _code(field: models.Field, value: Any, name: str) -> Any:
    return None if value is None else typed(field.related_model, value, name)


def _columns(model: type[Record]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields]
