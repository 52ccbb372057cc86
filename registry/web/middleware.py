"""Refuses requests whose text is no text, before anything looks at them."""

from urllib.parse import parse_qsl

from django.http import HttpRequest

from registry.web import errors

_HALF_CHARACTERS = range(0xD800, 0xE000)


def refuse_malformed(get_response):
    """Answers 400, in words, where the address or a parameter holds NUL or half a character.

    No database can store them, so what they would break is everything behind this line.
    """

    def middleware(request: HttpRequest):
        for name, value in _texts(request):
            if _is_broken(name) or _is_broken(value):
                raise errors.Malformed(name)
        return get_response(request)

    return middleware


def _texts(request: HttpRequest):
    yield "", request.path_info
    # As they were sent: decoded by Django, broken bytes look like a � that somebody typed.
    sent = request.META.get("QUERY_STRING", "")
    yield from parse_qsl(sent, keep_blank_values=True, errors="surrogateescape")


def _is_broken(text: str) -> bool:
    return any(letter == "\0" or ord(letter) in _HALF_CHARACTERS for letter in text)
