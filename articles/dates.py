"""Dates that are known to the year, the month or the day, and stay so."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

# How much is known → how it is written; the formats are those of the language.
_IN_WORDS = {"year": "Y", "month": "YEAR_MONTH_FORMAT", "day": "DATE_FORMAT"}
_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as far as it is known: 2014, 2014-03 or 2014-03-09; 0 stands for unknown."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read YYYY, YYYY-MM or YYYY-MM-DD; raise ValueError with a remedy for anything else."""
        found = _SHAPE.fullmatch(text.strip())
        if not found or not text.isascii():
            raise ValueError(_("“%s” is not a date: write 2014, 2014-03 or 2014-03-09.") % text)
        date = cls(*(int(part or 0) for part in found.groups()))
        date._check(text)
        return date

    def _check(self, text: str) -> None:
        try:
            first = dt.date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            raise ValueError(_("“%s” is not a day of the calendar.") % text) from None
        # "2014-00" and "2014-03-00" have the right shape and say nothing.
        if text.strip()[5:7] == "00" or text.strip()[8:10] == "00" or first.year < 1900:
            raise ValueError(_("“%s” is not a date between 1900 and 9999.") % text)

    def __str__(self) -> str:
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])

    @property
    def precision(self) -> str:
        """“year”, “month” or “day”: how much of the date is known."""
        return "day" if self.day else "month" if self.month else "year"

    def in_words(self) -> str:
        """As people write it in the language spoken: “2014”, “March 2014”, “9 March 2014”."""
        return date_format(self.first_day, _IN_WORDS[self.precision])

    @property
    def first_day(self) -> dt.date:
        """The earliest day that this date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The latest day that this date can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the month's last where it has no such day.

    Where the calendar ends before, the last day that it has.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def validate_partial_date(text: str) -> None:
    """Raise ValidationError unless `text` is a date that PartialDate can read."""
    try:
        PartialDate.parse(text)
    except ValueError as wrong:
        raise ValidationError(str(wrong), code="date") from None


def refuse_backwards(start: str, end: str) -> None:
    """Raise ValidationError for `end` if every day that it can mean lies before `start`.

    Text that is no date is left to the field's own check.
    """
    try:
        first, last = PartialDate.parse(start), PartialDate.parse(end)
    except ValueError:
        return
    if last.last_day < first.first_day:
        raise ValidationError(
            {
                "end": [
                    _("“%(end)s” lies before the start, “%(start)s”.")
                    % {"end": end, "start": start}
                ]
            }
        )


class PartialDateField(models.CharField):
    """A PartialDate in a text column: sorts by time, keeps the precision, compares by prefix.

    Blank means not known. The value in Python is the text; `PartialDate.parse` reads it.
    """

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.update(max_length=10)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        """Leave out what the field always sets itself, so that migrations stay short."""
        name, path, args, options = super().deconstruct()
        del options["max_length"]
        return name, path, args, options
