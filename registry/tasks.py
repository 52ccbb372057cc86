"""Background jobs; when they run is in the settings, and how it went in the ledger."""

import functools
import logging
from collections.abc import Callable

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from registry.actions import (
    activities,
    attachments,
    delivery,
    entrance,
    entries,
    feedback,
    idempotency,
    imports,
    jobs,
    notices,
    reminders,
    snapshots,
)
from registry.exchange import dumps
from registry.exchange.backups import taking
from registry.exchange.links import running
from registry.permissions import SYSTEM
from registry.queries import fulltext
from registry.queries.start import tidy

logger = logging.getLogger(__name__)
# A fortnight of nights.
BACKUPS_KEPT = 14
# Of links, so many in each run, for so many seconds: sixty thousand in a week.
LINKS_AT_ONCE, LINK_SECONDS = 60, 90


def job(run: Callable[[], None]) -> Callable[[], None]:
    """A task that stands in the ledger under its name, whoever starts it."""

    @shared_task
    @functools.wraps(run)
    def task() -> None:
        with jobs.recorded(name=run.__name__, by=SYSTEM):
            run()

    return task


@job
def check_search_index() -> None:
    """Repair what the public reads and finds, where it no longer agrees with the records."""
    if entries.differences() and (differed := entries.rebuild()):
        logger.warning("%d entries differed from their records; written afresh", differed)
    if not fulltext.index_is_sound():
        fulltext.rebuild_index()
        logger.warning("the search index differed from the entries; built again")


@job
def count_lookalikes() -> None:
    """Count the pairs of records that look alike, for the start page of the secretariat."""
    logger.info("%d pairs of records look alike", tidy.count_pairs(timezone.now()))


@job
def refresh_statuses() -> None:
    """Move on the status and the freshness of activities whose dates have passed."""
    moved = activities.refresh_statuses(today=timezone.localdate(), by=SYSTEM)
    logger.info("%d activities have a new status or freshness", moved)


@job
def remind() -> None:
    """Remind whoever is waited for."""
    due = reminders.remind(now=timezone.now(), by=SYSTEM)
    logger.info("%d reminders are due", due)


@job
def ask_to_confirm() -> None:
    """Ask partners whether their activities are still as recorded."""
    asked = reminders.ask_to_confirm(by=SYSTEM)
    logger.info("%d activities wait to be confirmed", asked)


@job
def clear_idempotency_keys() -> None:
    """Forget which writes were answered more than a day ago."""
    cleared = idempotency.clear(by=SYSTEM)
    logger.info("%d kept answers forgotten", cleared)


@job
def clear_files() -> None:
    """Delete the files that no submission needs any more."""
    cleared = attachments.clear(by=SYSTEM)
    logger.info("%d files deleted", cleared)


@job
def clear_up_accounts() -> None:
    """Forget sessions that are over, and accounts that nobody proved to be theirs."""
    forgotten = entrance.clear_up(by=SYSTEM)
    logger.info("%d accounts with an unproved address forgotten", forgotten)


@job
def work_on_imports() -> None:
    """Try and apply the sheets that were uploaded."""
    if worked := imports.work_on_all(by=SYSTEM):
        logger.info("%d uploaded sheets worked on", worked)


@job
def clear_imports() -> None:
    """Forget the rows of sheets that were uploaded a month ago."""
    cleared = imports.clear(by=SYSTEM)
    logger.info("%d rows of uploaded sheets forgotten", cleared)


@job
def take_backup() -> None:
    """Keep the database and the files of this night; the oldest of BACKUPS_KEPT goes."""
    path = taking.take(
        settings.BACKUP_DIR,
        files=settings.FILES_DIR,
        taken_at=timezone.now(),
        software=settings.VERSION,
    )
    gone = taking.keep_newest(settings.BACKUP_DIR, BACKUPS_KEPT)
    logger.info("backup %s was taken; %d older ones went", path.name, len(gone))


@job
def check_snapshots() -> None:
    """Hold every snapshot against its checksum; one that differs is a fault."""
    if unsound := snapshots.unsound(by=SYSTEM):
        keys = ", ".join(each.key for each in unsound)
        raise RuntimeError(f"snapshots that are gone or changed: {keys}")


@job
def erase_addresses() -> None:
    """Erase the e-mail addresses of visitors whom nobody needs to answer any more."""
    erased = feedback.erase_addresses(by=SYSTEM)
    logger.info("%d addresses of visitors erased", erased)


@job
def write_dump() -> None:
    """Write the whole public data set as files."""
    manifest = dumps.write(settings.DUMP_DIR, taken_at=timezone.now(), software=settings.VERSION)
    logger.info("a dump of revision %d was written", manifest.revision)


@job
def deliver_notices() -> None:
    """Send the messages that are due."""
    done = delivery.deliver_pending(by=SYSTEM)
    if done.sent or done.failed:
        logger.info("%d messages sent, %d given up, %d wait", done.sent, done.failed, done.left)


@job
def send_digests() -> None:
    """Write the week's messages to those who want one a week."""
    written = notices.send_digests(today=timezone.localdate(), by=SYSTEM)
    logger.info("%d digests written", written)


@job
def check_links() -> None:
    """Visit some of the links that are due, unless the settings say that none is visited."""
    if settings.CHECK_LINKS:
        done = running.check(most=LINKS_AT_ONCE, seconds=LINK_SECONDS, by=SYSTEM)
        logger.info("%d links visited, %d failed, %d left", done.checked, done.failed, done.left)
