"""Routes: the site, accounts, the desks, the admin, the health checks."""

from django.contrib import admin
from django.urls import include, path

from partnership import health
from partnership.languages import in_each_language

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("api/v1/", include("registry.api.urls")),
    path("", include("registry.web.machine_urls")),
    *in_each_language(
        path("admin/", admin.site.urls),
        path("account/", include("registry.web.accounts.urls")),
        path("review/", include("registry.web.reviewing_urls")),
        path("", include("registry.web.private_urls")),
        path("", include("registry.web.urls")),
    ),
]

handler400 = "partnership.refusals.bad_request"
handler403 = "partnership.refusals.permission_denied"
handler404 = "partnership.refusals.not_found"
# Not Django's: allauth looks here when somebody tries too often.
handler429 = "partnership.refusals.too_many"
handler500 = "partnership.refusals.server_error"
