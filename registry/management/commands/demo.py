"""Everything from an empty machine to a running site: tables, data, an account, the server."""

import secrets
import textwrap

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from articles import loading as reference
from articles.rows import LoadError
from registry.actions import accounts, entries
from registry.exchange import loading
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
        refuse_bad_address(email)
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
            with transaction.atomic():
                self.say("Loading the Convention, countries and glossary …")
                book = reference.load(reference.DATA)
                report = loading.load(loading.DATA, say=self.say)
                self.say("Checking what the public reads …")
                written = entries.rebuild() if entries.differences() else 0
        except LoadError as fault:
            raise CommandError(f"Nothing was loaded. {fault}") from None
        self.tell(report, book.created + book.changed, written)

    def tell(self, report, of_book, written):
        self.say(f"reference book: {of_book} rows created or changed")
        self.say(str(report))
        if report.changed_nothing and not of_book and not written:
            self.say("Nothing was changed: the registry holds all of it already.")
        self.say(f"Named in records and kept, but not partners: {len(report.named)} organisations")
        names = textwrap.wrap("; ".join(report.named), width=98, break_on_hyphens=False)
        self.say(textwrap.indent("\n".join(names), "  "))

    def make_account(self, email):
        accounts.set_up_groups(by=SYSTEM)
        if User.objects.filter(email__iexact=email).exists():
            self.say(f"There is a staff account for {email} already. To set a new password:")
            self.say(f"  .venv/bin/python manage.py changepassword {email}")
            return
        password = secrets.token_urlsafe(15)
        accounts.create_staff(email=email, password=password, by=SYSTEM)
        self.say("A staff account was made. The password is not shown again:")
        self.say(f"  {email}  {password}")
        self.say(
            "The first sign-in asks to set up a second factor (an app on a phone, or a passkey):"
        )
        self.say("the administration opens only with one.")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()


def refuse_bad_address(email):
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"“{email}” is not an e-mail address.") from None
