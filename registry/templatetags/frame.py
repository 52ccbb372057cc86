"""What stands around every page: the menu, a way to report an error, how new the data are."""

from typing import Any, NamedTuple

from django import template
from django.template.base import Parser, Token
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.languages import without_language
from articles.numbers import spaced
from registry.queries.changes import state
from registry.templatetags.steady import drawn

register = template.Library()

# The first part of its address → route and name of a place, in the order of the menu.
_PLACES: dict[str, tuple[str, Any]] = {
    "articles": ("article-list", gettext_lazy("Guidance by article")),
    "find": ("find", gettext_lazy("Find guidance")),
    "activities": ("activity-list", gettext_lazy("Activities")),
    "guidance": ("guidance-list", gettext_lazy("Guidance")),
    "areas": ("area-list", gettext_lazy("Areas")),
    "partners": ("partner-list", gettext_lazy("Partners")),
    "countries": ("country-list", gettext_lazy("Countries")),
    "data": ("data", gettext_lazy("Data")),
}
# Other pages that everybody may read, by the first part of their addresses. Of no other page is the
# address told to the form about errors: it may hold the key to somebody's own affairs.
_OPEN = {
    "",
    "about",
    "accessibility",
    "api",
    "contributions",
    "decisions",
    "glossary",
    "meetings",
    "privacy",
    "search",
    "terms",
}


class Place(NamedTuple):
    """A place of the menu; `current` is what `aria-current` says of it, if anything."""

    label: Any
    address: str
    current: str


class Kept(template.Node):
    """Says what stands in it, and keeps that under a name."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        # Django finds blocks to override in what is called so.
        self.name, self.nodelist = name, nodelist

    def render(self, context: template.Context) -> SafeString:
        context[self.name] = SafeString(self.nodelist.render(context).strip())
        return context[self.name]


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Text of the page that is said here, and again further down by its name."""
    name = token.split_contents()[1]
    nodelist = parser.parse(["endkept"])
    parser.delete_first_token()
    return Kept(name, nodelist)


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> SafeString:
    """The menu, with the place marked in which the page is."""
    first, rest = _parts(context)
    if first not in _PLACES:
        return drawn("components/main_menu.html")
    return drawn("components/main_menu.html", place=first, current="true" if rest else "page")


@register.simple_tag
def places(place: str, current: str) -> list[Place]:
    """The places of the menu, those left out whose pages are not there."""
    found = []
    for first, (name, label) in _PLACES.items():
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        found.append(Place(label, address, current if first == place else ""))
    return found


@register.simple_tag(takes_context=True)
def report_address(context: template.Context) -> str:
    """The form about errors, told the page that it was opened from, if everybody may read that."""
    request = context.get("request")
    first, _rest = _parts(context)
    is_open = request and (first in _OPEN or first in _PLACES)
    about = urlencode({"about": request.path}) if is_open else ""
    return reverse("feedback") + (f"?{about}" if about else "")


@register.simple_tag
def data_state() -> SafeString:
    """How new the data are: the public revision, and the day of the last change."""
    number, at = state()
    if at is None:
        return escape(_("Data: nothing is recorded yet."))
    day = format_html(
        '<bdi><time datetime="{}">{}</time></bdi>',
        f"{at:%Y-%m-%d}",
        date_format(at, "DATE_FORMAT"),
    )
    said = _("Data: revision {number}, last changed on {day}.")
    return format_html(said, number=spaced(number), day=day)


def _parts(context: template.Context) -> tuple[str, str]:
    """The first part of the address of the page, and what follows it."""
    request = context.get("request")
    path = without_language(request.path_info) if request else "/"
    first, _stroke, rest = path[1:].partition("/")
    return first, rest
