"""The whole OpenAPI document."""

import re
from importlib import import_module
from typing import Any

from django.conf import settings
from django.urls import URLPattern, reverse
from django.utils import translation

from registry.api.description import answers
from registry.api.description.figures import FIGURES
from registry.api.description.operations import PAGES, operation, plural
from registry.api.description.parameters import Lists
from registry.api.description.schemas import OTHERS, nouns
from registry.api.description.writes import SAYS, SCHEMAS, TAG, WRITES
from registry.models import Entry
from registry.queries import meaning

Document = dict[str, Any]

VERSION = "1.0.0"
# With more records than this, the values of lists that grow are too many to read.
MOST_RECORDS = 20_000
_INFO = {
    "title": "Registry of the Global Mercury Partnership",
    "version": VERSION,
    "summary": "Everything public in the registry: open, without a key, in plain JSON.",
    "description": (
        "Areas, partners, activities, guidance, meetings and contributions of the UNEP Global "
        "Mercury Partnership, mapped to the articles of the Minamata Convention. A quick start, "
        "the promise of stability and the change log are at /api/v1/docs/. Cited as PAG-6: the "
        "note by the secretariat to the sixth meeting of the Partnership Advisory Group, 2014."
    ),
}


def describe() -> Document:
    """The description of the API as it is now, in English.

    It names today's values of the lists that grow, such as countries and organisations, unless the
    registry holds more than `MOST_RECORDS` records.
    """
    is_small = not Entry.objects.order_by("pk")[MOST_RECORDS : MOST_RECORDS + 1].exists()
    lists = Lists(values=is_small)
    with translation.override("en"):
        paths = {f"/{_address(pattern)}": _at(pattern, lists) for pattern in patterns()}
        return _plain(_document(paths, lists))


def _at(pattern: URLPattern, lists: Lists) -> Document:
    """The operations at an address, by verb."""
    if pattern.name in WRITES:
        return WRITES[pattern.name]()
    return {"get": operation(pattern, lists)}


def patterns() -> list[URLPattern]:
    """The addresses that are described: all but the pages for people."""
    # By name: the addresses import the views, which show this description.
    found = import_module("registry.api.urls").urlpatterns
    return [pattern for pattern in found if pattern.name not in PAGES]


def _address(pattern: URLPattern) -> str:
    return re.sub("<[a-z]+:([a-z]+)>", r"{\1}", str(pattern.pattern))


def _document(paths: Document, lists: Lists) -> Document:
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "externalDocs": {
            "url": settings.SITE_URL + reverse("api:docs"),
            "description": "Quick start, stability, changes.",
        },
        "security": [{}, {"key": []}],
        "servers": [{"url": "/api/v1", "description": "This site."}],
        "tags": _tags(),
        "paths": paths,
        "components": {
            "schemas": nouns() | OTHERS | FIGURES | SCHEMAS | lists.schemas,
            "responses": answers.shared(),
            "headers": answers.HEADERS | answers.LIMITS,
            "securitySchemes": {"key": answers.KEY},
        },
    }


def _tags() -> list[Document]:
    says = {
        plural(pattern): meaning.NOUNS[pattern.name.removesuffix("-list")][0]
        for pattern in patterns()
        if pattern.name.endswith("-list") and pattern.name not in WRITES
    }
    says |= {TAG: SAYS}
    overviews = "Search, statistics, changes: answers about all records at once."
    return [{"name": n, "description": d} for n, d in {"overviews": overviews, **says}.items()]


def _plain(value: Any) -> Any:
    """Plain data: labels that wait for a language become text."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | None) else str(value)
