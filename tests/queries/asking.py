"""Asks the lists as a query string would."""

from django.utils.datastructures import MultiValueDict

from registry.queries.bodies import LISTS


def ask(noun, **filters):
    """The list of a noun under these filters; a list of values is given again and again."""
    given = {n: v if isinstance(v, list) else [v] for n, v in filters.items()}
    return LISTS[noun].ask(MultiValueDict(given))


def keys(noun, **filters):
    """The public codes of all records of the list."""
    listing = ask(noun, **filters)
    return set(map(str, listing.records().values_list(listing.of.key, flat=True)))
