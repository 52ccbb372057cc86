"""Writes what the public reads, and the search index, afresh from the records."""

from django.core.management.base import BaseCommand

from registry.actions import entries
from registry.queries import fulltext


class Command(BaseCommand):
    help = "Write what the public reads, and the search index, afresh from the records."

    def handle(self, **options):
        differed = entries.rebuild()
        fulltext.rebuild_index()
        self.stdout.write(f"{differed} entries differed and were written afresh.")
        self.stdout.write("The search index was built again.")
