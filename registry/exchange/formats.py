"""The formats in which a whole list can be taken away."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.errors import Refused
from registry.exchange import csv_files, geojson_files, json_files, xlsx_files
from registry.exchange.extracts import Extract


@dataclass(frozen=True)
class Format:
    """One format. `write` takes stored bodies and streams bytes.

    `most` is the largest number of records, where the format or its readers have a limit; `nouns`
    the only ones that it can show, all of them where it is empty.
    """

    label: Any
    media_type: str
    extension: str
    write: Callable[[Iterable[str], Extract], Iterator[bytes]]
    most: int | None = None
    nouns: frozenset[str] = frozenset()
    has_fields: bool = True

    def check(self, count: int) -> None:
        """Raise Refused, recommending a format that holds them, if that is too many records."""
        if self.most is not None and count > self.most:
            said = {"label": self.label, "most": self.most, "count": count}
            raise Refused(
                _(
                    "%(label)s holds %(most)d records at most, and this list has %(count)d. "
                    "Take format=csv or format=jsonl, or narrow the list."
                )
                % said
            )


FORMATS: dict[str, Format] = {
    "csv": Format("CSV", "text/csv", "csv", csv_files.write),
    "xlsx": Format(
        gettext_lazy("Excel (XLSX)"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        xlsx_files.write,
        most=20_000,
    ),
    "jsonl": Format("JSON Lines", "application/x-ndjson", "jsonl", json_files.write),
    "geojson": Format(
        gettext_lazy("GeoJSON, by country"),
        "application/geo+json",
        "geojson",
        geojson_files.write,
        most=20_000,
        nouns=frozenset({"activity", "partner"}),
        has_fields=False,
    ),
}


def formats_of(noun: str) -> dict[str, Format]:
    """The formats in which lists of a noun can be taken."""
    return {name: each for name, each in FORMATS.items() if noun in (each.nouns or {noun})}
