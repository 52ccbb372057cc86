"""The reference book as a Django app."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "The Convention"
    default_auto_field = "django.db.models.BigAutoField"
