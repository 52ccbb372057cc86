"""Settings, read from the environment; `.env.example` explains each name."""

import os
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from articles.languages import FIRST, in_django
from articles.languages import LANGUAGES as SIX
from partnership import environment as env
from partnership import logs, timetable
from partnership.accounts import *  # noqa: F403
from partnership.environment import BadSetting

# What the open API is made of, and how often one may ask it.
from partnership.open_api import (  # noqa: F401
    API_LIMIT,
    API_LIMITS,
    CORS_ALLOW_ALL_ORIGINS,
    CORS_ALLOW_HEADERS,
    CORS_ALLOW_METHODS,
    CORS_EXPOSE_HEADERS,
    CORS_PREFLIGHT_MAX_AGE,
    CORS_URLS_REGEX,
    REST_FRAMEWORK,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# Where we are

ENVIRONMENT = env.choice("ENVIRONMENT", ("development", "production"), default="development")
PRODUCTION = ENVIRONMENT == "production"
# Off even in development, so that `make demo` behaves like the real thing.
DEBUG = env.flag("DEBUG", default=False)
if DEBUG and PRODUCTION:
    raise BadSetting("DEBUG", "is 'true' in production", "Remove it, or set DEBUG=false.")

# How many processes serve; each holds its part of a limit that they do not share.
WEB_WORKERS = env.number("WEB_WORKERS", os.cpu_count() or 1, least=1, most=1024)
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65535)
if PRODUCTION:
    env.required("SITE_URL", "Give the public address, such as https://registry.example.org.")
SITE_NAME = env.text("SITE_NAME", "Registry of the UNEP Global Mercury Partnership")
SITE_URL = env.address("SITE_URL", f"http://127.0.0.1:{PORT}", schemes=("https", "http"))
HTTPS = SITE_URL.startswith("https://")
if PRODUCTION and not HTTPS:
    raise BadSetting("SITE_URL", f"is {SITE_URL!r}", "In production it begins with https://.")
SITE_HOST = urlsplit(SITE_URL).hostname

SECRET_KEY = env.secret("SECRET_KEY", kept_in=None if PRODUCTION else VAR_DIR / "secret_key")
# Old keys, while sessions and links signed with them are still about.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

LOOPBACK = () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]", HOST)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", (SITE_HOST, *LOOPBACK))
if PRODUCTION and "*" in ALLOWED_HOSTS:
    raise BadSetting("ALLOWED_HOSTS", "is '*'", "Name the hosts, separated by commas.")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
for _origin in CSRF_TRUSTED_ORIGINS:
    if not _origin.startswith(("https://", "http://")):
        raise BadSetting("CSRF_TRUSTED_ORIGINS", f"has {_origin!r}", "Begin it with https://.")

# What it is made of

INSTALLED_APPS = [
    "registry.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "rest_framework",
    "corsheaders",
    "articles",
    "registry",
]
MIDDLEWARE = [
    # Headers first, so that no answer goes out without them.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "partnership.headers.permissions_policy",
    "partnership.headers.may_be_framed",
    # Outside of what remembers and of what refuses: no answer of the API goes out without it.
    "partnership.cors.OpenReads",
    # Outside of whatever shows a page, also one that says what went wrong.
    "partnership.languages.speak",
    "registry.web.middleware.refuse_malformed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "partnership.public.answer_from_memory",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "registry.web.accounts.sessions.keep_short",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "partnership.urls"
WSGI_APPLICATION = "partnership.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Every page speaks six languages.
            "builtins": ["registry.templatetags.spoken"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# What it remembers

DATABASES = {
    "default": env.database("DATABASE_URL", "sqlite:///var/registry.sqlite3", BASE_DIR)
    | {
        "CONN_MAX_AGE": env.number("DATABASE_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
    }
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock when it begins and waits for it;
        # taken later, in the middle, it would fail at once with "locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }

REDIS_URL = env.address("REDIS_URL", "", schemes=("redis", "rediss"))
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "registry",
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    }
else:
    # In the database, since limits and codes that are taken once must hold in all processes. Full,
    # it would throw away what still counts.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "registry_cache",
            "OPTIONS": {"MAX_ENTRIES": 1_000_000},
        }
    }

# Public answers are kept in each process, under the public revision; no answer is older than this.
PUBLIC_SECONDS = env.number("PUBLIC_SECONDS", 1, most=60)
PUBLIC_MEMORY = env.number("PUBLIC_MEMORY_MB", 64, most=4096) * 1024 * 1024

# The whole public data set as files, written each night.
DUMP_DIR = env.folder("DUMP_DIR", "var/dumps", BASE_DIR)

# Files that go with submissions: never handed out but through the pages.
FILES_DIR = env.folder("FILES_DIR", "var/files", BASE_DIR)

# Backups of database and files, taken each night.
BACKUP_DIR = env.folder("BACKUP_DIR", "var/backups", BASE_DIR)
# Whether the addresses in records are visited; whoever tries the site at home visits nobody.
CHECK_LINKS = env.flag("CHECK_LINKS", default=PRODUCTION)

# Background jobs. Without a broker, tasks run in process.

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Publishing gives up soon: a page must not hang because the broker is away.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "visibility_timeout": 3600}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0.1}
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = "registry"
CELERY_TASK_IGNORE_RESULT = True
# A job is done when it is done, not when it is fetched: a worker that dies gives it back.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 9 * 60
CELERY_TASK_TIME_LIMIT = 10 * 60
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = timetable.jobs(has_broker=bool(REDIS_URL))

# Mail

# Where mails are kept that leave for nowhere: in development, to be read at /mail/.
MAIL_DIR = None if PRODUCTION or env.text("EMAIL_URL") else VAR_DIR / "mail"
MAILERS = {
    # Whoever sends writes into the outbox; no request waits for a mail server.
    "default": {"BACKEND": "partnership.mail.Outbox"},
    # What is in the outbox leaves by this one.
    "transport": {
        "BACKEND": "partnership.mail.Folder",
        "OPTIONS": {"folder": MAIL_DIR},
    }
    if MAIL_DIR
    else {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": env.mail("EMAIL_URL"),
    },
}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", f"registry@{SITE_HOST}")
ADMINS = env.words("ADMINS")

# Language and time

LANGUAGE_CODE = FIRST
LANGUAGES = [(in_django(code), name) for code, name in SIX.items()]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "partnership.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Nobody asks for a file by its plain name: packed once, not twice, the first start is far quicker.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
if DEBUG:
    _STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC},
}

# Safety

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), payment=(), usb=()"
)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# The prefix makes browsers refuse a cookie set by a neighbouring host; it needs https.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "partnership.refusals.forged"
# Health checks come from inside, over plain http.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=PRODUCTION)
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
PROXIES = env.number("PROXIES", 1, least=1, most=9)
if BEHIND_PROXY:
    # Only for a proxy that always sets this header itself; otherwise anyone can claim https.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logs: one line an event, on standard error

LOG_LEVEL = env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO")
LOGGING = logs.configured(LOG_LEVEL)
