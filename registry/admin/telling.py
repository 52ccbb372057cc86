"""How stored values are told to a person: labels, choices in words, lists row by row."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.actions import reference
from registry.models import ApiToken, Event, Notice, Record, User

SHORT = 3
MODELS = {
    **{model.noun: model for model in Record.__subclasses__()},
    **{noun: model for model, noun in reference.NOUNS.items()},
    "notice": Notice,
    "token": ApiToken,
    "user": User,
}


@dataclass(frozen=True)
class Difference:
    """A field by its label, and its two values, each as lines of text."""

    label: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Told:
    """An event and what it changed."""

    event: Event
    differences: list[Difference]


def told(event):
    """The event with its differences; what is withdrawn or restored stays as it is."""
    if event.verb in ("withdraw", "restore"):
        return Told(event, [])
    return Told(event, differences(MODELS.get(event.noun), event.before, event.after))


def differences(model, before, after):
    """What differs between two values of a record of `model`; None stands for no record."""
    before, after = before or {}, after or {}
    return [
        difference(model, name, before.get(name), after.get(name))
        for name in before | after
        if before.get(name) != after.get(name) and (before.get(name) or after.get(name))
    ]


def difference(model, name, before, after):
    """The two values of one field, told."""
    return Difference(label(model, name), lines(model, name, before), lines(model, name, after))


def label(model, name):
    """The field's label."""
    field = _field(model, name)
    return capfirst(field.verbose_name if field else name.replace("_", " "))


def lines(model, name, value):
    """The value as lines: one for each row of a list, none for what is blank."""
    if value in (None, "", []):
        return []
    if isinstance(value, list):
        rows = [_row(each) for each in value]
        # Codes of countries and numbers of articles fit on one line.
        return rows if any(len(row) > SHORT for row in rows) else [", ".join(rows)]
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    choices = dict(getattr(_field(model, name), "flatchoices", ()))
    return str(choices.get(value, value)).splitlines()


def _row(row):
    if not isinstance(row, dict):
        return str(row)
    return " · ".join(f"{name}: {value}" for name, value in row.items() if value not in (None, ""))


def _field(model, name):
    try:
        field = model and model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if hasattr(field, "verbose_name") else None
