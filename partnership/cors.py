"""Reads of the API from other sites' pages."""

from corsheaders.middleware import CorsMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

READS = ("GET", "HEAD")


class OpenReads(CorsMiddleware):
    """Lets every site read, and says so whether or not one asks.

    The package answers by the Origin of the request and makes answers vary by it, so that each site
    would get a copy of its own in every cache on the way. Ours are the same for all: kept once,
    they serve pages of any site. What a page may do beyond reading, the package says to preflights.
    """

    def add_response_headers(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Say it, on addresses of the API only."""
        if request.method == "OPTIONS":
            # Browsers let a POST pass whatever methods are named: to it, nothing is said at all.
            asked = request.headers.get("Access-Control-Request-Method", "GET")
            is_allowed = asked in settings.CORS_ALLOW_METHODS
            return super().add_response_headers(request, response) if is_allowed else response
        if request.method in READS and self.is_enabled(request):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = ", ".join(
                settings.CORS_EXPOSE_HEADERS
            )
        return response
