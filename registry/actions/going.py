"""A batch while it is made: who may, its row and its revision, and that it is whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.actions import counters, entries
from registry.actions.constraints import Problems
from registry.actions.following import NOUNS
from registry.actions.many import Left
from registry.actions.planning import Planned
from registry.actions.records import Noun
from registry.errors import Refused, Unfit
from registry.models import Batch
from registry.permissions import Actor, Verb, person, require

# So many problems are told in the sentence of a refusal; all of them are in its `problems`.
TOLD = 5


def noun_of(name: str) -> Noun:
    """The noun of this name. Raises Refused."""
    if name not in NOUNS:
        raise Refused(_("There are no records of the kind “%s”.") % name)
    return NOUNS[name]


def refuse_others(by: Actor, noun: Noun, kind: str) -> None:
    """Raise PermissionDenied unless `by` may change many records in this way."""
    require(by, noun.edit)
    if kind == Batch.Kind.IMPORT:
        require(by, Verb.IMPORT_RECORDS)


class Going:
    """A batch that is being made: its row and its revision stand from the first change on."""

    def __init__(self, noun: str, kind: str, label: str, by: Actor) -> None:
        given = {"noun": noun, "kind": kind, "label": label.strip()[:300], "by": person(by)}
        self.batch, self.by = Batch(**given, at=timezone.now()), by
        self._left: Left | None = None

    def left(self, note: str = "") -> Left:
        """What its changes leave behind together."""
        if self._left is None:
            self.batch.save()
            revision = counters.advance(counters.REVISION)
            self._left = Left(self.by, revision, note, self.batch.pk)
        return self._left

    def count(self, planned: Sequence[Planned]) -> None:
        """Note how many records were created and changed."""
        new = sum(each.is_new for each in planned)
        self.batch.created += new
        self.batch.changed += len(planned) - new

    def count_standing(self, count: int, is_public: bool) -> None:
        """Note how many records were restored or withdrawn."""
        self.batch.restored += count if is_public else 0
        self.batch.withdrawn += 0 if is_public else count

    def finished(self) -> Batch | None:
        """The batch; None where nothing was changed."""
        if self._left is None:
            return None
        self.batch.save()
        return self.batch


@contextmanager
def whole() -> Iterator[None]:
    """All that is written inside or none of it; the entries at the end, each once."""
    try:
        with transaction.atomic(), entries.written_together():
            yield
    except IntegrityError as why:
        said = _("A rule of the database was broken while all was written. Nothing was changed: %s")
        raise Refused(said % str(why).splitlines()[0]) from why


def refuse_unfit(problems: dict[int, Problems]) -> None:
    """Raise Unfit, with the first of the problems in its sentence, where there are any."""
    if not problems:
        return
    said = ngettext(
        "Nothing was changed, since %d record cannot be taken over:",
        "Nothing was changed, since %d records cannot be taken over:",
        len(problems),
    )
    told = [
        f"{place}: " + " ".join(message for messages in each.values() for message in messages)
        for place, each in sorted(problems.items())[:TOLD]
    ]
    raise Unfit(" ".join([said % len(problems), *told]), problems)
