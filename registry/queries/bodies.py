"""The public representation of any record, by noun."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.utils.translation import override

from articles.languages import FIRST
from registry.queries import (
    activities,
    areas,
    catalogue,
    contributions,
    guidance,
    meetings,
    partners,
    reference,
    vocabulary,
)
from registry.queries.lists import NounList
from registry.queries.representation import Body, Built, Representation

NOUNS: dict[str, Representation] = {
    each.noun: each
    for each in (
        areas.REPRESENTATION,
        partners.REPRESENTATION,
        activities.REPRESENTATION,
        guidance.REPRESENTATION,
        meetings.REPRESENTATION,
        contributions.REPRESENTATION,
        *reference.REPRESENTATIONS,
    )
}

LISTS: dict[str, NounList] = {
    each.noun: each
    for each in (
        areas.LIST,
        partners.LIST,
        activities.LIST,
        guidance.LIST,
        meetings.LIST,
        contributions.LIST,
        catalogue.ARTICLES,
        catalogue.COUNTRIES,
        catalogue.DECISIONS,
        catalogue.TERMS,
    )
}


def hold() -> None:
    """Hold every noun's entries in this process, and the words that searches are cut to."""
    for each in LISTS.values():
        each.held()
    vocabulary.stems()


def build(
    noun: str, keys: Iterable[str], *, without: Collection[str] = frozenset()
) -> Iterator[Built]:
    """Build the representations of these records from their own tables.

    `without` names relations of which they are known to have no rows: these are not asked for.
    """
    shown = NOUNS[noun]
    for record in shown.read(keys, without):
        vars(record).update({f"shown_{name}": [] for name in without})
        yield _built(shown, record)


def _built(shown: Representation, record: Any) -> Built:
    # Whoever accepts a change may read another language; what is stored says the same for all.
    with override(FIRST):
        body = shown.body(record)
        return Built(
            key=str(getattr(record, shown.key)),
            title=shown.title(body),
            text=shown.text(body),
            names=shown.names(body),
            body=body,
            terms=LISTS[shown.noun].terms(record.pk, body),
            withdrawn_at=getattr(record, "withdrawn_at", None),
        )


def keys(noun: str) -> list[str]:
    """The public codes of all records of a noun, withdrawn ones too."""
    shown = NOUNS[noun]
    return list(map(str, shown.records().values_list(shown.key, flat=True)))


def text(noun: str, body: Body) -> str:
    """The text, beside the title, in which search finds the record."""
    return NOUNS[noun].text(body)
