"""Stored entries, looked up: the bodies that go out as they stand."""

from collections.abc import Iterable

from django.db import connection

from registry.errors import Gone, Moved
from registry.models import Entry, Join
from registry.queries.representation import Body, read_body

_BODIES = "SELECT id, body FROM registry_entry WHERE withdrawn_at IS NULL "


def by_number(ids: Iterable[int]) -> dict[int, str]:
    """The stored bodies of the public entries with these numbers, by number."""
    ids = list(ids)
    if not ids:
        return {}
    # Written out: to build the query anew each time takes longer than to answer it.
    places = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(_BODIES + f"AND id IN ({places})", ids)
        return dict(cursor.fetchall())


def by_numbers(ids: list[int]) -> list[str]:
    """The same in the order of `ids`."""
    stored = by_number(ids)
    return [stored[number] for number in ids if number in stored]


def keys_of(ids: list[int]) -> list[str]:
    """The public codes of the entries with these numbers, in their order."""
    found = dict(Entry.objects.public().filter(pk__in=ids).values_list("pk", "key"))
    return [found[number] for number in ids if number in found]


def by_keys(noun: str, keys: list[str]) -> list[str]:
    """The stored bodies of these records, in the order of `keys`."""
    entries = Entry.objects.public().filter(noun=noun, key__in=keys)
    stored = dict(entries.values_list("key", "body"))
    return [stored[key] for key in keys if key in stored]


def bodies_of(noun: str, keys: list[str]) -> list[Body]:
    """The public representations of these records, in the order of `keys`."""
    return list(map(read_body, by_keys(noun, keys)))


def body_of(noun: str, key: str) -> Body | None:
    """The public representation of one record; None where there is none (withdrawn or unknown)."""
    body = stored_body(noun, key)
    return read_body(body) if body else None


def stored_body(noun: str, key: str) -> str | None:
    """The same as it is stored: JSON text, to be handed out untouched."""
    with connection.cursor() as cursor:
        cursor.execute(_BODIES + "AND noun = %s AND key = %s", [noun, key])
        found = cursor.fetchone()
    return found and found[1]


def public_body(noun: str, key: str) -> str | None:
    """The stored body of a record; None if it never was.

    Raises Gone if it was withdrawn, Moved if it was joined with another.
    """
    body = stored_body(noun, key)
    if body is None and is_gone(noun, key):
        if (kept := kept_for(noun, key)) != key:
            raise Moved(noun, kept)
        raise Gone
    return body


def kept_for(noun: str, key: str) -> str:
    """The code under which a record is now: that of the last it was joined with, or its own."""
    seen = {key}
    while kept := Join.objects.standing().filter(noun=noun, gone=key).values_list("kept").first():
        (key,) = kept
        if key in seen:
            break
        seen.add(key)
    return key


def is_gone(noun: str, key: str) -> bool:
    """Whether there was such a record and it is withdrawn: its address answers 410."""
    return Entry.objects.filter(noun=noun, key=key, withdrawn_at__isnull=False).exists()
