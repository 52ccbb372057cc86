"""How any record is created, changed, withdrawn and restored; each noun's own actions end here."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit, counters, entries, slugs
from registry.actions.shapes import Shape
from registry.actions.values import Values
from registry.errors import Refused, Stale
from registry.models import Join, Record
from registry.permissions import Actor, Verb, require

# Entries to write again: a noun and the slugs of its records.
Shown = Iterable[tuple[str, Iterable[str]]]


@dataclass(frozen=True)
class Changed:
    """A record, and its values before a change and after it; none before for a new one."""

    record: Record
    before: Values
    after: Values

    def differs_in(self, names: Iterable[str]) -> bool:
        """Whether a record that was there says something else in one of these fields."""
        before, after = self.before, self.after
        return bool(before) and any(before[name] != after[name] for name in names)


def _nothing(*_: object) -> None:
    return None


def _nowhere(*_: object) -> Shown:
    return ()


@dataclass(frozen=True)
class Noun:
    """A noun's common verbs, and what they need to know of it.

    `called(record)` is the text from which a new record's address is made, where it may be left
    out; `number(records)` gives new records what is given once, in order; `prepare(record, today)`
    computes what follows from clean values; `shown_by(changes)` names the entries of other records
    that show these and must be written again.
    """

    shape: Shape
    edit: Verb = Verb.EDIT_RECORDS
    called: Callable[[Record], str] | None = None
    number: Callable[[Sequence[Record]], None] = field(default=_nothing)
    prepare: Callable[[Record, dt.date], None] = field(default=_nothing)
    shown_by: Callable[[Sequence[Changed]], Shown] = field(default=_nowhere)

    @transaction.atomic
    def create(self, *, values: Values, by: Actor, verb: str = "create") -> Record:
        """Accept a new record.

        Raises PermissionDenied, or ValidationError with a list of messages for each field.
        """
        require(by, self.edit)
        cleaned = self.shape.clean(values)
        counters.hold(counters.REVISION)
        record = self.shape.model()
        self.shape.apply(record, cleaned)
        _save(self, record)
        self.shape.save_rows(record, cleaned)
        known = self.shape.without_rows | cleaned
        _accept(self, record, verb=verb, before=None, known=known, by=by)
        return record

    @transaction.atomic
    def change(
        self, *, record: Record, values: Values, version: int, by: Actor, verb: str = "change"
    ) -> Record:
        """Accept a change: `values` holds the fields to change, `version` what they started from.

        Values that say what is stored already change nothing and leave no event. Raises Stale where
        the record has moved on, PermissionDenied, Refused for a withdrawn record, ValidationError.
        """
        require(by, self.edit)
        return self.accept(record=record, values=values, version=version, by=by, verb=verb)

    @transaction.atomic
    def accept(
        self, *, record: Record, values: Values, version: int, by: Actor, verb: str
    ) -> Record:
        """The same for an action that has asked for itself whether `by` may do this.

        What partners may do to a record without review is less than to edit it.
        """
        record = _locked(record)
        before = self.shape.read(record)
        cleaned = self.shape.clean(values)
        refuse_stale(record, before, cleaned, version)
        if record.withdrawn_at:
            raise Refused(_("“%s” is withdrawn; restore it before changing it.") % record)
        if before | cleaned == before:
            return record
        if "slug" in cleaned and cleaned["slug"] != before["slug"]:
            raise ValidationError({"slug": [_("A public address never changes.")]})
        self.shape.apply(record, cleaned)
        record.version += 1
        _save(self, record)
        self.shape.save_rows(record, cleaned, before)
        _accept(self, record, verb=verb, before=before, known=before | cleaned, by=by)
        return record

    @transaction.atomic
    def follow(self, *, record: Record, values: Values, by: Actor, verb: str, note: str) -> Record:
        """Accept what a change of another record means for this one, be it public or withdrawn.

        For an action that has asked whether `by` may do that. Nobody read this record first, so no
        version is named.
        """
        record = _locked(record)
        before = self.shape.read(record)
        cleaned = self.shape.clean(values)
        if before | cleaned == before:
            return record
        self.shape.apply(record, cleaned)
        record.version += 1
        _save(self, record)
        self.shape.save_rows(record, cleaned, before)
        known = before | cleaned
        _accept(self, record, verb=verb, before=before, known=known, by=by, note=note)
        return record

    @transaction.atomic
    def touch(self, *, record: Record, by: Actor, verb: str, note: str) -> Record:
        """Compute afresh what follows from the values, and accept the outcome as a change.

        `note` says what moved, since the values themselves stay as they are.
        """
        require(by, self.edit)
        record = _locked(record)
        before = self.shape.read(record)
        record.version += 1
        _save(self, record)
        _accept(self, record, verb=verb, before=before, known=before, by=by, note=note)
        return record

    @transaction.atomic
    def withdraw(self, *, record: Record, version: int, reason: str, by: Actor) -> Record:
        """Take a record out of the public registry; its address answers “gone” for ever.

        Raises Refused without a reason or where it is withdrawn already, Stale, PermissionDenied.
        """
        require(by, self.edit)
        require(by, Verb.WITHDRAW_RECORDS)
        record = _locked(record)
        values = self.shape.read(record)
        refuse_stale(record, values, {}, version)
        if not reason.strip():
            raise Refused(_("Say why it is withdrawn; the reason is kept in its history."))
        if record.withdrawn_at:
            raise Refused(_("“%s” is withdrawn already.") % record)
        record.withdrawn_at = timezone.now()
        record.version += 1
        record.save()
        note = reason.strip()
        given = {"before": values, "after": None, "by": by, "note": note}
        _leave(record, verb="withdraw", **given, shown=self.shown_by([Changed(record, {}, values)]))
        return record

    @transaction.atomic
    def restore(self, *, record: Record, version: int, by: Actor) -> Record:
        """Bring a withdrawn record back to the public, as it was. Raises Refused, Stale."""
        require(by, self.edit)
        require(by, Verb.WITHDRAW_RECORDS)
        record = _locked(record)
        values = self.shape.read(record)
        refuse_stale(record, values, {}, version)
        if not record.withdrawn_at:
            raise Refused(_("“%s” is not withdrawn.") % record)
        if Join.objects.standing().filter(noun=record.noun, gone=record.slug).exists():
            raise Refused(_("“%s” was joined with another record; undo that instead.") % record)
        record.withdrawn_at = None
        record.version += 1
        record.save()
        given = {"before": None, "after": values, "by": by}
        _leave(record, verb="restore", **given, shown=self.shown_by([Changed(record, {}, values)]))
        return record


def _locked(record: Record) -> Record:
    # The revision first, always: changes go one after the other from their beginning, so that none
    # holds a record which another, already further on, still needs.
    counters.hold(counters.REVISION)
    return type(record).objects.select_for_update().get(pk=record.pk)


def refuse_stale(record: Record, current: Values, proposed: Values, version: int) -> None:
    """Raise Stale, with both texts, unless `version` is the one that is kept."""
    if version == record.version:
        return
    raise Stale(
        _("“%s” was changed by somebody else since you opened it. Nothing was saved.") % record,
        current=current,
        proposed=proposed,
        version=record.version,
    )


def _save(noun: Noun, record: Record) -> None:
    try:
        if record._state.adding:
            _admit(noun, record)
        record.clean_fields()
        noun.prepare(record, timezone.localdate())
        # The database keeps the constraints. To ask for each of them first takes as long as all
        # the rest, so only a refused record is looked at closely.
        with transaction.atomic():
            record.save()
    except (ValidationError, IntegrityError):
        record.full_clean()
        raise


def _admit(noun: Noun, record: Record) -> None:
    """Give a new record what is given once."""
    if noun.called:
        slugs.give([record], noun.called)
    noun.number([record])


def _accept(
    noun: Noun,
    record: Record,
    *,
    verb: str,
    before: Values | None,
    known: Values,
    by: Actor,
    note: str = "",
) -> None:
    """What an accepted change of values leaves behind, here and in the entries that show it.

    `known` holds the rows as they were just saved.
    """
    after = noun.shape.read(record, known)
    shown = noun.shown_by([Changed(record, before or {}, after)])
    without = {rows.relation for rows in noun.shape.rows if not known[rows.name]}
    given = {"verb": verb, "before": before, "after": after, "by": by, "note": note}
    _leave(record, **given, shown=shown, without=without)


def _leave(
    record: Record,
    *,
    verb: str,
    before: Values | None,
    after: Values | None,
    by: Actor,
    note: str = "",
    shown: Shown = (),
    without: Collection[str] = frozenset(),
) -> None:
    """What every accepted change leaves behind: a revision, the entries, an event."""
    revision = counters.advance(counters.REVISION)
    entries.write(noun=record.noun, keys=[record.slug], revision=revision, without=without)
    for noun, keys in shown:
        entries.write(noun=noun, keys=keys, revision=revision)
    audit.of_record(
        by=by,
        verb=verb,
        record_=record,
        before=before,
        after=after,
        revision=revision,
        note=note,
    )
