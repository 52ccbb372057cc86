"""The language of an address: `/fr/…` speaks French, what names none speaks English.

Only the address decides, never the browser, a cookie or an account: so a page that is passed on is
read as it was sent, and public answers can be kept for everybody.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLResolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from articles.languages import FIRST, in_django, language_of, spoken, without_language


class Language(LocalePrefixPattern):
    """The part of an address that names the language spoken; none for English."""

    def __init__(self) -> None:
        super().__init__(prefix_default_language=False)

    @property
    def language_prefix(self) -> str:
        """Such as “fr/”."""
        code = spoken()
        return "" if code == FIRST else f"{code}/"


def in_each_language(*urls: Any) -> list[URLResolver]:
    """These routes, in all six languages."""
    return [URLResolver(Language(), list(urls))]


def speak(get_response):
    """The middleware: answers in the language that the address names."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = language_of(request.path_info)
        if language == FIRST and request.path_info.startswith(f"/{FIRST}/"):
            return HttpResponsePermanentRedirect(without_language(request.get_full_path()))
        with translation.override(in_django(language)):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response

    return middleware
