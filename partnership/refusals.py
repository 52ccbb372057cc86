"""What goes wrong outside of any view: a page for people, a problem in JSON for programs."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from registry.api import problems
from registry.web import errors


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


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address."""
    if not _is_for_programs(request):
        return errors.not_found(request, exception)
    return problems.plain(404, _("Not found"), _("There is nothing at this address."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault."""
    if not _is_for_programs(request):
        return errors.server_error(request)
    return problems.plain(500, _("Our fault"), _("Something broke here. It was recorded."))
