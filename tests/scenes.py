"""Scenes from which all tests of a module begin: made once, what a test changes is taken back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test import Client


@contextmanager
def made_once(blocker) -> Iterator[None]:
    """What is written inside stays until the end; give it pytest-django's `django_db_blocker`."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def as_left(client: Client) -> Client:
    """A browser with the cookies of another, which keeps its own."""
    copy = Client()
    copy.cookies.load({name: each.value for name, each in client.cookies.items()})
    return copy
