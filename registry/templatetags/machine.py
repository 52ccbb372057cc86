"""What pages say to programs: their one address, themselves in other languages, their subject."""

from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.languages import FIRST, LANGUAGES, address_in, spoken
from registry.exchange import cards, schema_org
from registry.exchange.dumps import PLURALS, Manifest
from registry.exchange.formats import FORMATS
from registry.queries.changes import state
from registry.queries.public_pages import path as record_path
from registry.queries.representation import Body

register = template.Library()

# What views call a record by another word than its noun.
_CALLED = {"guidance": "document"}
_LISTS = {f"{noun}-list": noun for noun in PLURALS}


class Addresses(NamedTuple):
    """The page's one address, the same page by language, and the one for all other languages."""

    canonical: str
    alternates: list[tuple[str, str]]
    default: str


@register.simple_tag(takes_context=True)
def page_addresses(context: template.Context) -> Addresses:
    """The addresses of this page.

    What narrows or sorts a list is no page of its own; the second page of the whole list is.
    """
    request = context["request"]
    page = _number(request)
    here = {
        code: settings.SITE_URL + address_in(request.path, code) + (f"?page={page}" if page else "")
        for code in LANGUAGES
    }
    return Addresses(here[spoken()], list(here.items()), here[FIRST])


def _number(request: Any) -> str:
    """The number of the page of an unnarrowed list, where it is not the first."""
    asked = {name: value for name, value in request.GET.items() if value.strip()}
    number = asked.get("page", "")
    is_later = set(asked) == {"page"} and number.isascii() and number.isdigit() and int(number) > 1
    return number if is_later else ""


class Shown(NamedTuple):
    """The record that a page is about: its noun and its public body; neither on other pages."""

    noun: str = ""
    body: Body | None = None


@register.simple_tag(takes_context=True)
def record_shown(context: template.Context) -> Shown:
    """The record that this page is about, which its view calls by its noun.

    So no page of a record needs a line of its own to tell programs what it is, nor can forget it.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    noun, is_detail, _rest = (match and match.url_name or "").partition("-detail")
    body = context.get(_CALLED.get(noun, noun)) if is_detail and noun in cards.NOUNS else None
    return Shown(noun, body) if body else Shown()


@register.simple_tag
def card_address(noun: str = "", body: Body | None = None) -> str:
    """The picture of a record, or of the site; English where the typeface lacks the letters."""
    path = reverse("card", args=[noun, _key(noun, body)]) if body else reverse("site-card")
    return settings.SITE_URL + address_in(path, cards.language())


def _key(noun: str, body: Body) -> str:
    """How addresses name a record."""
    return str(body.get("slug") or body.get("number") or body["code"].lower())


@register.simple_tag(takes_context=True)
def json_ld(context: template.Context, noun: str = "", body: Body | None = None) -> SafeString:
    """What the page is about: a record, the site, a list; and where it stands."""
    request = context["request"]
    route = request.resolver_match.url_name if request.resolver_match else ""
    if body:
        things = _of_record(noun, body)
    elif route == "home":
        page = _page(request.path)
        things = [schema_org.site(page, reverse("search"))]
    elif route in _LISTS:
        steps = [_start(), (schema_org.list_title(_LISTS[route]), request.path)]
        things = [schema_org.trail(steps, _page(request.path))]
    else:
        return SafeString("")
    return _script(things)


@register.simple_tag(takes_context=True)
def data_set_ld(context: template.Context, manifest: Manifest | None = None) -> SafeString:
    """All public records as one data set, with the files that can be taken."""
    page, (number, changed) = _page(context["request"].path), state()
    kinds = {"csv.gz": "application/gzip", "jsonl.gz": "application/gzip"}
    files = [
        (reverse("data-dump", args=[file.name]), kinds.get(file.name.partition(".")[2], ""))
        for file in (manifest.files if manifest else ())
    ]
    files += [
        (f"{reverse(f'api:{noun}-list')}?format={name}", FORMATS[name].media_type)
        for noun in PLURALS
        for name in ("csv", "jsonl")
    ]
    found = schema_org.data_set(
        page,
        revision=number,
        changed_on=f"{changed:%Y-%m-%d}" if changed else "",
        files=files,
    )
    return _script([found, schema_org.trail([_start(), (_("Data"), page.path)], page)])


def _of_record(noun: str, body: Body) -> list[dict[str, Any]]:
    page = _page(record_path(noun, _key(noun, body)))
    steps = [_start(), *_list_of(noun), (schema_org.title(noun, body), page.path)]
    return [schema_org.record(noun, body, page), schema_org.trail(steps, page)]


def _list_of(noun: str) -> list[tuple[str, str]]:
    try:
        return [(schema_org.list_title(noun), reverse(f"{noun}-list"))]
    except NoReverseMatch:
        return []


def _start() -> tuple[str, str]:
    return _("Start"), reverse("home")


def _page(path: str) -> schema_org.Page:
    return schema_org.Page(settings.SITE_URL, path, spoken())


def _script(things: list[dict[str, Any]]) -> SafeString:
    # A block of data: browsers run no such type, so the policy for scripts says nothing of it.
    return mark_safe(f'<script type="application/ld+json">{schema_org.written(things)}</script>')
