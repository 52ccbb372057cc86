"""The tables of the registry's own nouns."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.exchange.tables import cards
from registry.exchange.tables.columns import (
    BETWEEN,
    Cell,
    Column,
    Table,
    each,
    flag,
    lines,
    number,
    numbered,
    pairs,
    several,
    text,
)
from registry.queries.representation import Body

_CODE = _("A code; the words for it are on the site.")
_PARTIAL = _("As far as it is known: 2014, 2014-03 or 2014-03-09.")


def _taking_part(name: str, label: Any, role: str) -> Column:
    def read(body: Body) -> Cell:
        return BETWEEN.join([each["name"] for each in body["partners"] if each["role"] == role])

    return Column(name, label, "partners", read, _("Names, separated by “; ”."))


def _funding(body: Body) -> Cell:
    def line(each: Body) -> Iterator[str]:
        yield each["funder"]["slug"] if each["funder"] else ""
        yield each["amount"] or ""
        yield each["currency"]

    return BETWEEN.join([" ".join(filter(None, line(each))) for each in body["funding"]])


ACTIVITIES = Table(
    noun="activity",
    title=_("Activities"),
    columns=(
        text("reference", _("Reference"), _("Short enough to be said over the telephone.")),
        text("title", _("Title")),
        text("summary", _("Summary")),
        text("kind", _("Kind"), _CODE),
        text("role", _("Key role"), _("The Partnership's key role that it plays, if any.")),
        text("level", _("Level"), _("global, regional, subregional, national or local.")),
        text("attribution", _("Attribution"), _("On what ground the Partnership counts it.")),
        text("status", _("Status"), _("From its dates where they prove it, else as reported.")),
        text("reported_status", _("Reported status"), _("The status that its source gives.")),
        text("start", _("Start"), _PARTIAL),
        text("end", _("End"), _PARTIAL),
        text("phase", _("Phase"), _("Before or after the Convention entered into force.")),
        *cards.areas("areas", _("Areas"), "area_names"),
        *cards.articles_with_basis(),
        each("countries", _("Countries"), "countries", "code", _("ISO 3166-1, separated by “; ”.")),
        each(
            "country_names",
            _("Names of the countries"),
            "countries",
            "name",
            _("In the same order, separated by “; ”."),
        ),
        several("regions", _("Regions"), _("Codes, separated by “; ”.")),
        _taking_part("lead_names", _("Led by"), "lead"),
        _taking_part("implementing_names", _("Implemented by"), "implementing"),
        _taking_part("funding_names", _("Funded by"), "funding"),
        _taking_part("contributing_names", _("With"), "contributing"),
        pairs(
            "partners",
            _("Organisations and their parts"),
            "partners",
            ("slug", "role"),
            _("Identifier and part, such as “unep:lead”, separated by “; ”."),
        ),
        Column(
            "funding",
            _("Money"),
            "funding",
            _funding,
            _("Funder (where known), amount and currency as reported, separated by “; ”."),
        ),
        text("gef_id", _("GEF number"), _("Of the Global Environment Facility.")),
        cards.URL,
        lines("links", _("Links"), ("label", "url"), _("“label | address”, separated by “; ”.")),
        *cards.titled("outputs", _("Guidance it produced"), "output_titles", _("Titles of that")),
        text("confirmed_on", _("Confirmed on"), _("Day on which somebody last confirmed it.")),
        number("confirm_every", _("To be confirmed every"), _("Months.")),
        text("confirm_due", _("To be confirmed from"), _("Day from which a partner is asked.")),
        text(
            "freshness",
            _("Confirmation"),
            _("fresh, due, overdue or silent; blank where it is completed."),
        ),
        cards.SLUG,
        cards.PATH,
        *cards.PROVENANCE,
    ),
    elsewhere=cards.left_out(areas=("areas",), articles=True, partners=("partners",))
    | {
        f"funding.funder.{key}": _("In the table of partners, under the funder's identifier.")
        for key in ("name", "acronym", "standing")
    },
)
AREAS = Table(
    noun="area",
    title=_("Areas"),
    columns=(
        number("number", _("Number")),
        text("name", _("Name")),
        text("short_name", _("Short name")),
        text("description", _("Description")),
        text("objective", _("Objective")),
        *cards.organisations("leads", _("Led by"), "lead_names", _("Names of the leads")),
        *cards.articles(),
        text("articles_basis", _("Basis of the articles"), _("On what the articles rest.")),
        lines(
            "priority_actions",
            _("Priority actions"),
            ("title", "indicator", "source"),
            _("“title | indicator | source”, separated by “; ”."),
        ),
        cards.SLUG,
        cards.PATH,
        *cards.PROVENANCE,
    ),
    elsewhere=cards.left_out(articles=True, partners=("leads",)),
)
PARTNERS = Table(
    noun="partner",
    title=_("Partners and organisations"),
    columns=(
        text("name", _("Name")),
        text("acronym", _("Acronym")),
        several("other_names", _("Other names"), _("Separated by “; ”.")),
        text("standing", _("Standing"), _("Only “partner” is a partner; others are named only.")),
        text("type", _("Type"), _CODE),
        *cards.country(_("Country of the seat")),
        flag("is_association", _("Association"), _("Whether it represents many others.")),
        *cards.organisation("represented_by", _("Represented by"), _("Name of that association")),
        number("represented_count", _("Represents"), _("So many entities.")),
        *cards.areas("areas", _("Areas"), "area_names"),
        *cards.areas("areas_led", _("Areas it leads"), "areas_led_names"),
        text("website", _("Web site")),
        text("evidence", _("Evidence"), _("What shows that it is a partner.")),
        text("involvement", _("Involvement"), _("In its own or its source's words.")),
        text("joined", _("Joined"), _PARTIAL),
        text("left", _("Left"), _PARTIAL),
        number("source_year", _("Year of the source")),
        text("areas_source", _("Source of the areas")),
        cards.SLUG,
        cards.PATH,
        *cards.PROVENANCE,
    ),
    elsewhere=cards.left_out(areas=("areas", "areas_led"), partners=("represented_by",)),
)
_RELATION = _("Kind of relation and identifier, such as “replaces:some-guide”, separated by “; ”.")
GUIDANCE = Table(
    noun="guidance",
    title=_("Guidance"),
    columns=(
        text("title", _("Title")),
        text("subtitle", _("Subtitle")),
        text("kind", _("Kind"), _CODE),
        text("role", _("Key role"), _("The Partnership's key role that it plays.")),
        number("year", _("Year")),
        text("abstract", _("Abstract")),
        cards.URL,
        each("languages", _("Languages"), "editions", "language", _("Codes, separated by “; ”.")),
        lines(
            "editions",
            _("Editions"),
            ("language", "url"),
            _("“language | address”, separated by “; ”."),
        ),
        text(
            "named_in_pag6", _("Named in PAG-6"), _("Paragraph of the note of 2014 that names it.")
        ),
        *cards.areas("areas", _("Areas"), "area_names"),
        *cards.articles_with_basis(),
        *cards.organisations("publishers", _("Publishers"), "publisher_names", _("Their names")),
        pairs("relations", _("Relations"), "relations", ("kind", "slug"), _RELATION),
        each("relation_titles", _("Titles of those"), "relations", "title"),
        pairs("related_from", _("Related from"), "related_from", ("kind", "slug"), _RELATION),
        each("related_from_titles", _("Titles of those"), "related_from", "title"),
        *cards.titled(
            "produced_by", _("Produced by"), "produced_by_titles", _("Titles of the activities")
        ),
        cards.SLUG,
        cards.PATH,
        *cards.PROVENANCE,
    ),
    elsewhere=cards.left_out(areas=("areas",), articles=True, partners=("publishers",)),
)
MEETINGS = Table(
    noun="meeting",
    title=_("Meetings"),
    columns=(
        text("title", _("Title")),
        text("kind", _("Kind"), _CODE),
        text("start", _("Start"), _PARTIAL),
        text("end", _("End"), _PARTIAL),
        text("place", _("Place")),
        *cards.country(_("Country")),
        *cards.area(),
        cards.SLUG,
        cards.PATH,
        *cards.PROVENANCE,
    ),
    elsewhere=cards.left_out(areas=("area",)),
)
CONTRIBUTIONS = Table(
    noun="contribution",
    title=_("Contributions"),
    columns=(
        *cards.organisation("donor", _("Donor"), _("Name of the donor")),
        text("purpose", _("Purpose")),
        text("serves", _("Serves"), _("Activities or the secretariat.")),
        text("kind", _("Kind"), _("Cash, staff or in kind.")),
        text("instrument", _("Instrument")),
        number("year", _("Year")),
        number("year_end", _("To year")),
        numbered(text("amount", _("Amount"), _("As reported, in its currency; never converted."))),
        text("currency", _("Currency"), _("ISO 4217 code.")),
        *cards.area(),
        cards.SLUG,
        cards.PATH,
        *cards.PROVENANCE,
    ),
    elsewhere=cards.left_out(areas=("area",), partners=("donor",)),
)
