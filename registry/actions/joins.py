"""Joining two records that are one and the same, undoing it, and keeping look-alikes apart."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit, counters, entries, following, proposed_joins, records
from registry.actions.following import NOUNS, VERB
from registry.actions.records import Noun
from registry.actions.shapes import Shape
from registry.actions.values import Values
from registry.errors import Refused
from registry.models import Apart, Join, Partner, Record
from registry.models import joins as joined
from registry.permissions import Actor, Verb, person, require
from registry.queries.joins import BOTH, GONE, in_order, taken

UNDO_DAYS = 30


@transaction.atomic
def join(
    *,
    noun: str,
    kept: str,
    gone: str,
    chosen: Mapping[str, str],
    versions: Mapping[str, int],
    by: Actor,
) -> Join:
    """Make two records of a noun one, under the address of `kept`; returns what can be undone.

    `chosen` says for some fields whose value is taken: “kept”, “gone”, or “both” for lists; for
    all others what `registry.queries.joins.choices` proposes. `versions` holds, by slug, what was
    read. All that names the other record then names the kept one, and its address leads there.
    Raises Stale with what is stored, Refused, PermissionDenied, ValidationError.
    """
    require(by, Verb.JOIN_RECORDS)
    counters.hold(counters.REVISION)
    one, other = _record(noun, kept), _record(noun, gone)
    _refuse_people(one, other, by)
    _refuse_unfit(one, other)
    shape = NOUNS[noun].shape
    before, theirs = shape.read(one), shape.read(other)
    values = merged(shape=shape, kept=before, gone=theirs, chosen=chosen)
    records.refuse_stale(one, before, values, versions.get(kept, 0))
    records.refuse_stale(other, theirs, {}, versions.get(gone, 0))
    note = f"{gone} joined with {kept}"
    # Many records may follow, and some show each other: each entry is written once, at the end.
    with entries.written_together():
        followed = {
            "records": following.rename(gone=other, kept=one, note=note, by=by),
            "gone": _free(NOUNS[noun], other, values, theirs, note, by),
            "kept": _write(NOUNS[noun], one, values, before, note, by),
            **following.move(gone=other, kept=one, by=by),
            "submissions": proposed_joins.follow(gone=other, kept=one, by=by),
        }
        _withdraw(NOUNS[noun], other, f"joined with {kept}", by)
    made = {"noun": noun, "kept": kept, "gone": gone, "kept_before": before, "gone_before": theirs}
    return Join.objects.create(**made, followed=followed, by=person(by), at=timezone.now())


def merged(*, shape: Shape, kept: Values, gone: Values, chosen: Mapping[str, str]) -> Values:
    """The values of the joined record, as chosen; what would name itself is left out. Pure.

    Raises Refused for a choice that is none.
    """
    names = shape.names - {"slug"}
    if unknown := sorted(chosen.keys() - names):
        raise Refused(_("There is no field “%s”.") % unknown[0])
    lists = {rows.name: rows for rows in shape.rows}
    values: Values = {}
    for name in sorted(names):
        choice = chosen.get(name) or taken(name, kept, gone)
        if choice == BOTH and name in lists:
            values[name] = following.united(lists[name], [*kept[name], *gone[name]])
        elif choice in ("kept", GONE):
            values[name] = (gone if choice == GONE else kept)[name]
        else:
            raise Refused(_("“%s” cannot be chosen here.") % choice)
    values = _with_former_names(values, kept, gone, chosen)
    return _without_itself(shape, values, kept["slug"], gone["slug"])


def _with_former_names(
    values: Values, kept: Values, gone: Values, chosen: Mapping[str, str]
) -> Values:
    """What an organisation was called stays one of its names, unless the list was chosen."""
    if "other_names" not in values or chosen.get("other_names", BOTH) != BOTH:
        return values
    known = {values["name"], *values["other_names"]}
    former = [each["name"] for each in (kept, gone) if each["name"] not in known]
    return values | {"other_names": [*values["other_names"], *former]}


def _without_itself(shape: Shape, values: Values, kept: str, gone: str) -> Values:
    values = dict(values)
    for told in following.told_of(shape.model):
        if told.noun.shape is not shape:
            continue
        said = told.renamed(values[told.name], gone, kept)
        if told.rows is None and said == kept:
            raise Refused(_("One of the two is said to represent the other: they are not one."))
        if told.rows is not None:
            said = [row for row in said if kept not in (row, _of(row, told.column))]
        values[told.name] = said
    return values


def _of(row: object, column: str) -> object:
    return row.get(column) if isinstance(row, dict) else None


def _record(noun: str, slug: str) -> Record:
    if noun not in joined.NOUNS:
        raise Refused(_("Records of this kind are not joined."))
    found = NOUNS[noun].shape.model.objects.select_for_update().filter(slug=slug).first()
    if found is None:
        raise Refused(_("There is no record “%s”.") % slug)
    return found


def _refuse_people(one: Record, other: Record, by: Actor) -> None:
    # Whose members could then read and do what the other's could.
    if isinstance(one, Partner) and (one.memberships.exists() or other.memberships.exists()):
        require(by, Verb.JOIN_PEOPLE)


def _refuse_unfit(one: Record, other: Record) -> None:
    if one.pk == other.pk:
        raise Refused(_("Choose two records; this is one."))
    for record in (one, other):
        if record.withdrawn_at:
            raise Refused(_("“%s” is withdrawn already.") % record)


def _free(
    noun: Noun, gone: Record, values: Values, theirs: Values, note: str, by: Actor
) -> dict[str, Values]:
    """Let go of what only one record may have, where the kept one takes it over."""
    freed: Values = {}
    for field in map(noun.shape.model._meta.get_field, _unique(noun.shape)):
        if theirs[field.name] and theirs[field.name] == values[field.name]:
            ending = f" ({gone.slug})"
            room = field.max_length - len(ending)
            freed[field.name] = "" if field.blank else theirs[field.name][:room] + ending
    noun.follow(record=gone, values=freed, by=by, verb=VERB, note=note)
    return {"before": {name: theirs[name] for name in freed}, "after": freed}


def _unique(shape: Shape) -> list[str]:
    alone = [each.fields[0] for each in _constraints(shape) if len(each.fields) == 1]
    own = [name for name in shape.fields if shape.model._meta.get_field(name).unique]
    return [name for name in (*own, *alone) if name != "slug"]


def _constraints(shape: Shape) -> list:
    return [each for each in shape.model._meta.constraints if hasattr(each, "nulls_distinct")]


def _write(
    noun: Noun, kept: Record, values: Values, before: Values, note: str, by: Actor
) -> dict[str, Values]:
    after = noun.shape.clean(values)
    after = {name: value for name, value in after.items() if value != before[name]}
    if after:
        noun.follow(record=kept, values=after, by=by, verb=VERB, note=note)
    else:
        audit.record(by=by, verb=VERB, noun=kept.noun, key=kept.slug, note=note)
    return {"before": {name: before[name] for name in after}, "after": after}


def _withdraw(noun: Noun, gone: Record, reason: str, by: Actor) -> None:
    gone.refresh_from_db()
    noun.withdraw(record=gone, version=gone.version, reason=reason, by=by)


@transaction.atomic
def undo(*, join: Join, by: Actor) -> Join:
    """Make the two records two again, as they were; within 30 days.

    What changed since in other fields stays. Raises Refused, naming the record, where something
    that the join wrote was changed since; PermissionDenied.
    """
    require(by, Verb.JOIN_RECORDS)
    counters.hold(counters.REVISION)
    join = Join.objects.select_for_update(of=("self",)).get(pk=join.pk)
    kept, gone = _record(join.noun, join.kept), _record(join.noun, join.gone)
    _refuse_people(kept, gone, by)
    _refuse_late(join)
    _refuse_moved_on(join, kept, gone)
    join.undone_at, join.undone_by = timezone.now(), person(by)
    join.save()
    with entries.written_together():
        _put_back(join, kept, gone, by)
    followed = join.followed
    following.move_back(followed=followed, gone=gone, kept=kept, by=by)
    proposed_joins.follow_back(changed=followed["submissions"], by=by)
    return join


def _put_back(join: Join, kept: Record, gone: Record, by: Actor) -> None:
    """Say again what the records said: the kept one first, which holds what only one may have."""
    noun, followed = NOUNS[join.noun], join.followed
    given = {"by": by, "verb": f"undo {VERB}", "note": f"{join.gone} is not {join.kept}"}
    noun.follow(record=kept, values=followed["kept"]["before"], **given)
    noun.follow(record=gone, values=followed["gone"]["before"], **given)
    gone.refresh_from_db()
    noun.restore(record=gone, version=gone.version, by=by)
    for each in followed["records"]:
        record = _record_of(each)
        NOUNS[each["noun"]].follow(record=record, values=each["before"], **given)


def is_undoable(*, join: Join, now: dt.datetime) -> bool:
    """Whether it stands, and is not older than can be undone."""
    return join.undone_at is None and now <= join.at + dt.timedelta(days=UNDO_DAYS)


def _refuse_late(join: Join) -> None:
    if join.undone_at:
        raise Refused(_("This was undone already."))
    if not is_undoable(join=join, now=timezone.now()):
        said = _("Joining can be undone for %d days; this was done longer ago.")
        raise Refused(said % UNDO_DAYS)


def _refuse_moved_on(join: Join, kept: Record, gone: Record) -> None:
    if later := Join.objects.standing().filter(noun=join.noun, gone=join.kept).first():
        said = _("“%(kept)s” was itself joined with “%(other)s” since; undo that first.")
        raise Refused(said % {"kept": kept, "other": later.kept})
    if kept.withdrawn_at:
        raise Refused(_("“%s” was withdrawn since; restore it first.") % kept)
    shape = NOUNS[join.noun].shape
    _refuse_changed(kept, shape, join.followed["kept"]["after"])
    _refuse_changed(gone, shape, join.followed["gone"]["after"])
    for each in join.followed["records"]:
        _refuse_changed(_record_of(each), NOUNS[each["noun"]].shape, each["after"])


def _refuse_changed(record: Record, shape: Shape, left: Values) -> None:
    stored = shape.read(record)
    if any(stored[name] != value for name, value in left.items()):
        said = _("“%s” was changed since, so this can no longer be undone. Nothing was changed.")
        raise Refused(said % record)


def _record_of(each: dict) -> Record:
    return NOUNS[each["noun"]].shape.model.objects.get(slug=each["slug"])


@transaction.atomic
def keep_apart(*, noun: str, one: str, other: str, why: str, by: Actor) -> Apart:
    """Remember that two records are not the same; they are not proposed as look-alikes again."""
    require(by, Verb.JOIN_RECORDS)
    one, other = in_order(one, other)
    _refuse_unfit(_record(noun, one), _record(noun, other))
    given = {"why": why.strip(), "by": person(by), "at": timezone.now()}
    apart, is_new = Apart.objects.get_or_create(noun=noun, one=one, other=other, defaults=given)
    if is_new:
        note = f"not the same as {other}" + (f": {apart.why}" if apart.why else "")
        audit.record(by=by, verb="keep apart", noun=noun, key=one, note=note)
    return apart
