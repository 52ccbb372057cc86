from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0009_user_language'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cached',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'registry_cache',
            },
        ),
    ]
