"""Pages that say what went wrong and what to do."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from articles.languages import address_in, in_django, language_of, without_language
from registry.queries import lost
from registry.web.contact import mail_address

# Pages of people who are signed in, and of the secretariat.
_PRIVATE = (
    "/account/",
    "/admin/",
    "/confirm/",
    "/desk/",
    "/feedback/",
    "/invitations/",
    "/mail/",
    "/messages/",
    "/review/",
)
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
    """No such page: what may have been meant is offered, where it is public."""
    path = "/" if _is_private(request.path) else request.path
    near = lost.nearest(path)
    # What finds nothing need not be looked for.
    context = {"words": lost.words(path) if near else "", "near": near}
    return render(request, "errors/404.html", context, status=404)


def _is_private(path: str) -> bool:
    # What is not there must look like what is not theirs to see, whatever it is called.
    return without_language(path).startswith(_PRIVATE)


def server_error(request: HttpRequest, reference: str) -> HttpResponse:
    """Our fault. Asks neither database nor session, and speaks the language of the address."""
    language = language_of(request.path_info)
    context = {
        "reference": reference,
        "sheet": _sheet(),
        "start": address_in("/", language),
        "mail_address": mail_address(),
    }
    # What broke may have done so before the language was set.
    with translation.override(in_django(language)):
        return HttpResponse(render_to_string("errors/500.html", context), status=500)


def _sheet() -> str:
    """The address of the style sheet; blank where even that cannot be found out."""
    try:
        return staticfiles_storage.url("css/site.css")
    except ValueError:
        return ""
