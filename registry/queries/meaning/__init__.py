"""What every field of every public record means: its type and one sentence, in one place.

The description of the API, its pages and the checks of stored entries read it from here. It is in
English only, like the names that it explains: it is part of a contract that is compared by value.
"""

from registry.queries.meaning.cards import CARDS
from registry.queries.meaning.kinds import Fields, Schema, whole
from registry.queries.meaning.records import RECORDS
from registry.queries.meaning.reference import PARTS, REFERENCE

# Noun → what its records are, and their fields in their order.
NOUNS: dict[str, tuple[str, Fields]] = {**RECORDS, **REFERENCE}

__all__ = ["CARDS", "NOUNS", "PARTS", "Fields", "Schema", "component", "schemas"]


def component(noun: str) -> str:
    """The name of a noun's schema, such as Activity."""
    return noun.capitalize()


def schemas() -> dict[str, Schema]:
    """Every schema by its name: the nouns, and the cards and parts that they are made of."""
    nouns = {component(noun): whole(says, fields) for noun, (says, fields) in NOUNS.items()}
    return nouns | CARDS | PARTS
