"""How a page speaks the reader's language: names, titles, and the addresses of pages in it."""

from typing import NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.languages import (
    FIRST,
    LANGUAGES,
    RIGHT_TO_LEFT,
    Wording,
    address_in,
    language_name,
    wording_in,
)
from articles.languages import spoken as language_spoken
from registry.queries import labels, statistics

register = template.Library()


@register.simple_tag
def language_code() -> str:
    """The language of the page."""
    return language_spoken()


@register.simple_tag
def language_direction() -> str:
    """The direction in which the page is written."""
    return "rtl" if language_spoken() in RIGHT_TO_LEFT else "ltr"


@register.simple_tag
def comma() -> str:
    """What stands between the items of a list: “, ”, “، ” or “、”."""
    return gettext(", ")


@register.filter
def here(path: str) -> str:
    """The address of a page of ours in the language of this one."""
    return address_in(path, language_spoken()) if path.startswith("/") else path


@register.filter
def wording(texts: dict[str, str]) -> Wording:
    """The text in the reader's language with the language that it is really in."""
    return wording_in(texts)


@register.filter
def worded(text: str) -> str:
    """A name that the six languages know, such as that of a region; as it is where they do not."""
    return gettext(text) if text else ""


@register.simple_tag
def reference_text(text: str) -> str | SafeString:
    """A text of the reference book, which is written in English, in the reader's language.

    Where the six languages do not know it, it says that it is English.
    """
    said = worded(text)
    if said != text or language_spoken() == FIRST:
        return said
    return format_html('<span lang="{}" dir="ltr">{}</span>', FIRST, text)


@register.filter
def country_name(code: str) -> str:
    """The name of a country as in M49, in the reader's language."""
    return str(labels.COUNTRIES(None).get(code.upper(), code))


@register.filter
def article_title(number: int | str) -> str:
    """The official title of one of Articles 3–14, in the reader's language where it is known."""
    return str(statistics.article_titles().get(int(number), ""))


class Choice(NamedTuple):
    """The same page in a language."""

    code: str
    direction: str
    name: str
    address: str
    is_current: bool

    @property
    def path(self) -> str:
        """Its address without what was asked of it."""
        return self.address.partition("?")[0]


@register.simple_tag(takes_context=True)
def in_languages(context: template.Context) -> list[Choice]:
    """This page in each of the six languages, with all that its address says.

    Or the page `at` another address, where this one says only what went wrong.
    """
    request = context.get("request")
    address = context.get("at") or (request.get_full_path() if request else "/")
    return [
        Choice(
            code,
            "rtl" if code in RIGHT_TO_LEFT else "ltr",
            language_name(code),
            address_in(address, code),
            code == language_spoken(),
        )
        for code in LANGUAGES
    ]
