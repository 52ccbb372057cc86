"""Health checks: is the process alive, and can it serve?"""

import logging

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnership.celery import app as celery_app

logger = logging.getLogger(__name__)


class Failing(Exception):
    """A part that answers, but not as it should."""


@never_cache
@require_safe
def alive(request):
    """Cheap, and always the same: it asks nothing but the process itself."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request):
    """Each part by name, "ok" or "failing"; 503 if one fails. Why it fails is in the log only."""
    parts = {name: _state(name, check) for name, check in _checks().items()}
    failing = [name for name, state in parts.items() if state != "ok"]
    body = {"status": "failing" if failing else "ok", "failing": failing, "parts": parts}
    return JsonResponse(body, status=503 if failing else 200)


def _checks():
    checks = {"database": _database, "migrations": _migrations, "cache": _cache}
    if settings.CELERY_BROKER_URL and not settings.CELERY_TASK_ALWAYS_EAGER:
        checks["broker"] = _broker
    return checks


def _state(name, check):
    try:
        check()
    # Any failure at all is the answer to the question asked here.
    except Exception as error:
        logger.warning("Readiness: %s is failing: %s", name, type(error).__name__)
        return "failing"
    return "ok"


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _migrations():
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Failing("migrations are waiting")


def _cache():
    key, value = "readyz", get_random_string(12)
    cache.set(key, value, timeout=10)
    if cache.get(key) is None:
        raise Failing("the cache forgets")


def _broker():
    with celery_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=3)
