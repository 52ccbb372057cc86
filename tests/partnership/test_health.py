"""Health checks: alive without asking anything, ready only if every part is."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

# Nothing listens on port 1.
NOBODY = "redis://127.0.0.1:1/0"


def test_alive_asks_no_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


def test_ready_names_each_part(client, db):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "failing": [],
        "parts": {"database": "ok", "migrations": "ok", "cache": "ok"},
    }
    assert "no-store" in response.headers["Cache-Control"]


def test_waiting_migration_is_not_ready(client, db):
    MigrationRecorder.Migration.objects.filter(app="registry").latest("pk").delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "failing",
        "failing": ["migrations"],
        "parts": {"database": "ok", "migrations": "failing", "cache": "ok"},
    }


def test_cache_that_is_away_is_not_ready(client, db, settings):
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": NOBODY}}

    response = client.get("/readyz")

    assert (response.status_code, response.json()["failing"]) == (503, ["cache"])


def test_cache_that_forgets_is_not_ready(client, db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    response = client.get("/readyz")

    assert (response.status_code, response.json()["failing"]) == (503, ["cache"])


@pytest.mark.slow
def test_broker_that_is_away_is_not_ready(client, db, settings):
    settings.CELERY_BROKER_URL, settings.CELERY_TASK_ALWAYS_EAGER = NOBODY, False

    response = client.get("/readyz")

    assert (response.status_code, response.json()["failing"]) == (503, ["broker"])


def test_why_it_fails_is_for_the_log_only(client, db, settings, caplog):
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": NOBODY}}

    response = client.get("/readyz")

    assert "127.0.0.1" not in response.content.decode()
    assert "Readiness: cache is failing: ConnectionError" in caplog.messages


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_only_read(client, address):
    assert client.post(address).status_code == 405


def test_health_is_asked_from_inside_over_plain_http(client, settings, db):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/").headers["Location"] == "https://testserver/"
