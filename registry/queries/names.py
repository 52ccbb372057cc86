"""What records are called, and which record a query calls by its name."""

import re
from dataclasses import replace

from registry import words
from registry.models import EntryName
from registry.queries.representation import Built
from registry.words import Query

# Of more records of one name than these, as of generated ones, the first are enough.
MOST_ALIKE = 100
_ADDED = re.compile(r"\s*\([^()]*\)\s*$")


def of(built: Built) -> dict[str, bool]:
    """The names of a record as they are stored, and whether each is its title.

    Each name counts with and without what is added to it in brackets. Withdrawn records have none.
    """
    if built.withdrawn_at:
        return {}
    called = [built.title, *built.names]
    every = [built.key, *called, *(_ADDED.sub("", name) for name in called)]
    title = words.name(built.title)
    return {name: name == title for name in map(words.name, every) if name}


def with_called(query: Query) -> Query:
    """The query, which knows the entries that it calls by a name as a whole."""
    if not query:
        return query
    found = EntryName.objects.filter(name=words.name(query.text), entry__withdrawn_at=None)
    called = dict(
        found.order_by("-is_title", "entry_id").values_list("entry_id", "is_title")[:MOST_ALIKE]
    )
    titled = frozenset(number for number, is_title in called.items() if is_title)
    return replace(query, titled=titled, named=frozenset(called) - titled)
