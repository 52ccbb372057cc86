"""On PostgreSQL, words go into the search index with the change itself, not onto a waiting list.

The list makes writing quicker and every search slower until it is emptied; here a few hundred
changes a day stand against reads without end.
"""

from django.db import migrations

INDEX = "registry_entry_document"


def at_once(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER INDEX {INDEX} SET (fastupdate = off)")
        schema_editor.execute(f"SELECT gin_clean_pending_list('{INDEX}'::regclass)")


def waiting(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER INDEX {INDEX} SET (fastupdate = on)")


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_api_tokens")]
    operations = [migrations.RunPython(at_once, waiting)]
