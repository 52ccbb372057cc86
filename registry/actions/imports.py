"""Uploaded sheets: kept row by row, tried out, applied all or none, by whoever works on them."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import batched

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.actions import audit, batches
from registry.actions.batches import Trial
from registry.actions.constraints import Problems
from registry.actions.planning import AT_ONCE, Wanted
from registry.errors import Refused, Unfit
from registry.models import Batch, ImportRow, ImportRun
from registry.permissions import SYSTEM, Actor, Verb, person, require

Status, Outcome = ImportRun.Status, ImportRow.Outcome
# Whoever works shows a sign of life after each AT_ONCE rows; after this long without, it is dead.
DEAD_AFTER = dt.timedelta(minutes=5)
KEPT = dt.timedelta(days=30)
# A column that loses its values in more than this share of the rows is asked about once more.
MOST_EMPTIED, FEW = 0.1, 5
_BLANK = (None, "", [])


@transaction.atomic
def begin(
    *,
    noun: str,
    name: str,
    sha256: str,
    names: Sequence[str],
    wanted: Sequence[Wanted],
    cells: Mapping[int, list[str]],
    problems: Mapping[int, Problems],
    by: Actor,
) -> ImportRun:
    """Keep what a file says, to be tried; nothing of it touches the records.

    `names` are its headers, `cells` what was typed, by the number of the row; `problems` what could
    not be understood, of rows that are not in `wanted`. Raises PermissionDenied.
    """
    require(by, Verb.IMPORT_RECORDS)
    run = ImportRun.objects.create(
        noun=noun,
        name=name[:200],
        sha256=sha256,
        names=list(names),
        by=person(by),
        at=timezone.now(),
        count=len(cells),
    )
    rows = [_row(run, each, cells[each.place]) for each in wanted]
    rows += [
        ImportRow(
            run=run,
            place=place,
            values={},
            cells=cells[place],
            problems=each,
            outcome=Outcome.WRONG,
        )
        for place, each in problems.items()
    ]
    ImportRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    audit.record(by=by, verb="upload sheet", noun=noun, key=str(run.pk), note=run.name)
    return run


def _row(run: ImportRun, each: Wanted, cells: list[str]) -> ImportRow:
    return ImportRow(
        run=run,
        place=each.place,
        slug=each.slug,
        version=each.version,
        values=each.values,
        cells=cells,
    )


def work_on_all(*, by: Actor = SYSTEM) -> int:
    """Do what is next for every upload that waits, and take up what a dead process left.

    Returns how many were worked on.
    """
    require(by, Verb.IMPORT_RECORDS)
    return sum(work(run=run, by=by) for run in ImportRun.objects.in_work().order_by("pk"))


def work(*, run: ImportRun, by: Actor = SYSTEM) -> bool:
    """Try or apply an upload, whichever is next, in the name of whoever uploaded it.

    Returns whether there was something to do: it may be in somebody else's hands. What goes wrong
    is kept with the upload; what nobody foresaw is raised, too.
    """
    require(by, Verb.IMPORT_RECORDS)
    if _claim(run, Status.WAITING, Status.TRYING):
        _carefully(run, _try)
    elif _claim(run, Status.QUEUED, Status.APPLYING):
        _carefully(run, _apply)
    else:
        return False
    return True


def _claim(run: ImportRun, before: str, after: str) -> bool:
    """Take an upload in hand; of many who want to, one does."""
    now = timezone.now()
    left = Q(status=after, beat_at__lt=now - DEAD_AFTER)
    mine = ImportRun.objects.filter(Q(status=before) | left, pk=run.pk)
    return bool(mine.update(status=after, beat_at=now, done=0, problem=""))


def _carefully(run: ImportRun, step: Callable[[ImportRun, Actor], None]) -> None:
    run.refresh_from_db()
    by: Actor = run.by or SYSTEM
    try:
        step(run, by)
    except (Refused, PermissionDenied) as why:
        _fail(run, str(why))
    except Exception:
        _fail(run, _("Something went wrong that nobody foresaw. Nothing was changed."))
        raise


def _fail(run: ImportRun, why: str) -> None:
    ImportRun.objects.filter(pk=run.pk).update(status=Status.FAILED, problem=why)


def _try(run: ImportRun, by: Actor) -> None:
    rows = {row.place: row for row in run.rows.exclude(values={}, outcome=Outcome.WRONG)}

    def say(done: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(done=done, beat_at=timezone.now())

    trial = batches.try_out(noun=run.noun, wanted=_wanted(rows), by=by, say=say)
    _note(rows, trial)
    with transaction.atomic():
        for some in batched(rows.values(), AT_ONCE):
            ImportRow.objects.bulk_create(
                some,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=["outcome", "title", "before", "after", "problems"],
            )
        emptied = _emptied(rows.values(), run.count)
        ImportRun.objects.filter(pk=run.pk).update(
            status=Status.TRIED, emptied=emptied, done=run.count
        )


def _wanted(rows: Mapping[int, ImportRow]) -> list[Wanted]:
    return [
        Wanted(row.place, row.slug, row.version, row.values)
        for row in sorted(rows.values(), key=lambda row: row.place)
    ]


def _note(rows: Mapping[int, ImportRow], trial: Trial) -> None:
    for outcome, proposed in ((Outcome.NEW, trial.created), (Outcome.CHANGED, trial.changed)):
        for each in proposed:
            row = rows[each.place]
            row.outcome, row.title = outcome, each.title
            row.before, row.after, row.problems = each.before, each.after, {}
    for place in trial.same:
        rows[place].outcome = Outcome.SAME
        rows[place].before, rows[place].after, rows[place].problems = {}, {}, {}
    for place, problems in trial.problems.items():
        rows[place].outcome, rows[place].problems = Outcome.WRONG, problems


def _emptied(rows: Sequence[ImportRow], count: int) -> dict[str, int]:
    """The columns that would lose their values in many records."""
    found = Counter(
        name
        for row in rows
        for name, value in row.after.items()
        if value in _BLANK and row.before.get(name) not in _BLANK
    )
    return {name: n for name, n in found.items() if n >= FEW and n > count * MOST_EMPTIED}


@transaction.atomic
def queue(*, run: ImportRun, by: Actor, is_sure: bool = False) -> ImportRun:
    """Say that an upload that was tried is to be applied; somebody will, in a moment.

    `is_sure` answers that values may be emptied in many records. Raises Refused while rows are
    wrong, where nothing would change, or without that answer; PermissionDenied.
    """
    require(by, Verb.IMPORT_RECORDS)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.status != Status.TRIED:
        raise Refused(_("Only what was tried and waits can be applied; this %s.") % _state(run))
    counts = counts_of(run)
    if wrong := counts[Outcome.WRONG]:
        said = ngettext(
            "%d row is wrong. Correct it and upload the file again.",
            "%d rows are wrong. Correct them and upload the file again.",
            wrong,
        )
        raise Refused(said % wrong)
    if not counts[Outcome.NEW] and not counts[Outcome.CHANGED]:
        raise Refused(_("Every row says what is stored already: there is nothing to apply."))
    if run.emptied and not is_sure:
        raise Refused(_("Say that the values of these columns may be emptied, or discard it."))
    run.status = Status.QUEUED
    run.save(update_fields=["status"])
    return run


def _state(run: ImportRun) -> str:
    return str(run.get_status_display())


def counts_of(run: ImportRun) -> Counter[str]:
    """How many rows there are of each outcome."""
    counted = run.rows.order_by().values_list("outcome").annotate(n=Count("pk"))
    return Counter(dict(counted))


@transaction.atomic
def _apply(run: ImportRun, by: Actor) -> None:
    """Apply it and say so, in one transaction: whoever comes second finds it applied."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.status != Status.APPLYING:
        return
    rows = {row.place: row for row in run.rows.exclude(outcome=Outcome.SAME)}
    key = _progress_key(run)
    try:
        run.batch = batches.apply(
            noun=run.noun,
            wanted=_wanted(rows),
            kind=Batch.Kind.IMPORT,
            label=run.name,
            by=by,
            say=lambda done: cache.set(key, done, timeout=60),
        )
    except Unfit:
        # Somebody has changed a record since it was tried.
        _try_again(run)
        return
    run.status, run.done = Status.APPLIED, run.count
    run.save(update_fields=["status", "done", "batch"])


def _try_again(run: ImportRun) -> None:
    run.status = Status.WAITING
    run.problem = _("A record was changed meanwhile, so nothing was applied; it was tried again.")
    run.save(update_fields=["status", "problem"])


def progress(run: ImportRun) -> int | None:
    """How many rows the step that runs has done; None where it cannot be told."""
    if run.status == Status.APPLYING:
        return cache.get(_progress_key(run))
    return run.done if run.status == Status.TRYING else 0


def _progress_key(run: ImportRun) -> str:
    return f"import-{run.pk}"


@transaction.atomic
def discard(*, run: ImportRun, by: Actor) -> ImportRun:
    """Put an upload away, not to be applied. Raises Refused while it is in work, or after."""
    require(by, Verb.IMPORT_RECORDS)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.status not in (Status.WAITING, Status.TRIED, Status.FAILED):
        raise Refused(_("Only what waits can be discarded; this %s.") % _state(run))
    run.status = Status.DISCARDED
    run.save(update_fields=["status"])
    audit.record(by=by, verb="discard sheet", noun=run.noun, key=str(run.pk), note=run.name)
    return run


@transaction.atomic
def clear(*, by: Actor = SYSTEM) -> int:
    """Forget the rows of uploads of a month ago; returns how many rows. What they did stays."""
    require(by, Verb.IMPORT_RECORDS)
    old = ImportRun.objects.filter(at__lt=timezone.now() - KEPT)
    return ImportRow.objects.filter(run__in=old).delete()[0]
