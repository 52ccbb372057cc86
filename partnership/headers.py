"""The one security header Django does not send by itself."""

from django.conf import settings


def permissions_policy(get_response):
    """Tells browsers that no page here asks for camera, place or payment."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware
