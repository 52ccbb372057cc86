"""Parts of a page that are the same on every page, whoever asks."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def steady(name: str) -> SafeString:
    """A template that shows nothing of the page around it: drawn once in a process."""
    return drawn(name)


def drawn(name: str, **shown: str) -> SafeString:
    """A template that shows nothing but these few words of the page: drawn once for each of them.

    They are words of ours from a closed list: what people send would fill the memory.
    """
    if settings.DEBUG:  # whoever edits it wants to see it
        return render_to_string(name, shown)
    said = tuple(sorted(shown.items()))
    return _drawn(name, said, get_language(), get_script_prefix(), settings.ROOT_URLCONF)


# Six languages of a footer and of a menu with nine places, each of them itself or what lies in it.
@lru_cache(maxsize=256)
def _drawn(
    name: str, said: tuple[tuple[str, Any], ...], language: str, prefix: str, addresses: str
) -> SafeString:
    return render_to_string(name, dict(said))
