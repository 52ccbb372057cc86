"""Numbers that only go up, taken under a row lock."""

from django.db import connection, transaction

from registry.queries import revision

REVISION = revision.NAME
ACTIVITY = "activity"

# One statement takes the lock, makes the row of the very first number, and gives the number: every
# change asks twice, and to build questions for it took longer than the database takes to answer.
_COUNT = (
    "INSERT INTO registry_counter (name, value) VALUES (%s, %s)"
    " ON CONFLICT (name) DO UPDATE SET value = registry_counter.value + excluded.value"
    " RETURNING value"
)


def _count(name: str, by: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [name, by])
        return cursor.fetchone()[0]


def hold(name: str) -> None:
    """Wait for whoever holds the counter `name`, and hold it until the transaction ends."""
    _count(name, 0)


# Always part of a change that is taken back as a whole, so it needs no savepoint of its own.
@transaction.atomic(savepoint=False)
def advance(name: str, *, by: int = 1) -> int:
    """The next number of the counter `name`, from 1; with `by`, the last of so many.

    The lock is held until the transaction ends: whoever comes next waits, so numbers are committed
    in the order in which they are given, and a reader who has seen number n has seen all below it.
    """
    if name == REVISION:
        transaction.on_commit(revision.forget)
    return _count(name, by)
