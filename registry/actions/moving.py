"""How any submission is held, checked, moved and recorded; `MOVES` says which moves there are."""

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit
from registry.actions.values import Values
from registry.errors import Refused, Stale
from registry.models import Activity, Guidance, Partner, Record, Submission
from registry.models.submissions import MOVES
from registry.permissions import Actor

RECORDS: dict[str, type[Record]] = {"activity": Activity, "guidance": Guidance, "partner": Partner}


def record_of(submission: Submission) -> Record | None:
    """The published record that it changes or has become, if any."""
    if not submission.key:
        return None
    return RECORDS[submission.noun].objects.get(slug=submission.key)


def locked(submission: Submission) -> Submission:
    """The submission as it is now, held until the transaction ends. Raises Refused if none is."""
    found = Submission.objects.select_for_update(of=("self",)).filter(pk=submission.pk).first()
    if found is None:
        raise Refused(_("%s was thrown away meanwhile.") % submission.reference)
    return found


def refuse_stale(submission: Submission, version: int, proposed: Values | None = None) -> None:
    """Raise Stale, with both texts, unless `version` is the one that is kept."""
    if version == submission.version:
        return
    raise Stale(
        _("%s was changed by somebody else since you opened it. Nothing was saved.")
        % submission.reference,
        current=submission.base | submission.values,
        proposed=proposed or {},
        version=submission.version,
    )


def check_move(submission: Submission, verb: str) -> None:
    """Raise Refused unless `verb` leads on from where the submission stands."""
    if submission.status not in MOVES[verb].before:
        said = _("%(reference)s is %(status)s; this can no longer be done to it.")
        status = submission.get_status_display()
        raise Refused(said % {"reference": submission.reference, "status": status})


def move(submission: Submission, verb: str, by: Actor, *, note: str = "") -> None:
    """The one way from a status to the next: checks it, writes it, records it."""
    check_move(submission, verb)
    before = submission.status
    submission.status = MOVES[verb].after
    submission.version += 1
    submission.since = timezone.now()
    submission.save()
    statuses = {"status": before}, {"status": submission.status}
    leave(submission, verb, by, before=statuses[0], after=statuses[1], note=note)


def leave(
    submission: Submission,
    verb: str,
    by: Actor,
    *,
    before: Values | None = None,
    after: Values | None = None,
    note: str = "",
) -> None:
    """Record what was done; call it in the transaction that does it."""
    audit.record(
        by=by,
        verb=verb,
        noun="submission",
        key=submission.reference,
        version=submission.version,
        before=before,
        after=after,
        note=note,
    )
