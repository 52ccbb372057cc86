"""What a join of two records means for what is proposed of them and of those that name them."""

from registry.actions import following, moving
from registry.actions.following import VERB
from registry.actions.values import Values
from registry.models import Record, Submission
from registry.models.submissions import OPEN
from registry.permissions import Actor

# A version that no record ever has.
NO_VERSION = 0
# What is kept, to be put back: the parts of a submission that name records.
_PARTS = ("key", "values", "base", "base_version")


def follow(*, gone: Record, kept: Record, by: Actor) -> list[dict]:
    """Let submissions name the kept record; returns what changed. What is decided stays as typed.

    A change of the record that is gone becomes one of the kept record. It starts from no version
    of it, so that nobody can approve it before it is held against what the kept record says.
    """
    changed = []
    for submission in _concerned(gone):
        before = _parts(submission)
        _rename(submission, gone, kept)
        after = _parts(submission)
        if after != before:
            _save(submission, by)
            changed.append({"pk": submission.pk, "before": before, "after": after})
    return changed


def follow_back(*, changed: list[dict], by: Actor) -> None:
    """Put it back where nobody has written since; what was typed meanwhile stays as typed."""
    for each in changed:
        submission = Submission.objects.filter(pk=each["pk"]).first()
        if submission and _parts(submission) == each["after"]:
            _set(submission, each["before"])
            _save(submission, by)


def _concerned(gone: Record) -> list[Submission]:
    """All about the record, and all that is open: whom values name, no database can look up."""
    about = Submission.objects.about(gone.noun, gone.slug)
    return list((about | Submission.objects.open()).order_by("pk"))


def _rename(submission: Submission, gone: Record, kept: Record) -> None:
    is_open = submission.status in OPEN
    if is_open:
        for part in ("values", "base"):
            said = getattr(submission, part)
            renamed = following.renamed_values(submission.noun, said, gone, kept.slug)
            setattr(submission, part, renamed)
    if (submission.noun, submission.key) == (gone.noun, gone.slug):
        submission.key = kept.slug
        if is_open:
            submission.base_version = NO_VERSION


def _parts(submission: Submission) -> Values:
    return {name: getattr(submission, name) for name in _PARTS}


def _set(submission: Submission, parts: Values) -> None:
    for name, value in parts.items():
        setattr(submission, name, value)


def _save(submission: Submission, by: Actor) -> None:
    # Whoever has it open is told, with both texts.
    submission.version += 1
    submission.save()
    moving.leave(submission, VERB, by)
