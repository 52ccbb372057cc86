"""Parts of a page that are the same on every page, whoever asks."""

from functools import lru_cache

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
    if settings.DEBUG:  # whoever edits it wants to see it
        return render_to_string(name)
    return _drawn(name, get_language(), get_script_prefix(), settings.ROOT_URLCONF)


@lru_cache(maxsize=32)
def _drawn(name: str, language: str, prefix: str, addresses: str) -> SafeString:
    return render_to_string(name)
