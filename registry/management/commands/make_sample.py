"""Fills a database of its own with generated records, for measuring."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles import loading as reference
from registry.actions import entries
from registry.exchange import sample


class Command(BaseCommand):
    help = "Fill an empty database with generated records, named as generated, for measuring."

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=1, help="1: 500 activities (%(default)s).")
        parser.add_argument("--seed", type=int, default=1, help="The same gives the same.")

    def handle(self, *, scale, seed, **options):
        if not 1 <= scale <= 1000:
            raise CommandError(f"A scale of {scale} is not from 1 to 1000.")
        call_command("migrate", interactive=False, verbosity=0)
        reference.load(reference.DATA)
        entries.rebuild()
        try:
            sample.fill(scale, seed, self.stdout.write)
        except sample.SampleRefused as refused:
            raise CommandError(str(refused)) from None
        with connection.cursor() as cursor:
            # So many new rows: the database is told how they are spread before it plans by them.
            cursor.execute("ANALYZE")
