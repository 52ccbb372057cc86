"""Headers that Django does not send by itself."""

from django.conf import settings
from django.http import HttpResponse

OPEN = "/api/"
EXPOSED = (
    "Content-Disposition, ETag, Idempotency-Replayed, Link, RateLimit-Limit, RateLimit-Remaining, "
    "RateLimit-Reset, Retry-After"
)
ACCEPTED = "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match"


def permissions_policy(get_response):
    """Tells browsers that no page here asks for camera, place or payment."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


def open_to_other_sites(get_response):
    """Lets scripts on any site's pages read the API, without cookies.

    Said to everybody alike, whether or not a request names an origin: so answers do not vary by it,
    and one kept answer serves all. (That is why django-cors-headers, whose answers vary, is not
    used.)
    """

    def middleware(request):
        if not request.path_info.startswith(OPEN):
            return get_response(request)
        asks_first = request.method == "OPTIONS" and (
            "Access-Control-Request-Method" in request.headers
        )
        response = HttpResponse(status=204) if asks_first else get_response(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        if asks_first:
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = ACCEPTED
            response.headers["Access-Control-Max-Age"] = "86400"
        else:
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return response

    return middleware
