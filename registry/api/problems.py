"""Errors in one shape everywhere: application/problem+json (RFC 9457)."""

import json
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from registry.errors import Clash, Gone, Misunderstood, NoSuchPage, Refused, Stale

MEDIA_TYPE = "application/problem+json"


def answer(
    code: int, title: str, detail: str = "", errors: list[dict] | None = None, **headers: str
) -> Response:
    """A problem. Each of `errors` has a `detail` and says where: `parameter`, or `pointer`."""
    body = _body(code, title, detail, errors)
    headers |= {"Cache-Control": "no-store"}
    return Response(body, status=code, headers=headers, content_type=MEDIA_TYPE)


def plain(
    code: int, title: str, detail: str = "", errors: list[dict] | None = None
) -> HttpResponse:
    """The same outside of the API's views."""
    body = json.dumps(_body(code, title, detail, errors), ensure_ascii=False)
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(body, status=code, headers=headers, content_type=MEDIA_TYPE)


def _body(code: int, title: str, detail: str, errors: list[dict] | None) -> dict:
    body = {"type": "about:blank", "title": title, "status": code}
    return body | ({"detail": detail} if detail else {}) | ({"errors": errors} if errors else {})


def from_exception(error: Exception, context: dict) -> Response | None:
    """The problem that an exception means; None for one that nobody expected."""
    if isinstance(error, NoSuchPage):
        return answer(404, _("No such page"), errors=_parameters(error))
    if isinstance(error, Clash):
        return answer(409, _("These do not go together"), errors=_parameters(error))
    if isinstance(error, Misunderstood):
        said = _("Nothing was answered rather than guessed.")
        return answer(400, _("Not understood"), said, _parameters(error))
    if isinstance(error, Gone):
        return answer(410, _("Withdrawn"), _("The record was withdrawn; its address stays unused."))
    if isinstance(error, Http404 | exceptions.NotFound):
        return answer(404, _("Not found"), _("There is no record at this address."))
    if isinstance(error, ValidationError):
        return answer(400, _("Not accepted"), errors=pointers(error))
    if isinstance(error, Stale):
        return answer(412, _("Changed since"), str(error), [{"version": error.version}])
    if isinstance(error, Refused):
        return answer(409, _("Refused"), str(error))
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return answer(403, _("Not allowed"), str(error))
    if isinstance(error, exceptions.APIException):
        return _from_framework(error)
    return None


def _parameters(error: Misunderstood) -> list[dict]:
    return [{"parameter": name, "detail": str(why)} for name, why in error.problems.items()]


def _from_framework(error: exceptions.APIException) -> Response:
    headers = {}
    if standing := getattr(error, "standing", None):
        headers |= standing.headers | {"Retry-After": str(standing.reset)}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    titles = {
        status.HTTP_401_UNAUTHORIZED: _("Not signed in"),
        status.HTTP_405_METHOD_NOT_ALLOWED: _("Not a verb of this address"),
        status.HTTP_406_NOT_ACCEPTABLE: _("No such representation"),
        status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: _("No such representation"),
        status.HTTP_429_TOO_MANY_REQUESTS: _("Too many requests"),
        status.HTTP_503_SERVICE_UNAVAILABLE: _("Not now"),
    }
    title = titles.get(error.status_code, _("Not understood"))
    return answer(error.status_code, title, str(error.detail), **headers)


def pointers(error: ValidationError) -> list[dict]:
    """Every message with a JSON pointer to the field that it is about."""
    messages: Mapping = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [
        {"pointer": f"/{name}" if name not in ("", "__all__") else "", "detail": message}
        for name, found in messages.items()
        for message in found
    ]
