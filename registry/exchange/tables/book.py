"""The tables of the reference book: articles, countries, decisions, terms."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.languages import LANGUAGES
from registry.exchange.tables import cards
from registry.exchange.tables.columns import (
    Column,
    Table,
    flag,
    lines,
    number,
    numbered,
    part,
    several,
    text,
)


def _in_all_languages(stem: str, label: Any, field: str) -> tuple[Column, ...]:
    return tuple(
        part(f"{stem}_{code}", label, field, code, name) for code, name in LANGUAGES.items()
    )


ARTICLES = Table(
    noun="article",
    title=_("Articles"),
    columns=(
        number("number", _("Number")),
        *_in_all_languages("title", _("Title"), "titles"),
        several(
            "titles_seen_in",
            _("Titles checked in"),
            _("Languages whose wording was read in a copy of the text, separated by “; ”."),
        ),
        flag("in_scope", _("In scope"), _("Whether it is one of Articles 3–14.")),
        text("summary", _("Summary"), _("Plain words, not the text of the treaty.")),
        lines(
            "provisions",
            _("Provisions"),
            ("paragraph", "kind", "deadline", "summary"),
            _("“paragraph | kind | deadline | summary”, separated by “; ”."),
        ),
        lines(
            "contributions",
            _("What the Partnership may contribute"),
            ("phase", "mapping", "mapping_note", "paragraphs", "text"),
            _("“phase | mapping | note | paragraphs | text”, separated by “; ”."),
        ),
        lines("annexes", _("Annexes"), ("code", "title"), _("“code | title”, separated by “; ”.")),
        several(
            "areas", _("Areas"), _("Areas of work that serve it: identifiers, separated by “; ”.")
        ),
        text("areas_basis", _("Basis of the areas")),
        cards.PATH,
    ),
    elsewhere={},
)
COUNTRIES = Table(
    noun="country",
    title=_("Countries"),
    columns=(
        text("code", _("Code"), _("ISO 3166-1, two letters.")),
        text("alpha3", _("Code of three letters"), _("ISO 3166-1.")),
        text("m49", _("M49 number"), _("Three figures, with leading zeros.")),
        *_in_all_languages("name", _("Name"), "names"),
        text("region", _("Region"), _("UN M49.")),
        text("region_code", _("Code of the region"), _("UN M49.")),
        text("subregion", _("Subregion"), _("UN M49.")),
        text("subregion_code", _("Code of the subregion"), _("UN M49.")),
        text("intermediate_region", _("Intermediate region"), _("UN M49.")),
        text("un_status", _("Standing in the United Nations")),
        text("un_regional_group", _("UN regional group")),
        flag("is_ldc", _("Least developed country")),
        text("ldc_graduation_on", _("Graduates on"), _("Day on which it leaves that group.")),
        flag("is_lldc", _("Landlocked developing country")),
        flag("is_sids", _("Small island developing State")),
        part("party_status", _("Convention"), "party", "status", _("party or signatory.")),
        part("party_signed_on", _("Signed on"), "party", "signed_on"),
        part("party_consent_on", _("Consent on"), "party", "consent_on"),
        part("party_consent_kind", _("Kind of consent"), "party", "consent_kind"),
        part("party_in_force_on", _("In force on"), "party", "in_force_on"),
        numbered(part("party_order_number", _("Order of joining"), "party", "order_number")),
        part("party_as_of", _("Status as of"), "party", "as_of"),
        part("party_source", _("Source of the status"), "party", "source"),
        part("party_cross_check", _("Second source"), "party", "cross_check"),
        part("party_note", _("Note on the status"), "party", "note"),
        lines(
            "action_plans",
            _("National action plans"),
            ("submission_year", "published_by", "language", "source", "official_page", "note"),
            _("“year | found on | language | source | page | note”, separated by “; ”."),
        ),
        cards.PATH,
    ),
    elsewhere={},
)
DECISIONS = Table(
    noun="decision",
    title=_("Decisions"),
    columns=(
        text("code", _("Code"), _("Only where it is certain.")),
        number("cop", _("Conference of the Parties"), _("Number of the meeting.")),
        number("year", _("Year")),
        *cards.articles(),
        text("kind", _("Kind")),
        text("subject", _("Subject")),
        text("basis", _("Basis"), _("What was seen of it.")),
        cards.SLUG,
        cards.PATH,
        cards.SOURCE,
    ),
    elsewhere=cards.left_out(articles=True),
)
TERMS = Table(
    noun="term",
    title=_("Glossary"),
    columns=(
        text("term", _("Term")),
        text("expansion", _("Expansion")),
        text("kind", _("Kind")),
        *cards.articles(),
        text("meaning", _("Meaning")),
        cards.SLUG,
        cards.PATH,
    ),
    elsewhere=cards.left_out(articles=True),
)
