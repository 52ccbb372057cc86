"""The wiring: settings, routes, clock."""

from partnership.celery import app as celery_app

__all__ = ["celery_app"]
