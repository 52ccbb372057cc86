"""Loads the data files of the reference book."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.loading import DATA, LoadError, load


class Command(BaseCommand):
    help = "Bring the Convention, countries, Parties and glossary up to the data files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=DATA)

    def handle(self, *, directory: Path, **options: Any) -> None:
        try:
            report = load(directory)
        except LoadError as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(str(report))
