"""Rows that belong to a record: read, cleaned, checked and saved as its values name them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from registry.actions.codes import Codes, typed
from registry.actions.values import code_field, plain, plain_cell, tidy
from registry.models import Record


@dataclass(frozen=True)
class Rows:
    """Rows of `model` that belong to a record: `name` in the values, `columns` that make a row."""

    name: str
    model: type[models.Model]
    owner: str
    columns: tuple[str, ...]

    @cached_property
    def fields(self) -> dict[str, models.Field]:
        """The model's fields by column."""
        return {name: self.model._meta.get_field(name) for name in self.columns}

    @cached_property
    def relation(self) -> str:
        """The name under which the record's model has them."""
        return self.model._meta.get_field(self.owner).remote_field.related_name

    @cached_property
    def is_ordered(self) -> bool:
        """Whether the order of the rows means something and is kept."""
        return any(field.name == "position" for field in self.model._meta.fields)

    @cached_property
    def identities(self) -> list[tuple[str, ...]]:
        """The columns that tell one row of a record from another, as the database has it."""
        unique = [each.fields for each in self.model._meta.total_unique_constraints]
        once = [tuple(n for n in self.columns if n in fields) for fields in unique]
        return once or [self.columns]

    def read(self, record: Record) -> list:
        """The record's rows as values, in their order, or sorted where order means nothing."""
        return self.read_many([record.pk])[record.pk]

    def read_many(self, keys: Collection[int]) -> dict[int, list]:
        """The same for many records, in one question, by the primary keys of these."""
        columns = [
            f"{name}__{code_field(field.related_model)}" if field.is_relation else name
            for name, field in self.fields.items()
        ]
        rows = self.model.objects.filter(**{f"{self.owner}__in": keys})
        rows = rows.order_by("position" if self.is_ordered else "pk")
        cells: dict[int, list] = {key: [] for key in keys}
        for owner, *row in rows.values_list(f"{self.owner}_id", *columns):
            cells[owner].append([plain_cell(value) for value in row])
        return {key: self._settle(found) for key, found in cells.items()}

    def clean(self, rows: Any) -> list:
        """Typed rows in the form that `read` gives. Raises ValidationError under this name."""
        if not isinstance(rows, list | tuple):
            raise ValidationError({self.name: _("“%s” must be a list.") % self.name})
        cells = [self._cells(row) for row in rows]
        self._refuse_twice(cells)
        return self._settle(cells)

    def _refuse_twice(self, cells: list[list]) -> None:
        for columns in self.identities:
            seen = [tuple(row[self.columns.index(name)] for name in columns) for row in cells]
            for identity in seen:
                if seen.count(identity) > 1:
                    said = ", ".join(str(cell) for cell in identity if cell is not None)
                    raise ValidationError({self.name: _("“%s” is given twice.") % said})

    def _cells(self, row: Any) -> list:
        if len(self.columns) == 1:
            row = {self.columns[0]: row}
        if not isinstance(row, dict) or row.keys() - set(self.columns):
            known = ", ".join(self.columns)
            raise ValidationError({self.name: _("A row of “%s” has: %s.") % (self.name, known)})
        return [self._cell(name, field, row.get(name)) for name, field in self.fields.items()]

    def _cell(self, name: str, field: models.Field, value: Any) -> Any:
        value = tidy(self.name, value)
        if field.is_relation:
            blank = value in (None, "")
            return None if blank else typed(field.related_model, value, self.name)
        value = "" if value is None and not field.null else value
        try:
            return plain(field, value)
        except ValidationError as wrong:
            raise ValidationError({self.name: wrong.messages}) from None

    def _settle(self, cells: list[list]) -> list:
        if not self.is_ordered:
            cells = sorted(cells, key=lambda row: [(cell is None, cell) for cell in row])
        if len(self.columns) == 1:
            return [row[0] for row in cells]
        return [dict(zip(self.columns, row, strict=True)) for row in cells]

    def save(self, record: Record, rows: list, *, before: list) -> None:
        """Replace the record's rows `before` by `rows` (both in the form of `clean`)."""
        codes = Codes()
        self.learn(rows, codes)
        built = self.build(rows, codes)
        self.own(built, record)
        if before:
            self.remove([record.pk])
        try:
            with transaction.atomic():
                self.model.objects.bulk_create(built)
        except IntegrityError:
            self._explain(built)
            raise

    def check(self, rows: list) -> None:
        """Raise ValidationError for rows (in the form of `clean`) that could not be saved."""
        codes = Codes()
        self.learn(rows, codes)
        self.build(rows, codes)

    def learn(self, rows: list, codes: Codes) -> None:
        """Look up what the rows refer to."""
        for name, field in self.fields.items():
            if field.is_relation:
                codes.learn(field.related_model, [self.cell(row, name) for row in rows])

    def cell(self, row: Any, name: str) -> Any:
        """What a row says in a column."""
        return row if len(self.columns) == 1 else row[name]

    def build(self, rows: list, codes: Codes, *, checked: bool = True) -> list[models.Model]:
        """Rows ready to be saved once they have their owner, by codes that were learned.

        Raises ValidationError under this name.
        """
        return [self._build(row, at, codes, checked) for at, row in enumerate(rows)]

    def _build(self, row: Any, at: int, codes: Codes, checked: bool) -> models.Model:
        fields = {name: self.cell(row, name) for name in self.columns}
        for name, field in self.fields.items():
            if field.is_relation:
                key = codes.key(field.related_model, fields.pop(name), self.name)
                fields[field.attname] = key
        if self.is_ordered:
            fields["position"] = at
        built = self.model(**fields)
        if checked:
            self._check(built)
        return built

    def _check(self, built: models.Model) -> None:
        # What it refers to was found just now; to look again would cost a query each.
        known = {
            name
            for name, field in self.fields.items()
            if field.is_relation and getattr(built, field.attname) is not None
        }
        try:
            built.clean_fields(exclude={self.owner, "id", "position", *known})
        except ValidationError as wrong:
            raise ValidationError({self.name: wrong.messages}) from None

    def own(self, built: list[models.Model], record: Record) -> None:
        """Give rows their owner, which is stored by now."""
        for row in built:
            setattr(row, self.owner, record)

    def remove(self, keys: Collection[int]) -> None:
        """Delete the rows of these records in one statement: nothing hangs on a row."""
        rows = self.model.objects.filter(**{f"{self.owner}__in": keys})
        rows._raw_delete(rows.db)

    def _explain(self, built: list[models.Model]) -> None:
        """Raise ValidationError for the rule of the database that the rows break."""
        for row in built:
            try:
                row.validate_constraints()
            except ValidationError as wrong:
                raise ValidationError({self.name: wrong.messages}) from None
