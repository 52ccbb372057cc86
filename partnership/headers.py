"""The security headers that Django does not send by itself, or not for every address alike."""

from django.conf import settings
from django.utils.csp import CSP, build_policy

from articles.languages import without_language

# Figures on their own: the only pages that other sites may frame.
FRAMED = "/embed/"


def permissions_policy(get_response):
    """Tells browsers that no page here asks for camera, place or payment."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


def may_be_framed(get_response):
    """Lets other sites frame the figures under FRAMED, and nothing else.

    Here, by the address, and not in the view: most of these answers come from memory, where the
    view is not asked, and a 304 replaces the headers that a browser holds.
    """
    policy = build_policy(settings.SECURE_CSP | {"frame-ancestors": ["*"]})

    def middleware(request):
        response = get_response(request)
        is_framed = without_language(request.path_info).startswith(FRAMED)
        if is_framed and response.status_code in (200, 304):
            response.headers[str(CSP.HEADER_ENFORCE)] = policy
            response.xframe_options_exempt = True
        return response

    return middleware
