"""Restores a backup into an empty database and an empty folder of files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from registry.exchange.backups import restoring, taking


class Command(BaseCommand):
    help = "Restore a backup into an empty database and an empty folder of files."
    # There are no tables yet that a check could ask.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="as manage.py backup wrote it")
        parser.add_argument("--check", action="store_true", help="only see whether it is whole")

    def handle(self, **options):
        try:
            if options["check"]:
                manifest = taking.check(options["file"])
                self.stdout.write(f"Whole; taken at {manifest['taken_at']}.")
                return
            manifest = restoring.restore(
                options["file"],
                files=settings.FILES_DIR,
                noted=settings.BACKUP_DIR,
                tell=self.stdout.write,
            )
        except (OSError, DatabaseError, taking.BadBackup) as why:
            raise CommandError(f"Not restored: {why}") from None
        count = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"Restored: {count} rows and {len(manifest['files'])} files of {manifest['taken_at']}. "
            "Everybody signs in again."
        )
