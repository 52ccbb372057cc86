"""Errors in one shape everywhere: application/problem+json (RFC 9457)."""

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from registry.errors import (
    Absent,
    Clash,
    Gone,
    Misunderstood,
    NoSuchPage,
    OtherRequest,
    Refused,
    Running,
    Stale,
)

MEDIA_TYPE = "application/problem+json"


def answer(
    code: int, title: str, detail: str = "", errors: list[dict] | None = None, **headers: str
) -> Response:
    """A problem. Each of `errors` has a `detail` and says where.

    That is a `parameter` of the address, a `header`, or a `pointer` into the body.
    """
    body = _body(code, title, detail, errors)
    headers |= {"Cache-Control": "no-store"}
    return Response(body, status=code, headers=headers, content_type=MEDIA_TYPE)


def plain(
    code: int, title: str, detail: str = "", errors: list[dict] | None = None, **headers: str
) -> HttpResponse:
    """The same outside of the API's views."""
    body = json.dumps(_body(code, title, detail, errors), ensure_ascii=False)
    headers |= {"Cache-Control": "no-store"}
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
    if isinstance(error, Absent):
        return answer(404, _("Not found"), errors=pointers(error))
    if isinstance(error, ValidationError):
        return answer(400, _("Not accepted"), errors=pointers(error))
    if isinstance(error, Stale):
        return _changed_since(error)
    if isinstance(error, Running):
        return answer(409, _("Still running"), str(error), **{"Retry-After": str(error.wait)})
    if isinstance(error, OtherRequest):
        named = [{"header": "Idempotency-Key", "detail": str(error)}]
        return answer(422, _("Another request"), str(error), named)
    if isinstance(error, Refused):
        return answer(409, _("Refused"), str(error))
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return answer(403, _("Not allowed"), str(error))
    if isinstance(error, exceptions.APIException):
        return _from_framework(error)
    return None


def _changed_since(error: Stale) -> Response:
    """Both texts of every field that differs, and the version that a new attempt starts from."""
    changed = _("Somebody else changed it.")
    both = [
        {
            "pointer": _pointer(name, error),
            "detail": changed,
            "current": current,
            "proposed": proposed,
        }
        for name, current, proposed in error.differences()
    ]
    response = answer(412, _("Changed since"), str(error), both, ETag=f'"v{error.version}"')
    response.data["version"] = error.version
    return response


def _parameters(error: Misunderstood) -> list[dict]:
    return [{"parameter": name, "detail": str(why)} for name, why in error.problems.items()]


def _from_framework(error: exceptions.APIException) -> Response:
    headers = {}
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(math.ceil(wait))
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    titles = {
        status.HTTP_401_UNAUTHORIZED: _("Not signed in"),
        status.HTTP_405_METHOD_NOT_ALLOWED: _("Not a verb of this address"),
        status.HTTP_406_NOT_ACCEPTABLE: _("No such representation"),
        status.HTTP_413_REQUEST_ENTITY_TOO_LARGE: _("Too large"),
        status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: _("No such representation"),
        status.HTTP_428_PRECONDITION_REQUIRED: _("Version needed"),
        status.HTTP_429_TOO_MANY_REQUESTS: _("Too many requests"),
    }
    title = titles.get(error.status_code, _("Not understood"))
    said = str(error.detail)
    # Some know in which header the trouble stands.
    named = getattr(error, "header", None)
    errors = [{"header": named, "detail": said}] if named else None
    return answer(error.status_code, title, said, errors, **headers)


def pointers(error: ValidationError) -> list[dict]:
    """Every message with a JSON pointer to the field that it is about."""
    messages: Mapping = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [
        {"pointer": _pointer(name, error), "detail": message}
        for name, found in messages.items()
        for message in found
    ]


@contextmanager
def inside(member: str) -> Iterator[None]:
    """Refusals of fields that stand in this member of the body, not at its root."""
    try:
        yield
    except (ValidationError, Stale) as error:
        error.member = member
        raise


def _pointer(name: str, error: Exception) -> str:
    """Where a field stands in the body (RFC 6901)."""
    root = f"/{error.member}" if hasattr(error, "member") else ""
    if name in ("", "__all__"):
        return root
    return root + "/" + name.replace("~", "~0").replace("/", "~1")
