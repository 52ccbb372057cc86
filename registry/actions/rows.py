"""Rows that belong to a record: read, cleaned, checked and saved as its values name them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

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
        columns = [
            f"{name}__{code_field(field.related_model)}" if field.is_relation else name
            for name, field in self.fields.items()
        ]
        rows = self.model.objects.filter(**{self.owner: record}).values_list(*columns)
        rows = rows.order_by("position" if self.is_ordered else "pk")
        return self._settle([[plain_cell(v) for v in row] for row in rows])

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
            related = field.related_model
            return (
                None if value in (None, "") else _to(related, code_field(related), value, self.name)
            )
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
        found = self._found(rows)
        built = [self._build(record, row, at, found) for at, row in enumerate(rows)]
        if before:
            self.model.objects.filter(**{self.owner: record}).delete()
        try:
            with transaction.atomic():
                self.model.objects.bulk_create(built)
        except IntegrityError:
            self._explain(built)
            raise

    def check(self, rows: list) -> None:
        """Raise ValidationError for rows (in the form of `clean`) that could not be saved."""
        found = self._found(rows)
        for at, row in enumerate(rows):
            self._build(None, row, at, found)

    def _found(self, rows: list) -> dict[str, dict]:
        return {
            name: _by_code(field.related_model, [self._code(row, name) for row in rows], self.name)
            for name, field in self.fields.items()
            if field.is_relation
        }

    def _code(self, row: Any, name: str) -> Any:
        return row if len(self.columns) == 1 else row[name]

    def _build(self, record: Record | None, row: Any, at: int, found: dict) -> models.Model:
        fields = {name: self._code(row, name) for name in self.columns}
        for name in found:
            fields[self.fields[name].attname] = found[name].get(fields.pop(name))
        if self.is_ordered:
            fields["position"] = at
        built = self.model(**{self.owner: record}, **fields)
        try:
            # What it refers to was found just now; to look again would cost a query each.
            known = {name for name in found if fields[self.fields[name].attname] is not None}
            built.clean_fields(exclude={self.owner, *known})
        except ValidationError as wrong:
            raise ValidationError({self.name: wrong.messages}) from None
        return built

    def _explain(self, built: list[models.Model]) -> None:
        """Raise ValidationError for the rule of the database that the rows break."""
        for row in built:
            try:
                row.validate_constraints()
            except ValidationError as wrong:
                raise ValidationError({self.name: wrong.messages}) from None


def _to(model: type[models.Model], column: str, value: Any, name: str) -> Any:
    try:
        return model._meta.get_field(column).to_python(value)
    except ValidationError:
        raise ValidationError({name: _("“%s” is not known here.") % value}) from None


def _by_code(model: type[models.Model], codes: list, name: str) -> dict:
    """The primary keys of the records with these public codes."""
    codes = [code for code in codes if code is not None]
    column = code_field(model)
    known = model.objects.filter(**{f"{column}__in": codes}) if codes else model.objects.none()
    found = dict(known.values_list(column, "pk"))
    for code in codes:
        if code not in found:
            raise ValidationError({name: _("“%s” is not known here.") % code})
    return found
