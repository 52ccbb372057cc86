"""The routes of the site, and one of the API that breaks."""

from django.urls import path

from partnership import urls
from partnership.urls import handler400, handler403, handler404, handler500
from registry.api.base import ApiView

__all__ = ["handler400", "handler403", "handler404", "handler500"]


class Broken(ApiView):
    def get(self, request):
        raise RuntimeError("The cat sat on the keyboard.")


urlpatterns = [path("api/broken/", Broken.as_view()), *urls.urlpatterns]
