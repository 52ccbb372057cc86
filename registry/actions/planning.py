"""What many wanted values would do, some records at a time: read, cleaned and judged set by set.

Each part is that of the change of one record (`registry.actions.records`); only the questions are
asked once for all.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import constraints, slugs
from registry.actions.codes import Codes
from registry.actions.constraints import NOWHERE, Problems
from registry.actions.records import Noun
from registry.actions.values import Values, tidy
from registry.models import Record

# So many records are read, judged and written at a time.
AT_ONCE = 500


@dataclass(frozen=True)
class Wanted:
    """One record as it is to be.

    `place` is where it stands: the row of a file, or 0 and so on. `slug` is blank for a new record,
    `version` the one that was read, None for a new one. `values` are the fields to change.
    """

    place: int
    slug: str
    version: int | None
    values: Values


@dataclass
class Planned:
    """A record as it will be, its values before (none for a new one) and after, and its new rows.

    `rows` holds, by the name of the list, what replaces the rows that are stored.
    """

    place: int
    record: Record
    before: Values
    given: Values
    after: Values = field(default_factory=dict)
    rows: dict[str, list[models.Model]] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether the record is to be created."""
        return not self.before


@dataclass
class Part:
    """What some of the wanted values would do."""

    planned: list[Planned] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    problems: dict[int, Problems] = field(default_factory=lambda: defaultdict(dict))

    def refuse(self, place: int, why: ValidationError) -> None:
        """Note what is wrong at a place."""
        said = why.message_dict if hasattr(why, "error_dict") else {NOWHERE: why.messages}
        for name, messages in said.items():
            self.problems[place].setdefault(name, []).extend(messages)


class Planner:
    """Plans changes of one noun, part by part; what stands in one part is known in the next."""

    def __init__(self, noun: Noun, wanted: Sequence[Wanted], *, is_held: bool = False) -> None:
        """`is_held` locks the records that are read, for whoever writes them next."""
        self.noun, self.is_held = noun, is_held
        self.today: dt.date = timezone.localdate()
        self.codes, self.taken = Codes(), constraints.Taken()
        self.twice = _twice(each.slug for each in wanted)
        new = (each.values.get("slug") for each in wanted if not each.slug)
        self.given = {slug.strip() for slug in new if isinstance(slug, str)}

    def part(self, wanted: Sequence[Wanted]) -> Part:
        """What these would do. Nothing is written; what is wrong is told, place by place."""
        part = Part()
        cleaned = self._cleaned(wanted, part)
        stored = self.stored([each.slug for each, _values in cleaned if each.slug])
        for each, values in cleaned:
            self._judge(each, values, stored, part)
        self._build(part)
        self._complete(part)
        self._refuse_taken(part)
        part.planned = [each for each in part.planned if each.place not in part.problems]
        for each in part.planned:
            known = (each.before or self.noun.shape.without_rows) | each.given
            each.after = self.noun.shape.read(each.record, known)
        return part

    def stored(self, keys: Sequence[str]) -> dict[str, tuple[Record, Values]]:
        """The stored records with these slugs, and their values."""
        shape = self.noun.shape
        found = shape.model.objects.filter(slug__in=keys)
        if related := [each.name for each in shape.relations]:
            found = found.select_related(*related)
        records = list(found.select_for_update(of=("self",)) if self.is_held else found)
        pairs = zip(records, shape.read_many(records), strict=True)
        return {record.slug: (record, values) for record, values in pairs}

    def _cleaned(self, wanted: Sequence[Wanted], part: Part) -> list[tuple[Wanted, Values]]:
        cleaned = []
        for each in wanted:
            if each.slug in self.twice:
                said = _("“%s” is given twice.") % each.slug
                part.problems[each.place]["slug"] = [said]
                continue
            try:
                tidy("slug", each.slug)
                cleaned.append((each, self.noun.shape.clean(each.values)))
            except ValidationError as wrong:
                part.refuse(each.place, wrong)
        return cleaned

    def _judge(
        self, wanted: Wanted, values: Values, stored: dict[str, tuple[Record, Values]], part: Part
    ) -> None:
        if not wanted.slug:
            part.planned.append(Planned(wanted.place, self.noun.shape.model(), {}, values))
            return
        if wanted.slug not in stored:
            said = _("There is no record “%s”.") % wanted.slug
            part.problems[wanted.place]["slug"] = [said]
            return
        record, before = stored[wanted.slug]
        if wrong := refusal(record, before, values, wanted.version):
            part.problems[wanted.place] = wrong
        elif before | values == before:
            part.same.append(wanted.place)
        else:
            part.planned.append(Planned(wanted.place, record, before, values))

    def _build(self, part: Part) -> None:
        """Set the fields and build the rows that differ."""
        given = [each.given for each in part.planned]
        self.noun.shape.learn_fields(given, self.codes)
        self.noun.shape.learn_rows(given, self.codes)
        for each in part.planned:
            try:
                self.noun.shape.apply(each.record, each.given, self.codes)
            except ValidationError as wrong:
                part.refuse(each.place, wrong)
            self._build_rows(each, part)

    def _build_rows(self, each: Planned, part: Part) -> None:
        for rows in self.noun.shape.rows:
            stored = each.before.get(rows.name, [])
            wanted = each.given.get(rows.name, stored)
            if wanted == stored:
                continue
            try:
                each.rows[rows.name] = rows.build(wanted, self.codes)
            except ValidationError as wrong:
                part.refuse(each.place, wrong)
                continue
            said = [said for row in each.rows[rows.name] for said in _broken(row, rows, each)]
            if said:
                part.problems[each.place].setdefault(rows.name, []).extend(said)

    def _complete(self, part: Part) -> None:
        """Give new ones their address, and all what follows from their values."""
        sound = [each for each in part.planned if each.place not in part.problems]
        if self.noun.called:
            new = [each.record for each in sound if each.is_new]
            slugs.give(new, self.noun.called, given=self.given)
            self.given.update(record.slug for record in new)
        unread = _unread(self.noun)
        for each in sound:
            try:
                each.record.clean_fields(exclude=unread)
                self.noun.prepare(each.record, self.today)
            except ValidationError as wrong:
                part.refuse(each.place, wrong)
            else:
                if said := constraints.broken(each.record):
                    part.problems[each.place].setdefault(NOWHERE, []).extend(said)

    def _refuse_taken(self, part: Part) -> None:
        sound = [each for each in part.planned if each.place not in part.problems]
        found = self.taken.problems([(each.place, each.record) for each in sound])
        for place, problems in found.items():
            for name, messages in problems.items():
                part.problems[place].setdefault(name, []).extend(messages)


def refusal(record: Record, before: Values, values: Values, version: int | None) -> Problems | None:
    """Why these values cannot be said of a stored record, if they cannot."""
    if record.withdrawn_at:
        return {NOWHERE: [_("“%s” is withdrawn; restore it before changing it.") % record]}
    if values.get("slug", record.slug) != record.slug:
        return {"slug": [_("A public address never changes.")]}
    other = [name for name in values if values[name] != before[name]]
    if version == record.version or not other:
        return None
    if version is None:
        said = _("It is not said which version of “%s” was read; read it again.")
        return {NOWHERE: [said % record]}
    return {name: [stale(before[name], values[name])] for name in other}


def stale(stored: object, yours: object) -> str:
    """What is said of a value that was changed since it was read."""
    said = _("Changed since it was read: stored is “%(stored)s”, yours is “%(yours)s”.")
    return said % {"stored": _told(stored), "yours": _told(yours)}


def _told(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(_told, value))
    if isinstance(value, dict):
        return ", ".join(_told(each) for each in value.values() if each not in (None, ""))
    return "" if value is None else str(value)


def _twice(keys: Iterable[str]) -> set[str]:
    return {key for key, count in Counter(keys).items() if key and count > 1}


def _broken(row: models.Model, rows: object, each: Planned) -> list[str]:
    # Its owner is told to it last, since a new one has no key yet.
    if each.record.pk:
        setattr(row, f"{rows.owner}_id", each.record.pk)
    return constraints.broken(row)


def _unread(noun: Noun) -> set[str]:
    """Fields that nobody gives; and relations, which were looked up just now."""
    shape = noun.shape
    given = set(shape.fields) - {each.name for each in shape.relations}
    return {each.name for each in shape.model._meta.concrete_fields} - given
