"""Visits the links that are due, as the job of that name does."""

from django.core.management.base import BaseCommand

from registry.actions import jobs
from registry.exchange.links import running
from registry.permissions import SYSTEM


class Command(BaseCommand):
    help = "Visit the links that are due. Beside other runs, no host is asked more often."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=500, help="So many (%(default)s).")
        parser.add_argument(
            "--seconds", type=int, default=3 * 3600, help="For so long (%(default)s)."
        )

    def handle(self, *, limit, seconds, **options):
        with jobs.recorded(name="check_links", by=SYSTEM):
            done = running.check(most=limit, seconds=seconds, by=SYSTEM)
        self.stdout.write(f"{done.checked} visited, {done.failed} failed, {done.left} left.")
