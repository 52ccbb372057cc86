"""The values of a record: plain data that forms, imports, history and undo all speak.

A record's values are a dictionary of JSON types. Fields are text, numbers, true or false, None;
references are the other record's public code (slug, country code, article number); rows that belong
to the record are lists: of codes where a row is one reference, of dictionaries otherwise.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from registry.models import Record

Values = dict[str, Any]

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def code_field(model: type[models.Model]) -> str:
    """The field of `model` that is its public code."""
    return "slug" if issubclass(model, Record) else model._meta.pk.name


def plain(field: models.Field, value: Any) -> Any:
    """The JSON form of a field's value; the same for what is stored and for what is typed."""
    if isinstance(field, models.ForeignKey):
        return None if value in (None, "") else value
    value = field.to_python(value)
    if isinstance(value, Decimal):
        # Said before it is written out: 1e999999999 would take a gigabyte.
        if not value.is_finite() or value.adjusted() >= field.max_digits:
            raise ValidationError(_("“%s” is no amount that can be kept.") % value)
        return f"{value:.{field.decimal_places}f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def tidy(name: str, value: Any) -> Any:
    """Text without outer space, in one Unicode form; refuses what no database or page can hold."""
    if not isinstance(value, str):
        return value
    if _NO_TEXT.search(value):
        message = _("“%(field)s” holds a character that is no text (NUL or half a character).")
        raise ValidationError({name: message % {"field": name}})
    # Browsers send lines that end in CR LF; stored text has one form.
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", value).strip()


def plain_cell(value: Any) -> Any:
    """The JSON form of a value as the database gives it."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if hasattr(value, "isoformat") else value
