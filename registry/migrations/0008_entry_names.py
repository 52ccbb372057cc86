"""What records are called, so that who looks for a name finds its record first.

Records that are there already get their names by `manage.py rebuild_entries`.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_notices")]
    operations = [
        migrations.CreateModel(
            name="EntryName",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "name", "entry_id", blank=True, editable=False, primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=400)),
                ("is_title", models.BooleanField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names",
                        to="registry.entry",
                    ),
                ),
            ],
        ),
    ]
