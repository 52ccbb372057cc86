"""The routes of the site, and those to which desks lead that are built elsewhere."""

from django.http import HttpResponse
from django.urls import path

from partnership import urls
from partnership.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def elsewhere(request, **address):
    return HttpResponse("<h1>Elsewhere</h1>")


urlpatterns = [
    path("account/sign-in/", elsewhere, name="sign-in"),
    path("desk/submissions/<str:reference>/", elsewhere, name="submission-detail"),
    path("desk/<slug:partner>/new/<slug:noun>/", elsewhere, name="submission-new"),
    *urls.urlpatterns,
]
