"""Lets a person who lost app, passkeys and recovery codes set up new ones."""

from django.core.management.base import BaseCommand, CommandError

from registry.actions import accounts
from registry.permissions import SYSTEM
from registry.queries import accounts as known


class Command(BaseCommand):
    help = "Remove all second factors of an account and end its sessions."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        user = known.with_address(email)
        if user is None:
            raise CommandError(f"There is no account for “{email}”.")
        accounts.remove_second_factors(user=user, by=SYSTEM)
        self.stdout.write(f"{email} now signs in by password, and can set up a new second factor.")
