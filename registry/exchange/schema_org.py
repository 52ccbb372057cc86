"""Public pages as search engines read them (schema.org, JSON-LD): what records state, no more.

A meeting without a place is no Event here, and a contribution without an amount no Grant: they are
pages about something.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.languages import wording_in
from registry.exchange.tables import TABLES
from registry.queries.labels import COUNTRIES
from registry.queries.representation import Body

type Thing = dict[str, Any]
_CONTEXT = "https://schema.org"
# What would end the element that holds it, or begin another.
_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_CONVENTION = "Minamata Convention on Mercury"
PARTNERSHIP: Thing = {
    "@type": "Organization",
    "name": "UNEP Global Mercury Partnership",
    "url": "https://www.unep.org/globalmercurypartnership/",
}


@dataclass(frozen=True)
class Page:
    """The page that says it: the address of the site, its own path there, its language."""

    site: str
    path: str
    language: str

    @property
    def address(self) -> str:
        """The whole address."""
        return self.site + self.path


def written(things: Iterable[Thing]) -> str:
    """The things as one JSON text that may stand in any element of a page."""
    graph = {"@context": _CONTEXT, "@graph": [_without_blanks(thing) for thing in things]}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _without_blanks(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}


def record(noun: str, body: Body, page: Page) -> Thing:
    """What a public record is."""
    return {
        "@id": f"{page.address}#it",
        "url": page.address,
        **_THINGS[noun](body, page),
        "mainEntityOfPage": page.address,
    }


def trail(steps: list[tuple[str, str]], page: Page) -> Thing:
    """Where the page stands: (name, path) of each step from the start page down to it."""
    items = [
        {"@type": "ListItem", "position": at, "name": name, "item": page.site + path}
        for at, (name, path) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def site(page: Page, search_path: str) -> Thing:
    """The site, and how it is searched."""
    return {
        "@type": "WebSite",
        "@id": f"{page.address}#site",
        "name": _("Registry of the Global Mercury Partnership"),
        "url": page.address,
        "inLanguage": page.language,
        "publisher": PARTNERSHIP,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{page.site}{search_path}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def data_set(page: Page, *, revision: int, changed_on: str, files: list[tuple[str, str]]) -> Thing:
    """All public records as one data set; `files` are (path, media type) of what can be taken."""
    return {
        "@type": "Dataset",
        "@id": f"{page.address}#it",
        "name": _("Registry of the Global Mercury Partnership"),
        "description": _(
            "Partners, activities and guidance of the UNEP Global Mercury Partnership, mapped to "
            "the articles of the Minamata Convention on Mercury."
        ),
        "url": page.address,
        "creator": PARTNERSHIP,
        "isAccessibleForFree": True,
        "version": str(revision),
        "dateModified": changed_on,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": page.site + path, "encodingFormat": kind}
            for path, kind in files
        ],
    }


def _activity(body: Body, page: Page) -> Thing:
    return {
        "@type": "Project",
        "name": body["title"],
        "description": body["summary"],
        "identifier": body["reference"],
        "foundingDate": body["start"],
        "dissolutionDate": body["end"],
        "areaServed": [_place(each["code"]) for each in body["countries"]],
        "member": _organisations(page, [p for p in body["partners"] if p["role"] != "funding"]),
        "funder": _organisations(page, [p for p in body["partners"] if p["role"] == "funding"]),
        "sameAs": body["url"],
    }


def _guidance(body: Body, page: Page) -> Thing:
    return {
        "@type": "CreativeWork",
        "name": body["title"],
        "alternativeHeadline": body["subtitle"],
        "abstract": body["abstract"],
        "datePublished": str(body["year"] or ""),
        "inLanguage": [each["language"] for each in body["editions"]],
        "publisher": _organisations(page, body["publishers"]),
        "about": [_about(each["number"]) for each in body["articles"]],
        "sameAs": body["url"],
    }


def _partner(body: Body, page: Page) -> Thing:
    seat = body["country"]
    return {
        "@type": "Organization",
        "name": body["name"],
        "alternateName": [name for name in (body["acronym"], *body["other_names"]) if name],
        "address": seat and {"@type": "PostalAddress", "addressCountry": seat["code"]},
        "memberOf": PARTNERSHIP if body["standing"] == "partner" else None,
        "sameAs": body["website"],
    }


def _meeting(body: Body, page: Page) -> Thing:
    if not body["place"]:
        return _page(body["title"])
    address = body["country"] and {
        "@type": "PostalAddress",
        "addressCountry": body["country"]["code"],
    }
    place = _without_blanks({"@type": "Place", "name": body["place"], "address": address})
    if body["place"].casefold() == "online":
        place = {"@type": "VirtualLocation", "url": page.address}
    return {
        "@type": "Event",
        "name": body["title"],
        "startDate": body["start"],
        "endDate": body["end"],
        "location": place,
    }


def _contribution(body: Body, page: Page) -> Thing:
    if body["amount"] is None or not body["currency"]:
        return _page(body["purpose"])
    return {
        "@type": "MonetaryGrant",
        "name": body["purpose"],
        "funder": _organisations(page, [body["donor"]]),
        "amount": {
            "@type": "MonetaryAmount",
            "value": body["amount"],
            "currency": body["currency"],
        },
    }


def _article(body: Body, page: Page) -> Thing:
    return {**_about(body["number"]), "alternateName": wording_in(body["titles"]).text}


def _decision(body: Body, page: Page) -> Thing:
    return _page(body["subject"], about=[_about(each["number"]) for each in body["articles"]])


def _area(body: Body, page: Page) -> Thing:
    # What leads an area is no owner of it, so it is said of nobody.
    return _page(_(body["name"]), about=[_about(each["number"]) for each in body["articles"]])


def _country(body: Body, page: Page) -> Thing:
    return _page(_place(body["code"])["name"], about=_place(body["code"]))


def _page(name: str, **more: Any) -> Thing:
    return {"@type": "WebPage", "name": name, **more}


def _place(code: str) -> Thing:
    name = str(COUNTRIES(None).get(code, code))
    return {"@type": "Country", "name": name, "identifier": code}


def _about(number: int) -> Thing:
    whole = {"@type": "Legislation", "name": _CONVENTION}
    return {"@type": "Legislation", "name": _("Article %d") % number, "isPartOf": whole}


def _organisations(page: Page, cards: list[Body]) -> list[Thing]:
    return [
        {
            "@type": "Organization",
            "name": card["name"],
            "url": f"{page.site}/partners/{card['slug']}/",
        }
        for card in cards
    ]


_THINGS: dict[str, Callable[[Body, Page], Thing]] = {
    "activity": _activity,
    "area": _area,
    "article": _article,
    "contribution": _contribution,
    "country": _country,
    "decision": _decision,
    "guidance": _guidance,
    "meeting": _meeting,
    "partner": _partner,
}


def list_title(noun: str) -> str:
    """The name of a noun's list."""
    return str(TABLES[noun].title)


def title(noun: str, body: Body) -> str:
    """What a record is called on its page."""
    thing = _THINGS[noun](body, Page("", "", ""))
    return thing.get("alternateName") if noun == "article" else thing["name"]
