"""What went wrong: messages, links, jobs."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.models import ImportRun, Job, Link, Notice
from registry.queries.jobs import FAILING, State, Verdict
from registry.queries.start.lines import Asked, Line, Part, aged, list_of, oldest_of


def messages(asked: Asked) -> list[Line]:
    """Messages that were given up."""
    failed = Notice.objects.filter(state=Notice.State.FAILED)

    def said(n: int) -> str:
        return ngettext("message was not sent: given up", "messages were not sent: given up", n)

    path = list_of(Notice, state__exact=Notice.State.FAILED)
    return oldest_of(asked, failed, "created_at", said, path)


def uploads(asked: Asked) -> list[Line]:
    """Uploaded sheets of which nothing came."""
    failed = ImportRun.objects.filter(status=ImportRun.Status.FAILED)

    def said(n: int) -> str:
        return ngettext("uploaded sheet failed", "uploaded sheets failed", n)

    path = list_of(ImportRun, status__exact=ImportRun.Status.FAILED)
    return oldest_of(asked, failed, "at", said, path)


def links(asked: Asked) -> list[Line]:
    """Links of public records that are unavailable."""

    def said(n: int) -> str:
        return ngettext("link is unavailable", "links are unavailable", n)

    path = list_of(Link, health="broken")
    return oldest_of(asked, Link.objects.broken(), "unavailable_since", said, path)


def of_jobs(asked: Asked) -> list[Line]:
    """Jobs that failed, and those that did not run; each leads to its line of the ledger."""
    failed = [each for each in asked.jobs if each.verdict in FAILING]
    missed = [each for each in asked.jobs if each.verdict == Verdict.MISSED]

    def said(n: int) -> str:
        return ngettext("background job failed", "background jobs failed", n)

    def other(n: int) -> str:
        return ngettext(
            "background job did not run when it should have",
            "background jobs did not run when they should have",
            n,
        )

    return [
        _line(words(len(some)), some, anchor, asked.now)
        for words, some, anchor in ((said, failed, "failed"), (other, missed, "missed"))
        if some
    ]


def _line(words: str, states: list[State], anchor: str, now: dt.datetime) -> Line:
    path = list_of(Job)
    parts = tuple(Part(each.words, 0, f"{path}#{each.name}") for each in states)
    oldest = min(each.since for each in states)
    return Line(words, len(states), f"{path}#{anchor}", parts=parts, **aged(oldest, now))


def last_good(asked: Asked) -> list[tuple[str, dt.datetime | None]]:
    """What is well as long as it is not long ago: words, and when it was so last."""
    ended = {each.name: each.job.succeeded_at for each in asked.jobs if each.job}
    return [
        (_("Last backup"), ended.get("take_backup")),
        (_("Search index last compared with the records"), ended.get("check_search_index")),
    ]
