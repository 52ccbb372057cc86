"""What every write keeps to: a token that may, a key or a version, a body of known fields.

A view names the fields that its verbs take and says what each does; `initial` has checked the rest
before that, so that no view can forget it.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotAuthenticated, ParseError
from rest_framework.request import Request

from registry.actions import idempotency
from registry.api import bodies
from registry.api.base import ApiView, as_private_json
from registry.api.limits import SAFE
from registry.models import ApiToken, IdempotencyKey

_KEY = re.compile(r"[!-~]{1,255}")
_VERSION = re.compile(r'"v([1-9][0-9]{0,8})"')
# What of an answer is kept and given again.
KEPT = ("Content-Type", "ETag", "Location")


class KeyNeeded(ParseError):
    """A write without a key, or with one that is none."""

    header = "Idempotency-Key"


class NoVersion(ParseError):
    """A version that is none."""

    header = "If-Match"


class VersionNeeded(APIException):
    """A change that does not say which version it starts from."""

    status_code = 428
    header = "If-Match"
    default_detail = 'Send If-Match: "v3", with the version of the record that you changed.'


def version_tag(version: int) -> str:
    """The tag by which a record is written; those of reads also stand for language and format."""
    return f'"v{version}"'


def accepted(body: object, *, version: int, status: int = 200, location: str = "") -> HttpResponse:
    """The answer to an accepted write: the record, and what version the next starts from."""
    response = as_private_json(body, status)
    response.headers["ETag"] = version_tag(version)
    if location:
        response.headers["Location"] = location
    return response


class WriteView(ApiView):
    """An address that can be written to. `post` finds `values`, the others `version` too."""

    # By method, the fields that a body may name.
    takes: Mapping[str, Collection[str]]

    def initial(self, request: Request, *args, **kwargs):
        """Refuse whatever is not said as a write must be."""
        super().initial(request, *args, **kwargs)
        is_offered = hasattr(self, request.method.lower())
        if request.method in SAFE or not is_offered:
            return
        _refuse_readers(request)
        if request.method == "POST":
            # DRF looks for the method after this.
            self.post = partial(self._once, self.post, _key(request))
        else:
            self.version = _version(request)
        self.values = bodies.read(request, self.takes[request.method])

    def _once(self, post: Callable, key: str, request: Request, /, **address) -> HttpResponse:
        digest, by = _digest(request), request.user
        claim = idempotency.claim(token=request.auth, key=key, digest=digest, by=by)
        if claim.status is not None:
            return _replayed(claim)
        try:
            with transaction.atomic():
                response = post(request, **address)
                _keep(response, claim, request)
        except Exception:
            # Refused or broken, nothing was done: the same key may be sent with a mended request.
            idempotency.release(claim=claim, by=by)
            raise
        return response


def _refuse_readers(request: Request) -> None:
    if request.auth is None:
        raise NotAuthenticated
    if request.auth.scope != ApiToken.Scope.WRITE:
        raise PermissionDenied(_("This token reads only; to write, make one whose scope is write."))


def _key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        said = _("Send Idempotency-Key: 1 to 255 letters, digits or marks, new for each request.")
        raise KeyNeeded(said)
    return key


def _version(request: Request) -> int:
    sent = request.headers.get("If-Match")
    if not sent:
        raise VersionNeeded
    if not (found := _VERSION.fullmatch(sent.strip())):
        raise NoVersion(_('If-Match “%s” is no version; send one such as "v3".') % sent[:80])
    return int(found[1])


def _digest(request: Request) -> str:
    said = f"{request.method}\n{request.get_full_path()}\n".encode()
    return hashlib.sha256(said + bodies.received(request)).hexdigest()


def _keep(response: HttpResponse, claim: IdempotencyKey, request: Request) -> None:
    idempotency.complete(
        claim=claim,
        status=response.status_code,
        headers={name: response.headers[name] for name in KEPT if name in response.headers},
        body=response.content.decode(),
        by=request.user,
    )


def _replayed(claim: IdempotencyKey) -> HttpResponse:
    response = HttpResponse(claim.body, status=claim.status, headers=claim.headers)
    response.headers["Idempotency-Replayed"] = "true"
    return response
