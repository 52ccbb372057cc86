"""The registry as a Django app, and its administration."""

from django.apps import AppConfig
from django.contrib.admin import apps


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "Registry"
    default_auto_field = "django.db.models.BigAutoField"
    default = True


class AdministrationConfig(apps.AdminConfig):
    default_site = "registry.administration.Administration"
    default = False
