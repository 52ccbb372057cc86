"""What a write says: a JSON object of known fields, and nothing else."""

import json
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.request import Request

MOST_BYTES = 1024 * 1024
MEDIA_TYPE = "application/json"


class TooLarge(APIException):
    """More than is taken at once."""

    status_code = 413
    header = "Content-Length"


class OtherType(UnsupportedMediaType):
    """A body that is not JSON."""

    header = "Content-Type"


class _Twice(ValueError):
    """A name stands twice in one object."""


def read(request: Request, known: Collection[str]) -> dict[str, Any]:
    """The fields that are sent.

    Raises OtherType, TooLarge, ParseError saying where, ValidationError naming each
    field that is not `known`.
    """
    sent = received(request)
    if not sent and request.method == "DELETE":
        return {}
    _refuse_other_types(request)
    values = _parsed(sent)
    if not isinstance(values, dict):
        raise ParseError(_("Send a JSON object: fields and their values."))
    there_are = ", ".join(sorted(known)) or _("none")
    problem = _("There is no such field here. There are: %s.") % there_are
    if unknown := {name: [problem] for name in values if name not in known}:
        raise ValidationError(unknown)
    return values


def received(request: Request) -> bytes:
    """The body as it was sent. Raises TooLarge before it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise TooLarge(_("At most 1 MiB (1048576 bytes) is taken at once."))
    # Without a length (chunked) the server hands over nothing, which is no JSON either.
    return request._request.body


def _refuse_other_types(request: Request) -> None:
    sent = request.content_type or ""
    if sent.partition(";")[0].strip().lower() != MEDIA_TYPE:
        said = _("Send Content-Type: application/json; “%s” is not taken.") % sent[:80]
        raise OtherType(sent, detail=said)


def _parsed(sent: bytes) -> Any:
    try:
        return json.loads(
            sent.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_once
        )
    except UnicodeDecodeError as wrong:
        raise ParseError(_("Byte %d is not UTF-8.") % wrong.start) from None
    except json.JSONDecodeError as wrong:
        where = {"line": wrong.lineno, "column": wrong.colno}
        raise ParseError(_("No JSON at line %(line)d, column %(column)d.") % where) from None
    except _Twice as wrong:
        raise ParseError(_("“%s” stands twice in one object.") % wrong) from None
    except (ValueError, RecursionError):
        raise ParseError(_("It holds a number or a nesting that is out of bounds.")) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Most readers keep the last one in silence; a writer then does not know what was kept.
    seen: dict[str, Any] = {}
    for name, value in pairs:
        if name in seen:
            raise _Twice(name)
        seen[name] = value
    return seen
