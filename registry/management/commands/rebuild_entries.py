"""Writes the public representations and the search index afresh where they differ."""

from django.core.management.base import BaseCommand

from registry.actions import entries


class Command(BaseCommand):
    help = "Write what the public reads, and the search index, afresh from the records."

    def handle(self, **options):
        self.stdout.write(f"{entries.rebuild()} entries differed and were written afresh.")
