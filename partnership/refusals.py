"""What goes wrong outside of any view: a page for people, a problem in JSON for programs."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from registry.api import problems
from registry.api.base import Nowhere
from registry.web import errors

logger = logging.getLogger(__name__)
_nowhere = Nowhere.as_view()


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be understood."""
    if not _is_for_programs(request):
        return errors.bad_request(request, exception)
    names = [exception.name] if isinstance(exception, errors.Malformed) else []
    said = [{"parameter": name, "detail": str(errors.NO_TEXT)} for name in names if name]
    return problems.plain(400, _("Not understood"), "" if said else str(errors.NO_TEXT), said)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed."""
    if not _is_for_programs(request):
        return errors.permission_denied(request, exception)
    return problems.plain(403, _("Not allowed"), str(exception or ""))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark that it is from a page of ours. Django logs why."""
    return errors.forged(request)


def too_many(request: HttpRequest) -> HttpResponse:
    """Tried too often."""
    return errors.too_many(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address."""
    if not _is_for_programs(request):
        return errors.not_found(request, exception)
    return _nowhere(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault."""
    # The way from what somebody reports to the lines about it in the log.
    reference = secrets.token_hex(6)
    logger.error("Reference %s: %s %s", reference, request.method, request.path)
    if not _is_for_programs(request):
        return errors.server_error(request, reference)
    said = _("Something broke here. It was recorded; its reference is %s.") % reference
    standing = getattr(request, "standing", None)
    return problems.plain(500, _("Our fault"), said, **(standing.headers if standing else {}))
