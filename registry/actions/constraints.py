"""Whether records keep the rules of their tables, found before they are written.

The rules are those of the models: read here as the database reads them, for many records, without
a question each. What this does not understand is asked of the database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint, Value
from django.db.models.functions import Cast, NullIf, Substr
from django.utils.translation import gettext as _

NOWHERE = "__all__"
Problems = dict[str, list[str]]


class NotUnderstood(Exception):
    """A rule that holds more than can be read here."""


def broken(record: models.Model) -> list[str]:
    """What the database would say of the rules, each for one row, that the record breaks."""
    return [
        str(rule.get_violation_error_message())
        for rule in record._meta.constraints
        if isinstance(rule, CheckConstraint) and not _keeps(record, rule)
    ]


def _keeps(record: models.Model, rule: CheckConstraint) -> bool:
    try:
        # What is not known breaks no rule, as in SQL.
        return holds(rule.condition, record) is not False
    except NotUnderstood:
        return _asked(record, rule)


def _asked(record: models.Model, rule: CheckConstraint) -> bool:
    try:
        rule.validate(type(record), record)
    except ValidationError:
        return False
    return True


def holds(condition: Any, record: models.Model) -> bool | None:
    """Whether a condition is true of a record; None where a blank value leaves it open.

    Raises NotUnderstood.
    """
    if isinstance(condition, tuple):
        return _compared(*condition, record)
    if not isinstance(condition, Q) or condition.connector not in (Q.AND, Q.OR):
        raise NotUnderstood(condition)
    found = _joined(condition, record)
    return found if found is None or not condition.negated else not found


def _joined(condition: Q, record: models.Model) -> bool | None:
    decisive, is_open = condition.connector == Q.OR, False
    for child in condition.children:
        found = holds(child, record)
        if found is decisive:
            return decisive
        is_open = is_open or found is None
    return None if is_open else not decisive


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda value, other: value == other,
    "in": lambda value, other: value in other,
    "gt": lambda value, other: value > other,
    "gte": lambda value, other: value >= other,
    "lt": lambda value, other: value < other,
    "lte": lambda value, other: value <= other,
}


def _compared(name: str, other: Any, record: models.Model) -> bool | None:
    name, _split, lookup = name.partition("__")
    value, other = _value(F(name), record), _value(other, record)
    if lookup == "isnull" or other is None and not lookup:
        return (value is None) == (other is None or bool(other))
    if (lookup or "exact") not in _COMPARE:
        raise NotUnderstood(lookup)
    if value is None or other is None:
        return None
    return _COMPARE[lookup or "exact"](value, other)


def _value(of: Any, record: models.Model) -> Any:
    if isinstance(of, F):
        found = record._meta.get_field(of.name)
        if found.generated:
            return _value(found.expression, record)
        return getattr(record, found.attname)
    if isinstance(of, Value):
        return of.value
    if isinstance(of, Cast | NullIf | Substr):
        return _computed(of, [_value(each, record) for each in of.get_source_expressions()])
    if hasattr(of, "resolve_expression"):
        raise NotUnderstood(of)
    return of


def _computed(of: Any, values: list) -> Any:
    if isinstance(of, NullIf):
        return None if values[0] == values[1] else values[0]
    if values[0] is None:
        return None
    if isinstance(of, Substr):
        begin = values[1] - 1
        return values[0][begin : begin + values[2]]
    return of.output_field.to_python(values[0])


@dataclass(frozen=True, eq=False)
class Once:
    """Columns that are together unique among the records of a model that meet a condition."""

    names: tuple[str, ...]
    condition: Q = field(default_factory=Q)
    rule: UniqueConstraint | None = None

    def key(self, record: models.Model) -> tuple | None:
        """What may stand only once; None where the rule does not reach."""
        values = tuple(getattr(record, record._meta.get_field(n).attname) for n in self.names)
        if None in values or not holds(self.condition, record):
            return None
        return values

    def message(self, record: models.Model) -> str:
        """What is said of a record that is not the only one."""
        if self.rule and (self.rule.condition or self.rule.violation_error_message):
            said = self.rule.get_violation_error_message()
            if self.rule.condition or said != self.rule.default_violation_error_message:
                return str(said)
        [message] = ValidationError(record.unique_error_message(type(record), self.names)).messages
        return message

    @property
    def place(self) -> str:
        """The field at which it is said."""
        return self.names[0] if len(self.names) == 1 else NOWHERE


@cache
def onces(model: type[models.Model]) -> tuple[Once, ...]:
    """Everything that may stand only once in a table, but for what the registry counts itself."""
    own = [each for each in model._meta.concrete_fields if each.unique and each.editable]
    rules = [each for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
    return (
        *(Once((each.name,)) for each in own if not each.primary_key),
        *(Once(tuple(r.fields), r.condition or Q(), r) for r in rules if r.fields),
    )


class Taken:
    """What may stand only once, as many records are looked at, some at a time."""

    def __init__(self) -> None:
        self._places: dict[tuple[Once, tuple], int] = {}

    def problems(self, records: Sequence[tuple[int, models.Model]]) -> dict[int, Problems]:
        """What is stored already in another record, or stands twice among those looked at.

        `records` are records, as they are to be, with their places.
        """
        found: dict[int, Problems] = {}
        for once in onces(type(records[0][1])) if records else ():
            keys = {place: once.key(record) for place, record in records}
            stored = _stored(once, type(records[0][1]), {key for key in keys.values() if key})
            for place, record in records:
                for at, said in self._said(once, keys[place], place, record, stored):
                    found.setdefault(at, {}).setdefault(once.place, []).append(said)
        return found

    def _said(
        self, once: Once, key: tuple | None, place: int, record: models.Model, stored: dict
    ) -> list[tuple[int, str]]:
        if key is None:
            return []
        first = self._places.get((once, key), place)
        if first == place and stored.get(key, record.pk) != record.pk:
            return [(place, once.message(record))]
        self._places[once, key] = first
        if first == place:
            return []
        said = _("“%(value)s” is given twice: at %(one)d and at %(other)d.")
        said %= {"value": " ".join(map(str, key)), "one": first, "other": place}
        return [(first, said), (place, said)]


def _stored(once: Once, model: type[models.Model], keys: set[tuple]) -> dict[tuple, int]:
    """The primary keys of the records that have these, by what they have."""
    if not keys:
        return {}
    first = model._meta.get_field(once.names[0]).attname
    rows = model.objects.filter(once.condition, **{f"{first}__in": {key[0] for key in keys}})
    return {tuple(row): pk for pk, *row in rows.values_list("pk", *once.names)}
