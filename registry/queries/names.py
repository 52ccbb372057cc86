"""What records are called, and which record a query calls by its name."""

import re
from dataclasses import replace

from django.db import connection

from registry import words
from registry.queries.representation import Built
from registry.words import Query

# Of more records of one name than these, as of generated ones, the first are enough.
MOST_ALIKE = 100
# Written out, as it is asked with each search.
_CALLED = (
    "SELECT entry_id, is_title FROM registry_entryname WHERE name = %s"
    " ORDER BY is_title DESC, entry_id LIMIT %s"
)
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
    with connection.cursor() as cursor:
        cursor.execute(_CALLED, [words.name(query.text), MOST_ALIKE])
        found = cursor.fetchall()
    titled = frozenset(number for number, is_title in found if is_title)
    return replace(query, titled=titled, named=frozenset(n for n, _ in found) - titled)
