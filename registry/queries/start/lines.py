"""A line of the start page: how many of what, since when, and where the work is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, Min, Model, QuerySet
from django.urls import reverse

from registry.models import Record, User
from registry.queries import jobs
from registry.queries.jobs import State


class Asked:
    """Who opens the page, when; and what several of its lines rest on, asked once."""

    def __init__(self, user: User, now: dt.datetime) -> None:
        self.user, self.now = user, now

    @cached_property
    def jobs(self) -> list[State]:
        """Every job of the timetable."""
        return jobs.states(self.now)


@dataclass(frozen=True)
class Part:
    """Some of what a line counts, with the list that holds just these."""

    words: str
    count: int
    path: str
    is_late: bool = False


@dataclass(frozen=True)
class Line:
    """How many of what there are (`words` goes with the number), and the list that holds them.

    `since` is when the oldest came, with the whole `days` since; `parts` and `areas` are lists of
    some of them; `note` is a remark in words. With `at_least` there may be more.
    """

    words: str
    count: int
    path: str
    since: dt.date | None = None
    days: int = 0
    parts: tuple[Part, ...] = ()
    areas: tuple[Part, ...] = ()
    note: str = ""
    at_least: bool = False


def aged(at: dt.datetime | None, now: dt.datetime) -> dict[str, object]:
    """The day and the whole days since, as a line holds them."""
    return {"since": at.date(), "days": max((now - at).days, 0)} if at else {}


def oldest_of(
    asked: Asked, rows: QuerySet, at: str, say: Callable[[int], str], path: str
) -> list[Line]:
    """The line of some rows, with the age of the oldest by its column `at`; none where none are.

    `say` gives the words for so many of them.
    """
    seen = rows.aggregate(n=Count("pk"), oldest=Min(at))
    if not seen["n"]:
        return []
    return [Line(say(seen["n"]), seen["n"], path, **aged(seen["oldest"], asked.now))]


def list_of(model: type[Model], **narrowing: str) -> str:
    """The address of a list of the administration, narrowed; of records, the public ones."""
    label = model._meta.app_label, model._meta.model_name
    shown = {"public": "yes"} if issubclass(model, Record) else {}
    query = urlencode(narrowing | shown)
    path = reverse("admin:{}_{}_changelist".format(*label))
    return f"{path}?{query}" if query else path
