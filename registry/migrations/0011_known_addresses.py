"""Accounts so far were made by administrators, who vouch for their addresses."""

from django.db import migrations


def vouch(apps, schema_editor):
    address = apps.get_model('account', 'EmailAddress')
    for user in apps.get_model("registry", "User").objects.all():
        if not address.objects.filter(user_id=user.pk, verified=True).exists():
            address.objects.update_or_create(
                user_id=user.pk,
                email=user.email.lower(),
                defaults={'verified': True, 'primary': True},
            )


class Migration(migrations.Migration):

    dependencies = [
        ('account', '0009_emailaddress_unique_primary_email'),
        ('registry', '0010_shared_cache'),
    ]

    operations = [
        # Back: the table goes with its own migrations.
        migrations.RunPython(vouch, migrations.RunPython.noop),
    ]
