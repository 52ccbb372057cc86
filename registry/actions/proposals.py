"""What partners may propose of each noun, what a submission must say, what becomes of it.

The slug, the attribution, where a record came from and when it was confirmed are never proposed:
they follow from who submits and from what the secretariat decides.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.dates import refuse_backwards
from registry.actions import activities, counters, entries, guidance, partners, records
from registry.actions.values import Values, tidy
from registry.models import Partner, Record, Submission
from registry.permissions import SYSTEM

Problems = dict[str, list[str]]
# All that one submission may hold, written out.
MOST_BYTES = 200_000


@dataclass(frozen=True)
class Proposal:
    """A noun as partners propose it: its fields in their order, and what must not be missing."""

    noun: records.Noun
    fields: tuple[str, ...]
    needed: Mapping[str, Promise]
    follows: Callable[[Submission], Values]


def _of_activity(submission: Submission) -> Values:
    is_partner = submission.partner.standing == Partner.Standing.PARTNER
    return {
        "attribution": "partner" if is_partner else "associated",
        "confirmed_on": _submitted_on(submission).isoformat(),
        **_source(submission),
    }


def _source(submission: Submission) -> Values:
    by = submission.partner.name if submission.partner else submission.values.get("name", "")
    return {
        "source": f"Submitted by {by}",
        "source_system": "submission",
        "external_id": submission.reference,
    }


def _submitted_on(submission: Submission) -> dt.date:
    # A draft is looked at as if it were handed in when it was saved last.
    return (submission.submitted_at or submission.saved_at).date()


def _of_partner(submission: Submission) -> Values:
    joined = _submitted_on(submission).isoformat()
    stands = {"standing": "partner", "evidence": "self-stated", "joined": joined}
    return stands | _source(submission)


PROPOSALS: dict[str, Proposal] = {
    "activity": Proposal(
        activities.NOUN,
        fields=(
            "title",
            "summary",
            "kind",
            "level",
            "start",
            "end",
            "reported_status",
            "countries",
            "regions",
            "participations",
            "areas",
            "articles",
            "gef_id",
            "funding_lines",
            "url",
            "links",
            "outputs",
            "confirm_every",
        ),
        needed={
            "title": gettext_lazy("Enter the title of the activity."),
            "summary": gettext_lazy("Say in a few sentences what is done, and for whom."),
            "kind": gettext_lazy("Choose what kind of activity it is."),
            "level": gettext_lazy("Choose whether it is global, regional or national."),
            "start": gettext_lazy("Enter when it began or will begin; the year is enough."),
            "participations": gettext_lazy("Name at least one organisation and what it does."),
            "articles": gettext_lazy("Choose at least one article of the Convention it serves."),
        },
        follows=_of_activity,
    ),
    "guidance": Proposal(
        guidance.NOUN,
        fields=(
            "title",
            "subtitle",
            "kind",
            "role",
            "year",
            "abstract",
            "publishers",
            "areas",
            "articles",
            "url",
            "editions",
            "relations",
        ),
        needed={
            "title": gettext_lazy("Enter the title of the document."),
            "kind": gettext_lazy("Choose what kind of document it is."),
            "role": gettext_lazy("Choose what it is for."),
            "year": gettext_lazy("Enter the year of this edition."),
            "publishers": gettext_lazy("Name at least one organisation that published it."),
            "articles": gettext_lazy(
                "Choose at least one article of the Convention it helps with."
            ),
            "editions": gettext_lazy("Enter at least one language in which it can be had."),
        },
        follows=_source,
    ),
    "partner": Proposal(
        partners.NOUN,
        fields=(
            "name",
            "acronym",
            "other_names",
            "type",
            "country",
            "is_association",
            "represented_count",
            "website",
            "areas",
            "involvement",
        ),
        needed={
            "name": gettext_lazy("Enter the name of the organisation."),
            "type": gettext_lazy("Choose what kind of organisation it is."),
            "country": gettext_lazy("Choose the country of its seat."),
            "areas": gettext_lazy("Choose at least one area in which it will work."),
            "involvement": gettext_lazy(
                "Say how the organisation will contribute to the Partnership's goal."
            ),
        },
        follows=_of_partner,
    ),
}


def of(submission: Submission) -> Proposal:
    """What may be proposed of the submission's noun."""
    return PROPOSALS[submission.noun]


def typed(submission: Submission, values: Values) -> Values:
    """The values as a draft keeps them: in the registry's form where they have one, else as typed.

    Raises ValidationError, by field, for fields that are none and for what no database can hold.
    """
    proposal = of(submission)
    unknown = values.keys() - set(proposal.fields)
    if unknown:
        raise ValidationError({name: [_("There is no field “%s”.") % name] for name in unknown})
    kept = {name: _kept(proposal, name, value) for name, value in values.items()}
    if len(json.dumps(submission.values | kept)) > MOST_BYTES:
        raise ValidationError(_("This is more than one submission can hold; shorten the texts."))
    return kept


def _kept(proposal: Proposal, name: str, value: Any) -> Any:
    _refuse_what_is_no_text(name, value)
    try:
        return proposal.noun.shape.clean({name: value})[name]
    except ValidationError:
        return tidy(name, value)


def _refuse_what_is_no_text(name: str, value: Any) -> None:
    """Raise ValidationError wherever in the value a character stands that no database holds."""
    if isinstance(value, dict):
        for each in (*value.keys(), *value.values()):
            _refuse_what_is_no_text(name, each)
    elif isinstance(value, list | tuple):
        for each in value:
            _refuse_what_is_no_text(name, each)
    elif isinstance(value, str):
        tidy(name, value)


def problems_in(submission: Submission) -> Problems:
    """What is missing or wrong in the fields by themselves, by field; writes nothing."""
    found = _missing(submission)
    wrong = _clean(submission)[1]
    found = wrong | {name: said for name, said in found.items() if name not in wrong}
    order = of(submission).fields
    return dict(sorted(found.items(), key=lambda each: _place(order, each[0])))


def problems(submission: Submission, record: Record | None = None) -> Problems:
    """Everything that keeps it from being accepted, by field; all of it at once.

    What remains when the fields are right by themselves, the database says: the change is made and
    taken back.
    """
    if found := problems_in(submission):
        return found
    values, _wrong = _clean(submission)
    return _refused_by_database(submission, values, record)


def _place(order: tuple[str, ...], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _missing(submission: Submission) -> Problems:
    if submission.kind == Submission.Kind.JOIN:
        return {}
    values = submission.values
    needed = of(submission).needed
    if submission.kind == Submission.Kind.CHANGE:
        # A record from elsewhere may have gaps; a change must not make new ones.
        needed = {name: said for name, said in needed.items() if submission.base.get(name)}
        values = submission.base | values
    found = {
        name: [str(said)] for name, said in needed.items() if values.get(name) in (None, "", [])
    }
    if submission.noun == "activity" and values.get("level") not in (None, "", "global"):
        if not values.get("countries") and not values.get("regions"):
            found["countries"] = [_("Choose the countries or the regions where it takes place.")]
    return found


def _clean(submission: Submission) -> tuple[Values, Problems]:
    """The values in the registry's form, and what is wrong with each of the others."""
    shape, cleaned, wrong = of(submission).noun.shape, {}, {}
    for name, value in submission.values.items():
        try:
            cleaned |= shape.clean({name: value})
            shape.check(name, cleaned[name])
        except ValidationError as said:
            wrong[name] = said.messages
    if not {"start", "end"} & wrong.keys():
        both = submission.base | cleaned
        try:
            refuse_backwards(both.get("start") or "", both.get("end") or "")
        except ValidationError as said:
            wrong["end"] = said.messages
    return cleaned, wrong


def _refused_by_database(submission: Submission, values: Values, record: Record | None) -> Problems:
    noun = of(submission).noun
    try:
        with transaction.atomic(), entries.left_out():
            if record:
                # As it is now: what others change meanwhile is no fault of this proposal.
                counters.hold(counters.REVISION)
                record.refresh_from_db(fields=["version"])
                noun.change(record=record, values=values, version=record.version, by=SYSTEM)
            else:
                noun.create(values=_whole(submission, values), by=SYSTEM)
            transaction.set_rollback(True)
    except ValidationError as said:
        if hasattr(said, "error_dict"):
            return said.message_dict
        return {"": said.messages}
    return {}


def _whole(submission: Submission, values: Values) -> Values:
    """A new record's values: those proposed, and those that follow."""
    return values | of(submission).follows(submission)


def accepted(submission: Submission) -> Values:
    """The values that approval writes."""
    values, _wrong = _clean(submission)
    if submission.kind == Submission.Kind.CREATE:
        return _whole(submission, values)
    if submission.noun == "activity":
        values = values | {"confirmed_on": _submitted_on(submission).isoformat()}
    return values
