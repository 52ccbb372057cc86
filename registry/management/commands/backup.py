"""Takes a backup of database and files, while the site goes on."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.actions import jobs
from registry.exchange.backups import taking
from registry.permissions import SYSTEM


class Command(BaseCommand):
    help = "Take a backup of database and files, while the site goes on."

    def handle(self, **options):
        try:
            with jobs.recorded(name="take_backup", by=SYSTEM):
                path = taking.take(
                    settings.BACKUP_DIR,
                    files=settings.FILES_DIR,
                    taken_at=timezone.now(),
                    software=settings.VERSION,
                )
        except (OSError, taking.BadBackup) as why:
            raise CommandError(f"No backup was taken: {why}") from None
        manifest = taking.read_manifest(path)
        count = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{path}: {count} rows of {len(manifest['tables'])} tables, "
            f"{len(manifest['files'])} files, {path.stat().st_size} bytes; read back and right."
        )
