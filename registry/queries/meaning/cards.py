"""The cards by which one record shows another, and the rows that belong to a record."""

from articles.models import Country
from registry.models import (
    ActivityArticle,
    ActivityLink,
    Area,
    Edition,
    FundingLine,
    Guidance,
    GuidanceRelation,
    Participation,
    Partner,
    PriorityAction,
)
from registry.queries.meaning.kinds import Schema, of, one, text, whole

_AREA = of(
    Area,
    slug="Code of the area; the last part of its address.",
    name="Name of the Partnership area (PAG-6 §3b).",
    short_name="The name as lists show it.",
)
_ARTICLE = {
    "number": {
        "type": "integer",
        "minimum": 1,
        "maximum": 35,
        "description": "Number of the article of the Convention.",
    },
    "title": text("Its official English title.", maxLength=200),
}
_COUNTRY = of(Country, code="Code of the country, ISO 3166-1 alpha-2.") | {
    "name": text("Its English name in the UN list M49.", maxLength=100)
}
PARTNER = of(
    Partner,
    slug="Code of the organisation; the last part of its address.",
    name="Name of the organisation.",
    acronym="Its acronym.",
    standing="Only a `partner` is a partner and counted as one (PAG-6 §3d).",
)
_TITLED = of(
    Guidance,
    slug="Code of the record; the last part of its address.",
    title="Title of the record.",
)
_SERVED = _ARTICLE | of(
    ActivityArticle,
    basis="Whether a source names the article (`stated`) or we read it so (`inferred`).",
)
_PARTICIPANT = PARTNER | of(Participation, role="What the organisation does in the activity.")

CARDS: dict[str, Schema] = {
    "AreaCard": whole("A Partnership area, as other records show it.", _AREA),
    "ArticleCard": whole("An article of the Convention, as other records show it.", _ARTICLE),
    "ArticleServed": whole("An article that a record serves, and how that is known.", _SERVED),
    "CountryCard": whole("A country, as other records show it.", _COUNTRY),
    "PartnerCard": whole("An organisation, as other records show it.", PARTNER),
    "Participant": whole("An organisation and what it does in an activity.", _PARTICIPANT),
    "TitledCard": whole("A record that has a title, as other records show it.", _TITLED),
    "RelatedCard": whole(
        "Another document, and how the two stand to each other.",
        of(GuidanceRelation, kind="How the one stands to the other.") | _TITLED,
    ),
    "Edition": whole(
        "The document in one language.",
        of(
            Edition,
            language="Language, ISO 639-1.",
            url="Address of this edition; without one, the landing page leads to it.",
        ),
    ),
    "FundingLine": whole(
        "An amount that a source gives for an activity. Amounts are never converted or added up.",
        {
            "funder": one("PartnerCard", "Who gives it; null: the whole budget.", is_null=True),
            **of(FundingLine, amount="The amount as reported.", currency="Currency, ISO 4217."),
        },
    ),
    "Link": whole(
        "A further page.", of(ActivityLink, label="What the page is.", url="Address of the page.")
    ),
    "PriorityAction": whole(
        "An objective or priority action of the area's business plan.",
        of(
            PriorityAction,
            title="What is to be done.",
            indicator="Target, deadline or baseline, where one is given.",
            source="Where it was read.",
        ),
    ),
}
