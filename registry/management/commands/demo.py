"""Everything from an empty machine to a running site: tables, data, an account, the server."""

import secrets

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles import loading as reference
from articles.rows import LoadError
from registry.actions import accounts, entries
from registry.exchange import loading
from registry.exchange.loading import Outcome
from registry.management.commands.serve import refuse_taken_port
from registry.models import User
from registry.permissions import SYSTEM

EMAIL = "admin@example.org"


class Command(BaseCommand):
    help = "Prepare the database, load the data files, make a staff account, serve the site."

    def add_arguments(self, parser):
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-serve", action="store_true", help="Stop before serving.")
        parser.add_argument("--email", default=EMAIL, help="Of the staff account (%(default)s).")

    def handle(self, *, host, port, no_serve, email, **options):
        if not no_serve:
            refuse_taken_port(host, port)
        self.say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        self.load()
        self.make_account(email)
        if not no_serve:
            call_command("serve", host=host, port=port)

    def load(self):
        try:
            self.say("Loading the Convention, countries and glossary …")
            book = reference.load()
            report = loading.load(loading.DATA, say=self.say)
        except LoadError as fault:
            raise CommandError(str(fault)) from None
        self.say("Checking what the public reads …")
        written = entries.rebuild() if entries.differences() else 0
        self.tell(report, book.created + book.changed, written)

    def tell(self, report, of_book, written):
        self.say(f"Reference book: {of_book} rows created or changed")
        self.say(str(report))
        if kept := report.count(Outcome.KEPT):
            self.say(f"Left as they are, edited or withdrawn here since: {kept}")
        if report.changed_nothing and not of_book and not written:
            self.say("Nothing to change: the registry holds all of it already.")
        self.say(f"Kept as named organisations, which are not partners: {len(report.named)}")
        for name in report.named:
            self.say(f"  {name}")

    def make_account(self, email):
        if User.objects.filter(email__iexact=email).exists():
            accounts.set_up_groups(by=SYSTEM)
            self.say(f"Staff account: {email} (it exists; to set a new password:")
            self.say(f"  .venv/bin/python manage.py changepassword {email} )")
            return
        password = secrets.token_urlsafe(15)
        accounts.create_staff(email=email, password=password, by=SYSTEM)
        self.say(f"Staff account: {email}, password: {password}")
        self.say("The password is not shown again.")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()
