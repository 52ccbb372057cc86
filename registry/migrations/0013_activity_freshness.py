"""How fresh each activity is, worked out as the rule was on the day of this migration.

What the public reads of records that are there already follows by `manage.py rebuild_entries`.
"""

import datetime as dt

from django.db import migrations, models

from articles.dates import months_after

VALUES = ["", "fresh", "due", "overdue", "silent"]


def fill(apps, schema_editor):
    today = dt.date.today()
    activities = apps.get_model("registry", "Activity").objects
    for pk, status, confirmed_on, every in activities.values_list(
        "pk", "status", "confirmed_on", "confirm_every"
    ):
        if status != "completed":
            freshness = "silent"
            if confirmed_on:
                late = (today - months_after(confirmed_on, every or 12)).days
                bounds = ((0, "fresh"), (90, "due"), (455, "overdue"))
                freshness = next((name for bound, name in bounds if late < bound), "silent")
            activities.filter(pk=pk).update(freshness=freshness)


class Migration(migrations.Migration):
    dependencies = [("registry", "0012_lookalike_keys")]
    operations = [
        migrations.AddField(
            model_name="activity",
            name="freshness",
            field=models.CharField(
                blank=True,
                choices=[
                    ("fresh", "confirmed"), ("due", "due to be confirmed"),
                    ("overdue", "confirmation overdue"), ("silent", "not confirmed"),
                ],
                editable=False,
                help_text="From the last confirmation; blank where it is completed.",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(freshness__in=VALUES), name="activity_freshness_known"
            ),
        ),
        # Back is nothing: the column goes.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
