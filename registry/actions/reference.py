"""What follows from a change to the reference book, which is itself saved plainly."""

import hashlib
import json

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import (
    Annex,
    Article,
    ConferenceOfTheParties,
    Convention,
    Country,
    Decision,
    Term,
)
from registry.actions import audit, counters, entries, slugs
from registry.actions.records import Shown
from registry.actions.values import Values, plain
from registry.errors import Stale
from registry.models import Activity, Area, Guidance, Meeting, Partner
from registry.permissions import Actor, Verb, require
from registry.queries import bodies

# The word for each in the audit trail, and in entries where it has one.
NOUNS: dict[type[models.Model], str] = {
    Article: "article",
    Annex: "annex",
    Convention: "convention",
    ConferenceOfTheParties: "cop",
    Country: "country",
    Decision: "decision",
    Term: "term",
}
# Rows that are edited with it, by related name.
_PARTS: dict[type[models.Model], tuple[str, ...]] = {
    Article: ("provisions", "expected_contributions"),
    Annex: ("amendments", "phase_outs"),
    Country: ("party", "action_plans"),
}


def address(record: models.Model) -> tuple[str, str]:
    """Noun and key of a page of the reference book."""
    key = record.slug if isinstance(record, Decision | Term) else record.pk
    return NOUNS[type(record)], str(key)


def read(record: models.Model) -> Values:
    """The page's values as stored, with the rows that belong to it."""
    stored = type(record).objects.get(pk=record.pk)
    values = _columns(stored, leave_out=())
    for field in stored._meta.many_to_many:
        found = getattr(stored, field.name).values_list("pk", flat=True)
        values[field.name] = sorted(found)
    return values | {name: _rows(stored, name) for name in _PARTS.get(type(stored), ())}


def mark(values: Values) -> str:
    """A short mark that differs where the values differ: what stands for a version here."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def unchanged(record: models.Model, seen: str, proposed: Values) -> Values:
    """The stored values of the page, locked until the transaction ends.

    Raises Stale where `seen` is not the mark of what is stored.
    """
    # The revision before the page, as everywhere: changes go one after the other.
    counters.hold(counters.REVISION)
    stored = type(record).objects.select_for_update().get(pk=record.pk)
    values = read(stored)
    if mark(values) == seen:
        return values
    raise Stale(
        _("“%s” was changed by somebody else since you opened it. Nothing was saved.") % stored,
        current=values,
        proposed=proposed,
        version=mark(values),
    )


def _columns(row: models.Model, leave_out: tuple[str, ...]) -> Values:
    return {
        field.name: plain(field, field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.name not in (*leave_out, "id")
    }


def _rows(record: models.Model, name: str) -> list[Values]:
    relation = record._meta.get_field(name)
    owner = relation.field.name
    rows = relation.related_model.objects.filter(**{owner: record}).order_by("pk")
    return [_columns(row, leave_out=(owner,)) for row in rows]


@transaction.atomic
def changed(*, record: models.Model, before: Values | None, by: Actor) -> bool:
    """Tell the entries and the audit trail that `record` was saved; False where nothing differs.

    Call it in the transaction of the save, with the values `read` before it (None for a new page).
    Raises PermissionDenied, which takes the save back.
    """
    require(by, Verb.EDIT_REFERENCE)
    after = read(record)
    if before == after:
        return False
    noun, key = address(record)
    revision = counters.advance(counters.REVISION)
    if noun in bodies.NOUNS:
        entries.write(noun=noun, keys=[key], revision=revision)
    for other, keys in _shown_by(record, before or {}, after):
        entries.write(noun=other, keys=keys, revision=revision)
    verb = "create" if before is None else "change"
    audit.record(
        by=by, verb=verb, noun=noun, key=key, before=before, after=after, revision=revision
    )
    return True


def _shown_by(record: models.Model, before: Values, after: Values) -> Shown:
    if isinstance(record, Annex):
        yield "article", map(str, {*before.get("articles", ()), *after["articles"]})
    if isinstance(record, Article) and before and before["title_en"] != after["title_en"]:
        yield "activity", slugs.of(Activity, Q(activity_articles__article=record))
        yield "guidance", slugs.of(Guidance, Q(guidance_articles__article=record))
        yield "area", slugs.of(Area, Q(area_articles__article=record))
        yield "decision", slugs.of(Decision, Q(articles=record))
        yield "term", slugs.of(Term, Q(articles=record))
    if isinstance(record, Country) and before and before["name_en"] != after["name_en"]:
        yield "activity", slugs.of(Activity, Q(activity_countries__country=record))
        yield "partner", slugs.of(Partner, Q(country=record))
        yield "meeting", slugs.of(Meeting, Q(country=record))
