"""Many changes in one go: tried out first, done all or not at all, undone in one click."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import batched

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit, counters, many
from registry.actions.constraints import Problems
from registry.actions.going import Going, noun_of, refuse_others, refuse_unfit, whole
from registry.actions.many import Left
from registry.actions.planning import AT_ONCE, Planned, Planner, Wanted
from registry.actions.records import Noun
from registry.actions.standing import look_at
from registry.actions.values import Values
from registry.errors import Refused
from registry.models import Batch, Event, Record
from registry.permissions import Actor, Verb, person, require

UNDO_DAYS = 30
# Told how many records were looked at.
Say = Callable[[int], object] | None


@dataclass(frozen=True)
class Proposed:
    """A record that would be created or changed; `before` and `after` hold what differs."""

    place: int
    slug: str
    title: str
    before: Values
    after: Values


@dataclass
class Trial:
    """What would happen, by place; `same` are those that change nothing.

    `problems` says, by place and field (“__all__” for the whole), why some cannot be done.
    """

    created: list[Proposed] = field(default_factory=list)
    changed: list[Proposed] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    problems: dict[int, Problems] = field(default_factory=dict)


def try_out(*, noun: str, wanted: Sequence[Wanted], by: Actor, say: Say = None) -> Trial:
    """What `apply` would do. It only reads: nobody waits for it, and nothing is written.

    Raises PermissionDenied, and Refused where there is no such noun.
    """
    of = noun_of(noun)
    require(by, of.edit)
    trial, planner, done = Trial(), Planner(of, wanted), 0
    for some in batched(wanted, AT_ONCE):
        part = planner.part(some)
        trial.same += part.same
        trial.problems |= part.problems
        for each in part.planned:
            (trial.created if each.is_new else trial.changed).append(_proposed(each))
        done = _say(say, done + len(some))
    # What stands twice is a problem of the first one too, which was planned before.
    for planned in (trial.created, trial.changed):
        planned[:] = [each for each in planned if each.place not in trial.problems]
    return trial


def _proposed(each: Planned) -> Proposed:
    before = each.before or dict.fromkeys(each.after)
    blank = (None, "", [])
    other = [
        name
        for name, value in each.after.items()
        if value != before[name] and not (each.is_new and value in blank)
    ]
    return Proposed(
        place=each.place,
        slug=each.record.slug,
        title=str(each.record),
        before={name: before[name] for name in other if not each.is_new},
        after={name: each.after[name] for name in other},
    )


@transaction.atomic
def apply(
    *, noun: str, wanted: Sequence[Wanted], kind: str, label: str, by: Actor, say: Say = None
) -> Batch | None:
    """Create and change all of these records, or none; None where nothing changes.

    `kind` is one of `Batch.Kind`, `label` says in words what is done. Raises PermissionDenied;
    Unfit, which tells what is wrong at which place, and then nothing is written.
    """
    of = noun_of(noun)
    refuse_others(by, of, kind)
    counters.hold(counters.REVISION)
    going, problems, done = Going(noun, kind, label, by), {}, 0
    with whole():
        planner = Planner(of, wanted, is_held=True)
        for some in batched(wanted, AT_ONCE):
            part = planner.part(some)
            problems |= part.problems
            if part.planned and not problems:
                many.save(of, part.planned, going.left())
                going.count(part.planned)
            done = _say(say, done + len(some))
        refuse_unfit(problems)
    return going.finished()


def _say(say: Say, done: int) -> int:
    if say:
        say(done)
    return done


# Slug and version of each record.
Named = Sequence[tuple[str, int]]


def try_withdrawing(*, noun: str, records: Named, by: Actor) -> Trial:
    """What `withdraw_many` would do, by the place in `records`. Raises PermissionDenied."""
    return _try_standing(noun, records, False, by)


def try_restoring(*, noun: str, records: Named, by: Actor) -> Trial:
    """What `restore_many` would do, by the place in `records`. Raises PermissionDenied."""
    return _try_standing(noun, records, True, by)


def _try_standing(noun: str, records: Named, is_public: bool, by: Actor) -> Trial:
    of = noun_of(noun)
    _require_standing(by, of)
    trial, planner = Trial(), Planner(of, [])
    for some in batched(_placed(records), AT_ONCE):
        found = look_at(planner, some, is_public=is_public)
        trial.problems |= found.problems
        for place, (record, _values) in found.records.items():
            trial.changed.append(Proposed(place, record.slug, str(record), {}, {}))
    return trial


def _placed(records: Named) -> list[tuple[int, str, int]]:
    return [(place, slug, version) for place, (slug, version) in enumerate(records)]


def _require_standing(by: Actor, noun: Noun) -> None:
    require(by, noun.edit)
    require(by, Verb.WITHDRAW_RECORDS)


@transaction.atomic
def withdraw_many(
    *, noun: str, records: Named, reason: str, by: Actor, label: str = ""
) -> Batch | None:
    """Take all of these records out of the public registry, or none.

    Raises PermissionDenied, Refused without a reason, Unfit by the place in `records`.
    """
    if not reason.strip():
        raise Refused(_("Say why they are withdrawn; the reason is kept in their history."))
    return _stand(noun, records, False, by, reason.strip(), label or f"withdraw: {reason}")


@transaction.atomic
def restore_many(*, noun: str, records: Named, by: Actor, label: str = "") -> Batch | None:
    """Bring all of these withdrawn records back, or none. Raises PermissionDenied, Unfit."""
    return _stand(noun, records, True, by, "", label or "restore")


def _stand(
    noun: str, records: Named, is_public: bool, by: Actor, note: str, label: str
) -> Batch | None:
    of = noun_of(noun)
    _require_standing(by, of)
    counters.hold(counters.REVISION)
    going, problems = Going(noun, Batch.Kind.BULK, label, by), {}
    with whole():
        planner = Planner(of, [], is_held=True)
        for some in batched(_placed(records), AT_ONCE):
            found = look_at(planner, some, is_public=is_public)
            problems |= found.problems
            if found.records and not problems:
                many.stand(of, found.records.values(), is_public=is_public, left=going.left(note))
                going.count_standing(len(found.records), is_public)
        refuse_unfit(problems)
    return going.finished()


def is_undoable(*, batch: Batch, now: dt.datetime) -> bool:
    """Whether it stands, and is not older than can be undone."""
    return batch.undone_at is None and now <= batch.at + dt.timedelta(days=UNDO_DAYS)


@transaction.atomic
def undo(*, batch: Batch, by: Actor) -> Batch:
    """Put back what a batch did; within 30 days.

    What it created is withdrawn, since no address ever comes to mean another record; what it
    changed gets its values back, what it withdrew is restored. Raises PermissionDenied; Refused,
    naming the record, where one was changed by something else since, and then nothing is undone.
    """
    of = noun_of(batch.noun)
    refuse_others(by, of, batch.kind)
    if batch.created or batch.withdrawn or batch.restored:
        require(by, Verb.WITHDRAW_RECORDS)
    counters.hold(counters.REVISION)
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    _refuse_late(batch)
    left = Left(by, counters.advance(counters.REVISION), f"undone: {batch.label}")
    events = Event.objects.filter(batch=batch.pk).order_by("id").iterator(chunk_size=AT_ONCE)
    with whole():
        planner = Planner(of, [], is_held=True)
        for some in batched(events, AT_ONCE):
            _put_back(planner, some, left)
    batch.undone_at, batch.undone_by = timezone.now(), person(by)
    batch.save()
    audit.record(by=by, verb="undo", noun="batch", key=str(batch.pk), note=batch.label)
    return batch


def _refuse_late(batch: Batch) -> None:
    if batch.undone_at:
        raise Refused(_("This was undone already."))
    if not is_undoable(batch=batch, now=timezone.now()):
        said = _("Changes can be undone for %d days; this was done longer ago.")
        raise Refused(said % UNDO_DAYS)


def _put_back(planner: Planner, events: Sequence[Event], left: Left) -> None:
    stored = planner.stored([event.key for event in events])
    for event in events:
        _refuse_moved_on(event, *stored[event.key])
    _put_values_back(planner, [event for event in events if event.verb == "change"], stored, left)
    for is_public, verbs in ((False, ("create", "restore")), (True, ("withdraw",))):
        if found := [stored[event.key] for event in events if event.verb in verbs]:
            many.stand(planner.noun, found, is_public=is_public, left=left)


def _refuse_moved_on(event: Event, record: Record, values: Values) -> None:
    """Raise Refused unless the record is as the batch left it, field by field."""
    as_left = event.before if event.after is None else event.after
    is_other = any(values[name] != said for name, said in as_left.items() if name in values)
    if is_other or (event.after is None) == (record.withdrawn_at is None):
        said = _("“%s” was changed since, so this can no longer be undone. Nothing was changed.")
        raise Refused(said % record)


def _put_values_back(
    planner: Planner, events: Sequence[Event], stored: dict[str, tuple[Record, Values]], left: Left
) -> None:
    wanted = [
        Wanted(place, event.key, stored[event.key][0].version, _as_before(planner, event))
        for place, event in enumerate(events)
    ]
    part = planner.part(wanted)
    for place, problems in part.problems.items():
        said = " ".join(each for messages in problems.values() for each in messages)
        raise Refused(f"“{stored[events[place].key][0]}”: {said}")
    many.save(planner.noun, part.planned, left)


def _as_before(planner: Planner, event: Event) -> Values:
    names = planner.noun.shape.names & event.after.keys()
    return {name: event.before[name] for name in names if event.before[name] != event.after[name]}
