"""Settings for the tests: fast, alike on every machine; only DATABASE_URL may come from outside."""

import os

for _name in (
    "ADMINS",
    "API_LIMIT_ANONYMOUS",
    "API_LIMIT_DOWNLOADS",
    "API_LIMIT_TOKEN",
    "API_LIMIT_WRITES",
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CHECK_LINKS",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "DUMP_DIR",
    "EMAIL_URL",
    "FILES_DIR",
    "ENVIRONMENT",
    "HOST",
    "HSTS_SECONDS",
    "MAIL_FROM",
    "PORT",
    "PROXIES",
    "REDIS_URL",
    "SECRET_KEY_FALLBACKS",
    "SITE_NAME",
    "SITE_URL",
    "SSL_REDIRECT",
    "WEB_WORKERS",
):
    os.environ.pop(_name, None)
os.environ["SECRET_KEY"] = "only-for-tests-" * 4

from partnership.settings import *  # noqa: E402, F403

# Speed: a slow hash is right for people and wrong for a thousand factories.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_MEMORY = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
MAILERS = {"default": _MEMORY, "transport": _MEMORY}
CELERY_TASK_EAGER_PROPAGATES = True

# Tests ask more in a minute than one client may; those of the limits turn them on.
API_LIMITS = False

# Pages can be drawn without collecting files first.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

# Tests ask more often than people.
API_LIMITS = None

# Tests take their changes back, so the same revision means something else in the next one.
PUBLIC_SECONDS = PUBLIC_MEMORY = 0

# No test finds the dumps of whoever works here; one that writes some names a folder.
FILES_DIR = VAR_DIR / "test-files"  # noqa: F405
DUMP_DIR = VAR_DIR / "no-dumps"  # noqa: F405
