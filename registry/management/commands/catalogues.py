"""Brings the catalogues of the six languages up to date with the sources, or compiles them."""

import json
import sys

from django.core.management.base import BaseCommand

from registry.management.catalogues import files, messages


class Command(BaseCommand):
    help = "Bring the catalogues of the languages up to date, and say what is not translated."
    # It works where there is no database yet.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--compile", action="store_true", help="only compile what changed")
        parser.add_argument("--missing", metavar="CODE", help="write what is missing as JSON")
        parser.add_argument("--take", metavar="CODE", help="take translations, JSON as --missing")

    def handle(self, **options):
        if options["compile"]:
            files.compile_all()
        elif code := options["missing"]:
            self.stdout.write(json.dumps(missing(code), ensure_ascii=False, indent=0))
        else:
            given = json.load(sys.stdin) if options["take"] else []
            for fault in update(options["take"], given):
                self.stderr.write(fault)
            for code in files.CODES:
                self.stdout.write(f"{code}: {len(missing(code))} not translated")


def missing(code):
    """The messages without a translation: text, plural, how many forms, where they stand."""
    catalogue = files.read(code)
    return [
        {
            "id": message.text,
            "plural": message.plural,
            "context": message.context,
            "forms": files.form_count(code) if message.plural else 1,
            "places": places,
        }
        for message, places in messages.found().items()
        if not all(texts_in(catalogue, message, code))
    ]


def texts_in(catalogue, message, code):
    """The translations of a message, one for each of its forms; blank where there is none."""
    entry = catalogue.get(message.text, message.context or None)
    count = files.form_count(code) if message.plural else 1
    known = entry and not entry.fuzzy and bool(entry.pluralizable) == bool(message.plural)
    texts = entry.string if known else ""
    texts = list(texts) if isinstance(texts, tuple | list) else [texts]
    return texts if len(texts) == count else [""] * count


def update(taken, given):
    """Write all catalogues anew from what is found; returns what could not be taken, and why."""
    found, refused = messages.found(), []
    new = {(each["id"], each.get("context", "")): each["texts"] for each in given}
    for code in files.CODES:
        catalogue = files.read(code)
        rows = []
        for message, places in found.items():
            texts = new.get((message.text, message.context)) if code == taken else None
            if texts and (faults := files.faults_of(message, texts)):
                refused.append(f"{code}: {message.text!r}: {'; '.join(faults)}")
                texts = None
            rows.append((message, places, texts or texts_in(catalogue, message, code)))
        files.write(code, rows)
    return refused
