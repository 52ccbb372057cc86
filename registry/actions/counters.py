"""Numbers that only go up, taken under a row lock."""

from django.db import transaction
from django.db.models import F

from registry.models import Counter
from registry.queries import revision

REVISION = revision.NAME
ACTIVITY = "activity"


def hold(name: str) -> None:
    """Wait for whoever holds the counter `name`, and hold it until the transaction ends."""
    Counter.objects.select_for_update().get_or_create(name=name)


# Always part of a change that is taken back as a whole, so it needs no savepoint of its own.
@transaction.atomic(savepoint=False)
def advance(name: str, *, by: int = 1) -> int:
    """The next number of the counter `name`, from 1; with `by`, the last of so many.

    The lock is held until the transaction ends: whoever comes next waits, so numbers are committed
    in the order in which they are given, and a reader who has seen number n has seen all below it.
    """
    counter = Counter.objects.filter(name=name)
    # The update takes the lock; only the very first number has no row to count up.
    if not counter.update(value=F("value") + by):
        hold(name)
        counter.update(value=F("value") + by)
    if name == REVISION:
        transaction.on_commit(revision.forget)
    return counter.values_list("value", flat=True).get()
