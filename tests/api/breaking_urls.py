"""The routes of the site, one of the API that breaks, and one that asks nothing of anybody."""

from django.http import HttpResponse
from django.urls import path

from partnership import urls
from partnership.urls import handler400, handler403, handler404, handler500
from registry.api.base import ApiView

__all__ = ["handler400", "handler403", "handler404", "handler500"]


class Broken(ApiView):
    def get(self, request):
        raise RuntimeError("The cat sat on the keyboard.")


class Steady(ApiView):
    def get(self, request):
        return HttpResponse("Here.")


urlpatterns = [
    path("api/broken/", Broken.as_view()),
    path("api/steady/", Steady.as_view()),
    *urls.urlpatterns,
]
