"""How the values of a filter are read and refused."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.dates import PartialDate

# The value that stands for “not recorded”.
NONE = "none"
# So many values at once, and so many named in an answer.
MOST_VALUES = 100
MOST_NAMED = 40


class ManyField(forms.Field):
    """Several values, given again and again or separated by commas; each must be known."""

    widget = forms.SelectMultiple

    def __init__(self, *, known: Callable[..., Mapping[str, Any]], **options: Any) -> None:
        self.known = known
        super().__init__(**options)

    def clean(self, value: Any) -> list[str]:
        """The values asked for, once each. Raises ValidationError naming the unknown ones."""
        given = [part.strip() for item in value or () for part in str(item).split(",")]
        if len(given) > MOST_VALUES:
            raise ValidationError(_("It has %d values; ask for 100 at most.") % len(given))
        asked = list(dict.fromkeys(part for part in given if part))
        # Asked once: the codes of a long table are looked up each time.
        known = self.known(asked) if asked else {}
        if unknown := [part for part in asked if part not in known]:
            raise ValidationError(not_one_of(unknown[0], list(self.known(None))))
        return asked


def not_one_of(value: str, known: list[str]) -> str:
    """The sentence that refuses an unknown value and names the known ones."""
    more = _(" and others") if len(known) > MOST_NAMED else ""
    few = ", ".join(known[:MOST_NAMED])
    said = {"value": value[:80], "known": few, "more": more}
    return _("“%(value)s” is not one of: %(known)s%(more)s.") % said


class YearField(forms.Field):
    """A year of four figures."""

    widget = forms.NumberInput

    def clean(self, value: Any) -> int | None:
        """The year. Raises ValidationError naming the value."""
        text = str(value or "").strip()
        if not text:
            return None
        is_four_figures = len(text) == 4 and text.isascii() and text.isdigit()
        if not (is_four_figures and 1900 <= int(text) <= 2100):
            raise ValidationError(_("“%s” is not a year between 1900 and 2100.") % text[:80])
        return int(text)


class MomentField(forms.Field):
    """A date or a moment in ISO 8601; a date means its first moment, UTC."""

    def clean(self, value: Any) -> dt.datetime | None:
        """The moment, with its zone. Raises ValidationError naming the value."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            if len(text) <= 10:
                # Any day of the calendar, or a year or month as dates have them here.
                whole = len(text) == 10
                day = dt.date.fromisoformat(text) if whole else PartialDate.parse(text).first_day
                return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
            moment = dt.datetime.fromisoformat(text.replace(" ", "+"))
            moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
            return moment.astimezone(dt.UTC)
        # At either end of the calendar, another zone's moment may lie outside of it.
        except (ValueError, OverflowError):
            raise ValidationError(
                _("“%s” is not a date such as 2026-03-09 or 2026-03-09T12:00:00Z.") % text[:80]
            ) from None
