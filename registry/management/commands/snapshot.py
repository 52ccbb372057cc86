"""Freezes the public registry under an address of its own, or makes a frozen one once more."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.actions import snapshots
from registry.errors import Refused
from registry.exchange.snapshots import again
from registry.exchange.snapshots.taking import take
from registry.models import Snapshot
from registry.permissions import SYSTEM
from registry.queries.quotable import Scope


class Command(BaseCommand):
    help = (
        "Freeze the public registry so that it can be cited, or hold a frozen file against itself."
    )

    def add_arguments(self, parser):
        parser.add_argument("title", nargs="?", help="by which it will be cited")
        parser.add_argument("--first", type=int, help="first year")
        parser.add_argument("--last", type=int, help="last year")
        parser.add_argument("--area", action="append", default=[], help="slug of an area")
        parser.add_argument("--article", action="append", type=int, default=[], help="number")
        parser.add_argument(
            "--again", metavar="FILE", help="make it once more from its own records"
        )
        parser.add_argument(
            "--check", action="store_true", help="hold all of them against checksums"
        )

    def handle(self, **options):
        if options["again"]:
            return self._again(options["again"])
        if options["check"]:
            return self._check()
        scope = Scope(
            options["first"],
            options["last"],
            tuple(options["area"]),
            tuple(options["article"]),
        )
        try:
            made = take(
                title=options["title"] or "",
                scope=scope,
                day=timezone.localdate(),
                software=settings.VERSION,
                site=settings.SITE_URL,
                by=SYSTEM,
            )
        except Refused as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"{made.key}  {made.sha256}")
        return None

    def _again(self, file):
        path = Path(file)
        if not path.exists() and (kept := Snapshot.objects.filter(key=file).first()):
            path = snapshots.path_of(kept)
        try:
            content = path.read_bytes()
            is_same = again(content).file == content
        except (OSError, ValueError) as why:
            raise CommandError(str(why)) from why
        if not is_same:
            raise CommandError("Made again it is not the same: the software has changed since.")
        self.stdout.write("Made again, byte for byte the same.")

    def _check(self):
        wrong = [each.key for each in snapshots.unsound(by=SYSTEM)]
        if wrong:
            raise CommandError(f"Gone or changed: {', '.join(wrong)}")
        self.stdout.write("All are as they were published.")
