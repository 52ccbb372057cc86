"""What lists are made of, kept with each entry; the search index's triggers outlive the change.

Entries that are there already get their terms by `manage.py rebuild_entries`.
"""

from importlib import import_module

from django.db import migrations, models

search_index = import_module("registry.migrations.0002_search_index")
HAS_NO_CONTENT = "entry_withdrawn_has_no_content"


def keep_search_index(apps, schema_editor):
    # SQLite copies the table to change a constraint, and with the old one the triggers go.
    if schema_editor.connection.vendor == "sqlite":
        search_index.create(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_search_index")]
    operations = [
        migrations.RemoveConstraint(model_name="entry", name=HAS_NO_CONTENT),
        migrations.AddField(
            model_name="entry", name="terms", field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(
                        ("body", ""), ("terms", ""), ("text_stems", ""), ("title", ""),
                        ("title_stems", ""),
                    ),
                    _connector="OR",
                ),
                name=HAS_NO_CONTENT,
            ),
        ),
        migrations.RunPython(keep_search_index, keep_search_index),
    ]
