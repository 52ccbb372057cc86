"""Columns that several nouns share: where a record is, what it points at, where it came from."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.exchange.tables.columns import Column, each, number, pairs, part, text

SLUG = text("slug", _("Identifier"), _("Never changes and is never used again."))
PATH = text("path", _("Address"), _("On this site; put the name of the site before it."))
URL = text("url", _("Web page"))
SOURCE = text("source", _("Source"), _("Where the facts were seen: an address or a citation."))
PROVENANCE = (
    SOURCE,
    text("source_system", _("Taken from"), _("The system it was taken from, if any.")),
    text("external_id", _("Identifier there"), _("Its identifier in that system.")),
    text("created_at", _("Added at"), _("Moment in UTC, ISO 8601.")),
    text("updated_at", _("Changed at"), _("Moment of the last change, in UTC, ISO 8601.")),
    number("version", _("Version"), _("Counts the changes of the record.")),
)

_SLUGS = _("Identifiers, separated by “; ”.")
_NAMES = _("The same in words, in the same order, separated by “; ”.")
_PARTNER = _("In the table of partners, under the organisation's identifier.")
_AREA = _("In the table of areas, under the area's identifier.")
_ARTICLE = _("In the table of articles, under the article's number.")


def areas(field: str, label: Any, names: str) -> tuple[Column, ...]:
    """Areas of work: identifiers, and names."""
    return each(field, label, field, "slug", _SLUGS), each(
        names, _("Names of the areas"), field, "name", _NAMES
    )


def area() -> tuple[Column, ...]:
    """The one area of work: identifier, and name."""
    return part("area", _("Area"), "area", "slug", _("Identifier.")), part(
        "area_name", _("Name of the area"), "area", "name"
    )


def articles() -> tuple[Column, ...]:
    """Articles of the Convention: numbers."""
    meaning = _("Numbers of articles of the Convention, separated by “; ”.")
    return (each("articles", _("Articles"), "articles", "number", meaning),)


def articles_with_basis() -> tuple[Column, ...]:
    """Articles of the Convention: numbers, and on what each rests."""
    basis = _(
        "Article and whether its source names it: “7:stated”, or we read it so: “7:inferred”."
    )
    return *articles(), pairs(
        "articles_basis", _("Basis of the articles"), "articles", ("number", "basis"), basis
    )


def country(label: Any) -> tuple[Column, ...]:
    """The one country: code, and name."""
    return part("country", label, "country", "code", _("ISO 3166-1 code of two letters.")), part(
        "country_name", _("Name of the country"), "country", "name"
    )


def organisations(field: str, label: Any, names: str, label_of_names: Any) -> tuple[Column, ...]:
    """Organisations: identifiers, and names."""
    return each(field, label, field, "slug", _SLUGS), each(
        names, label_of_names, field, "name", _NAMES
    )


def organisation(field: str, label: Any, label_of_name: Any) -> tuple[Column, ...]:
    """The one organisation: identifier, and name."""
    return part(field, label, field, "slug", _("Identifier.")), part(
        f"{field}_name", label_of_name, field, "name"
    )


def titled(field: str, label: Any, titles: str, label_of_titles: Any) -> tuple[Column, ...]:
    """Other records: identifiers, and titles."""
    return each(field, label, field, "slug", _SLUGS), each(
        titles, label_of_titles, field, "title", _NAMES
    )


def left_out(
    *, areas: tuple[str, ...] = (), articles: bool = False, partners: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The parts of these cards that are in the table of the record they stand for."""
    return (
        {f"{field}.short_name": _AREA for field in areas}
        | ({"articles.title": _ARTICLE} if articles else {})
        | {f"{field}.{key}": _PARTNER for field in partners for key in ("acronym", "standing")}
    )
