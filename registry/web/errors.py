"""Pages that say what went wrong and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be understood."""
    return render(request, "errors/400.html", {"problems": {}}, status=400)


def malformed(request: HttpRequest, name: str) -> HttpResponse:
    """A parameter holds what is no text."""
    shown = name.encode("utf-8", "replace").decode().replace("\0", "�")
    problems = {
        shown or "address": "It holds a character that is no text (NUL or half a character)."
    }
    return render(request, "errors/400.html", {"problems": problems}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed."""
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page."""
    return render(request, "errors/404.html", {"path": request.path}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. Needs neither database nor context."""
    return render(request, "errors/500.html", status=500)
