"""The routes of the site, and one that breaks."""

from django.core.exceptions import PermissionDenied
from django.urls import path

from partnership import urls
from partnership.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def broken(request):
    raise RuntimeError("The cat sat on the keyboard.")


def forbidden(request):
    raise PermissionDenied


urlpatterns = [path("broken/", broken), path("forbidden/", forbidden), *urls.urlpatterns]
