"""What points at a record, found from the models, and moved to another record of its noun.

Three kinds of tables point at a record: its own rows, which are among its values; rows and fields
among the values of other records, which change as these records do, with events and entries; and
all others (members, tokens, submissions), which are moved as they stand. A foreign key that is
added later falls under one of the three by itself.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction

from registry.actions import activities, areas, contributions, guidance, meetings, partners
from registry.actions.records import Noun
from registry.actions.rows import Rows
from registry.actions.values import Values
from registry.models import Membership, Record
from registry.permissions import Actor

NOUNS: dict[str, Noun] = {
    module.SHAPE.model.noun: module.NOUN
    for module in (activities, areas, contributions, guidance, meetings, partners)
}
VERB = "join"


@dataclass(frozen=True)
class Told:
    """A field or list among the values of a noun that names records of another one."""

    noun: Noun
    name: str
    rows: Rows | None = None
    column: str = ""

    def naming(self, record: Record) -> set[int]:
        """The primary keys of the records that name this one here."""
        if self.rows is None:
            found = self.noun.shape.model.objects.filter(**{self.name: record})
            return set(found.values_list("pk", flat=True))
        rows = self.rows.model.objects.filter(**{self.column: record})
        return set(rows.values_list(f"{self.rows.owner}_id", flat=True))

    def renamed(self, value: Any, gone: str, kept: str) -> Any:
        """The value with the one record named for the other, rows that are the same united."""
        if self.rows is None:
            return kept if value == gone else value
        if not isinstance(value, list):
            return value
        return united(self.rows, [self._row(row, gone, kept) for row in value])

    def _row(self, row: Any, gone: str, kept: str) -> Any:
        if isinstance(row, dict):
            return row | {self.column: kept} if row.get(self.column) == gone else row
        return kept if row == gone else row


def united(rows: Rows, value: list) -> list:
    """The rows without those that the database would hold to be the same as one before them."""
    kept: list = []
    for row in value:
        if not any(_are_one(rows, row, each) for each in kept):
            kept.append(row)
    return kept


def _are_one(rows: Rows, row: Any, other: Any) -> bool:
    if len(rows.columns) == 1 or not (isinstance(row, dict) and isinstance(other, dict)):
        return row == other
    return any(all(row.get(n) == other.get(n) for n in names) for names in rows.identities)


def told_of(model: type[Record]) -> Iterator[Told]:
    """Where the values of records name records of this model."""
    for relation in model._meta.related_objects:
        yield from _told_by(relation.related_model, relation.field.name)


def _told_by(model: type[models.Model], column: str) -> Iterator[Told]:
    for noun in NOUNS.values():
        if noun.shape.model is model and column in noun.shape.fields:
            yield Told(noun, column)
        for rows in noun.shape.rows:
            if rows.model is model and column in rows.columns:
                yield Told(noun, rows.name, rows, column)


def apart_of(model: type[Record]) -> Iterator[models.ForeignKey]:
    """The other foreign keys at records of this model: those that no record's values tell."""
    owned = {(rows.model, rows.owner) for noun in NOUNS.values() for rows in noun.shape.rows}
    for relation in model._meta.related_objects:
        of, column = relation.related_model, relation.field.name
        if (of, column) not in owned and not any(_told_by(of, column)):
            yield relation.field


def naming(record: Record) -> dict[tuple[str, int], list[Told]]:
    """Noun and primary key of each other record that names this one, with where it does."""
    found: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for told in told_of(type(record)):
        for pk in sorted(told.naming(record)):
            found[told.noun.shape.model.noun, pk].append(told)
    found.pop((record.noun, record.pk), None)
    return found


def consequences(record: Record, *, beside: Record) -> dict[str, int]:
    """How many records of each noun, and how many rows of each other kind, would follow it.

    `beside` is the record that it would be joined with, which does not count.
    """
    counts: dict[str, int] = defaultdict(int)
    for noun, pk in naming(record):
        if (noun, pk) != (beside.noun, beside.pk):
            counts[str(NOUNS[noun].shape.model._meta.verbose_name_plural)] += 1
    for field in apart_of(type(record)):
        if found := field.model._base_manager.filter(**{field.name: record}).count():
            counts[str(field.model._meta.verbose_name_plural)] += found
    return dict(counts)


def rename(*, gone: Record, kept: Record, note: str, by: Actor) -> list[dict]:
    """Let every other record name `kept` where it names `gone`; what each said, and says now."""
    return [
        _renamed(noun, pk, places, gone, kept, note, by)
        for (noun, pk), places in sorted(naming(gone).items(), key=lambda each: each[0])
        if (noun, pk) != (kept.noun, kept.pk)
    ]


def _renamed(
    noun: str, pk: int, places: list[Told], gone: Record, kept: Record, note: str, by: Actor
) -> dict:
    of = NOUNS[noun]
    record = of.shape.model.objects.get(pk=pk)
    before, values = of.shape.read(record), {}
    for told in places:
        said = values.get(told.name, before[told.name])
        values[told.name] = told.renamed(said, gone.slug, kept.slug)
    values = of.shape.clean(values)
    of.follow(record=record, values=values, by=by, verb=VERB, note=note)
    was = {name: before[name] for name in values}
    return {"noun": noun, "slug": record.slug, "before": was, "after": values}


def move(*, gone: Record, kept: Record, by: Actor) -> dict[str, list]:
    """Point all that no values tell at `kept`; what moved, and what was there twice and is not.

    Of two memberships of one person, the one with the larger role says what the person may do.
    """
    moved: dict[str, list] = {"moved": [], "dropped": [], "raised": []}
    for field in apart_of(type(gone)):
        for row in field.model._base_manager.filter(**{field.name: gone}).order_by("pk"):
            _move(row, field, kept, moved)
    return moved


def _move(row: models.Model, field: models.ForeignKey, kept: Record, moved: dict) -> None:
    # As text: the JSON of Django would cut moments off at the millisecond.
    stored = json.loads(json.dumps(serializers.serialize("python", [row]), default=str))
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: kept})
    except IntegrityError:
        moved["raised"] += _raised(row, kept)
        row.delete()
        moved["dropped"] += stored
    else:
        moved["moved"].append({"of": row._meta.label, "pk": row.pk, "field": field.name})


def _raised(row: models.Model, kept: Record) -> list[dict]:
    """The same person's membership of the kept partner, where it gets the larger role."""
    if not isinstance(row, Membership) or row.role != Membership.Role.FOCAL_POINT:
        return []
    other = Membership.objects.get(user=row.user_id, partner=kept)
    if other.role == row.role:
        return []
    before, other.role = other.role, row.role
    other.save()
    return [{"pk": other.pk, "before": before, "after": other.role}]


def move_back(*, followed: dict[str, list], gone: Record, kept: Record, by: Actor) -> None:
    """Point it back. Who has left the kept partner meanwhile has left both."""
    # Asked first: what comes back is what two had of which one still stands.
    back = [row for row in followed["dropped"] if _may_return(row, kept)]
    for row in followed["moved"]:
        model = _model(row["of"])
        rows = model._base_manager.filter(pk=row["pk"], **{row["field"]: kept})
        rows.update(**{row["field"]: gone})
    for row in followed["raised"]:
        same = Membership.objects.filter(pk=row["pk"], role=row["after"])
        same.update(role=row["before"])
    for row in serializers.deserialize("python", back):
        row.save()


def _may_return(row: dict, kept: Record) -> bool:
    if row["model"] != Membership._meta.label_lower:
        return True
    return Membership.objects.filter(user=row["fields"]["user"], partner=kept).exists()


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)


def renamed_values(noun: str, values: Values, of: Record, kept: str) -> Values:
    """Typed values of a noun in which `kept` stands for `of`; whatever else they hold stays."""
    places = [told for told in told_of(type(of)) if told.noun.shape.model.noun == noun]
    said = dict(values)
    for told in places:
        if told.name in said:
            said[told.name] = told.renamed(said[told.name], of.slug, kept)
    return said
