from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0008_entry_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(choices=[('ar', 'العربية'), ('zh', '中文'), ('en', 'English'), ('fr', 'Français'), ('ru', 'Русский'), ('es', 'Español')], default='en', help_text='Of the mails that this person gets.', max_length=2),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['ar', 'zh', 'en', 'fr', 'ru', 'es'])), name='user_language_is_known'),
        ),
    ]
