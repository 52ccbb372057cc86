"""The values of a record: plain data that forms, imports, history and undo all speak.

A record's values are a dictionary of JSON types. Fields are text, numbers, true or false, None;
references are the other record's public code (slug, country code, article number); rows that belong
to the record are lists: of codes where a row is one reference, of dictionaries otherwise.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from registry.models import Record

Values = dict[str, Any]

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def code_field(model: type[models.Model]) -> str:
    """The field of `model` that is its public code."""
    return "slug" if issubclass(model, Record) else model._meta.pk.name


def plain(field: models.Field, value: Any) -> Any:
    """The JSON form of a field's value; the same for what is stored and for what is typed."""
    if isinstance(field, models.ForeignKey):
        return None if value in (None, "") else value
    value = field.to_python(value)
    if isinstance(value, Decimal):
        # Said before it is written out: 1e999999999 would take a gigabyte.
        if not value.is_finite() or value.adjusted() >= field.max_digits:
            raise ValidationError(_("“%s” is no amount that can be kept.") % value)
        return f"{value:.{field.decimal_places}f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def tidy(name: str, value: Any) -> Any:
    """Text without outer space, in one Unicode form; refuses what no database or page can hold."""
    if not isinstance(value, str):
        return value
    if _NO_TEXT.search(value):
        message = _("“%(field)s” holds a character that is no text (NUL or half a character).")
        raise ValidationError({name: message % {"field": name}})
    # Browsers send lines that end in CR LF; stored text has one form.
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", value).strip()


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
        found = {
            name: _by_code(field.related_model, [self._code(row, name) for row in rows], self.name)
            for name, field in self.fields.items()
            if field.is_relation
        }
        built = [self._build(record, row, at, found) for at, row in enumerate(rows)]
        if before:
            self.model.objects.filter(**{self.owner: record}).delete()
        try:
            with transaction.atomic():
                self.model.objects.bulk_create(built)
        except IntegrityError:
            self._explain(built)
            raise

    def _code(self, row: Any, name: str) -> Any:
        return row if len(self.columns) == 1 else row[name]

    def _build(self, record: Record, row: Any, at: int, found: dict) -> models.Model:
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


def plain_cell(value: Any) -> Any:
    """The JSON form of a value as the database gives it."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


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

    def apply(self, record: Record, values: Values) -> None:
        """Set the record's own fields; rows are saved by `save_rows` once it has a key."""
        for name in self.fields:
            if name not in values:
                continue
            field = self.model._meta.get_field(name)
            if field.is_relation:
                setattr(record, name, self._related(field, name, values[name]))
            else:
                setattr(record, name, field.to_python(values[name]))

    def _related(self, field: models.Field, name: str, code: Any) -> models.Model | None:
        if code is None:
            return None
        try:
            return field.related_model.objects.get(**{code_field(field.related_model): code})
        except (ObjectDoesNotExist, ValueError):
            raise ValidationError({name: _("“%s” is not known here.") % code}) from None

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
