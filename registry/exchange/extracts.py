"""An extract: one list as somebody takes it away; what it is, apart from the records themselves."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from registry.exchange.tables import PRIVATE, TABLES, Table

# With these, a name is legible everywhere and safe in every file system and header.
_UNSAFE = re.compile(r"[^a-z0-9-]+")
LONGEST_NAME = 120


@dataclass(frozen=True)
class Extract:
    """What a file says of itself.

    `filters` are the ones in use, as (name, label, values); `fields` those that are asked for, all
    of them where it is empty; `address` is where it was taken.
    """

    noun: str
    taken_at: dt.datetime
    revision: int
    filters: tuple[tuple[str, str, str], ...] = ()
    fields: tuple[str, ...] = ()
    address: str = ""

    @property
    def table(self) -> Table:
        """The columns of the file."""
        return (TABLES | PRIVATE)[self.noun].only(self.fields)

    def file_name(self, extension: str) -> str:
        """Noun, filters and date: activities_article-7_country-gh_2026-11-25.csv."""
        asked = [f"{name}-{values}" for name, _label, values in self.filters]
        day = self.taken_at.date().isoformat()
        stem = "_".join(filter(None, map(_safe, [str(self.table.title), *asked])))
        return (
            f"{stem[: LONGEST_NAME - len(day) - len(extension) - 2].rstrip('_-')}_{day}.{extension}"
        )


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text.casefold()).strip("-")


def broken_off(rows: int) -> str:
    """The sentence that ends a file that is not whole."""
    return _("Broken off after %d records: this file is not complete. Take it again.") % rows


@dataclass
class Counted[T]:
    """Passes things on and knows how many there were."""

    of: Iterator[T]
    rows: int = field(default=0)

    def __iter__(self) -> Iterator[T]:
        for each in self.of:
            self.rows += 1
            yield each


def licence() -> str:
    """What may be done with the data."""
    return _("Not decided yet: until then all rights are reserved. Ask the secretariat.")


def attribution() -> str:
    """Whom to name."""
    return _(
        "Every record names its source. The status of the Convention comes from the International "
        "Environmental Agreements Database Project (Mitchell et al. 2020, "
        "https://doi.org/10.1162/glep_a_00544), which asks to be cited."
    )
