"""Sends the messages that wait, once, as the job of that name does each minute."""

from django.core.management.base import BaseCommand

from registry.actions import delivery, jobs
from registry.permissions import SYSTEM


class Command(BaseCommand):
    help = "Send the messages that are due. Any number of these may run at once."
    # It may be started each minute, and needs none of the pages.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--most", type=int, default=500, help="So many (%(default)s).")

    def handle(self, *, most, **options):
        with jobs.recorded(name="deliver_notices", by=SYSTEM):
            done = delivery.deliver_pending(most=most, by=SYSTEM)
        self.stdout.write(f"{done.sent} sent, {done.failed} given up, {done.left} wait.")
