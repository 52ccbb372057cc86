"""Writes the whole public data set as files, as the page “Data” offers them."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.actions import jobs
from registry.exchange import dumps
from registry.permissions import SYSTEM


class Command(BaseCommand):
    help = "Write the whole public data set as files, as the page “Data” offers them."

    def handle(self, **options):
        try:
            with jobs.recorded(name="write_dump", by=SYSTEM):
                manifest = dumps.write(
                    settings.DUMP_DIR, taken_at=timezone.now(), software=settings.VERSION
                )
        except OSError as error:
            raise CommandError(f"No dump was written: {error}") from None
        for file in manifest.files:
            self.stdout.write(f"{file.rows:>8} rows  {file.bytes:>10} bytes  {file.name}")
        self.stdout.write(f"Revision {manifest.revision}, in {manifest.folder}")
