"""Pages that say what went wrong and what to do."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

NO_TEXT = _("It holds a character that is no text (NUL or half a character).")


class Malformed(BadRequest):
    """A parameter (the address, where `name` is blank) holds what is no text."""

    def __init__(self, name: str) -> None:
        self.name = name.encode("utf-8", "replace").decode().replace("\0", "�")
        super().__init__(self.name)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be understood."""
    is_known = isinstance(exception, Malformed)
    problems = {exception.name or "address": NO_TEXT} if is_known else {}
    return render(request, "errors/400.html", {"problems": problems}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed."""
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def forged(request: HttpRequest) -> HttpResponse:
    """The form is not from a page of ours, or too old."""
    return render(request, "errors/forged.html", status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """Tried too often. When the count begins anew depends on what was tried; a minute is least."""
    response = render(request, "errors/429.html", status=429)
    response.headers["Retry-After"] = "60"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page."""
    return render(request, "errors/404.html", {"path": request.path}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. Needs neither database nor context."""
    return render(request, "errors/500.html", status=500)
