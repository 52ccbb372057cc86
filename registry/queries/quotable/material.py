"""What quotable statistics are made of: public bodies, groups of look-alikes, programmes."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articles.models import SPINE
from registry.models import Entry
from registry.queries import joins
from registry.queries.representation import Body, read_body
from registry.queries.revision import per_revision

# Pairs that are as alike as this are one until somebody says that they are two.
ALIKE = 0.7
_DATA = Path(__file__).resolve().parents[2] / "data" / "gef_programmes.csv"
NOUNS = ("area", "partner", "activity", "guidance", "contribution")

type Group = tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """Records by noun, in the order of their keys, and groups of slugs of look-alike activities."""

    records: dict[str, list[Body]]
    alike: tuple[Group, ...]

    def of(self, noun: str) -> list[Body]:
        """The public records of a noun."""
        return self.records[noun]

    @property
    def articles(self) -> list[int]:
        """The numbers of the articles that activities are for."""
        return list(SPINE)


def live() -> Material:
    """The registry as the public sees it now."""
    records = {noun: _bodies(noun) for noun in NOUNS}
    return Material(records, look_alikes())


def _bodies(noun: str) -> list[Body]:
    entries = Entry.objects.public().filter(noun=noun).order_by("key")
    bodies = [read_body(body) for body in entries.values_list("body", flat=True)]
    # Databases do not agree on the order of hyphens.
    return sorted(bodies, key=lambda body: body["slug"])


@per_revision
def look_alikes() -> tuple[Group, ...]:
    """Groups of activities that look alike and that nobody said are different.

    It compares every activity with its candidates: seconds for some hundreds.
    """
    found, page = [], joins.pairs("activity")
    while True:
        found += [each for each in page.pairs if each.score >= ALIKE]
        if page.next is None:
            return grouped((each.one["slug"], each.other["slug"]) for each in found)
        page = joins.pairs("activity", before=page.next)


def grouped(pairs: Iterable[tuple[str, str]]) -> tuple[Group, ...]:
    """Pairs as groups: whoever is like one of a group belongs to it."""
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        joint = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(joint, joint)
    return tuple(sorted({tuple(sorted(group)) for group in groups.values()}))


@cache
def programme_of() -> dict[str, str]:
    """The number of the programme of a project of the Global Environment Facility, by its own."""
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {row["project"]: row["programme"] for row in csv.DictReader(file)}
