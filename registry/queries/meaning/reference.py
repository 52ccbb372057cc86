"""What the fields of the reference book mean: articles, countries, decisions and terms."""

from articles.languages import LANGUAGES
from articles.models import (
    Annex,
    Article,
    Country,
    Decision,
    ExpectedContribution,
    NationalActionPlan,
    Party,
    Provision,
    Term,
)
from registry.queries.meaning.kinds import Fields, Schema, flag, many, of, one, text, whole
from registry.queries.meaning.records import PATH

_CODE = "Permanent code: the last part of its address."


def _in_languages(says: str) -> Schema:
    properties = {code: text(f"In {name}.") for code, name in LANGUAGES.items()}
    return {
        "type": "object",
        "description": says,
        "properties": properties,
        "required": ["en"],
        "additionalProperties": False,
    }


_TEXTS = {"type": "string"}
ARTICLE = of(
    Article,
    number={"type": "integer", "minimum": 1, "maximum": 35, "description": "Its number."},
    path=PATH,
    titles=_in_languages(
        "Official titles by UN language; one is left out where its wording is not certain."
    ),
    titles_seen_in=many(_TEXTS, "Languages whose wording was read in a copy of the text."),
    in_scope=flag("Whether it is one of Articles 3–14, to which records are mapped."),
    summary="What it asks for, in plain words; not the text of the treaty.",
    provisions=many("Provision", "Its numbered paragraphs."),
    contributions=many("Expected", "What the Partnership may contribute (PAG-6 §11–16)."),
    annexes=many("Annex", "Annexes that belong to it."),
    areas=many(_TEXTS, "Codes of the Partnership areas that chiefly serve it."),
    areas_basis=text("Where the areas were read. Blank: not recorded."),
)
COUNTRY = of(
    Country,
    code="ISO 3166-1 alpha-2.",
    alpha3="ISO 3166-1 alpha-3.",
    m49="UN M49 number, three figures.",
    path=PATH,
    names=_in_languages("UN names by language."),
    region=text("Region of UN M49. Blank: none."),
    region_code=text("Its M49 number. Blank: none."),
    subregion=text("Sub-region of UN M49. Blank: none."),
    subregion_code=text("Its M49 number. Blank: none."),
    intermediate_region=text("Intermediate region of UN M49. Blank: none."),
    un_status="Its standing at the United Nations.",
    un_regional_group="Regional group at the United Nations.",
    is_ldc="Whether it is a least developed country.",
    ldc_graduation_on="When it leaves or left that group.",
    is_lldc="Whether it is a landlocked developing country.",
    is_sids="Whether it is a small island developing State.",
    party=one("Party", "Its standing towards the Convention.", is_null=True),
    action_plans=many("ActionPlan", "National action plans on gold mining (Article 7(3))."),
)
DECISION = of(
    Decision,
    slug=_CODE,
    path=PATH,
    code="Its code, such as MC-4/3; only where it is certain.",
    cop={
        "type": "integer",
        "minimum": 1,
        "description": "Number of the Conference of the Parties.",
    },
    year="Year of the conference.",
    articles=many("ArticleCard", "Articles that it is about."),
    kind="What kind of decision it is.",
    subject="What was decided, in our words.",
    basis="What of it was seen.",
    source="Where it was seen.",
)
TERM = of(
    Term,
    slug=_CODE,
    path=PATH,
    term="The term or abbreviation.",
    expansion="What it stands for.",
    kind="What kind of word it is.",
    articles=many("ArticleCard", "Articles in which it matters."),
    meaning="What it means, in plain words.",
)

REFERENCE: dict[str, tuple[str, Fields]] = {
    "article": ("An article of the Minamata Convention on Mercury.", ARTICLE),
    "country": ("A country or area of the UN list M49, or the European Union.", COUNTRY),
    "decision": ("A decision of the Conference of the Parties.", DECISION),
    "term": ("A term of the field.", TERM),
}

PARTS: dict[str, Schema] = {
    "Provision": whole(
        "A numbered paragraph of an article, summed up in plain words.",
        of(
            Provision,
            paragraph="Its number, such as 7.3(a).",
            summary="What it says, in plain words.",
            kind="Whether it binds, allows or sets up.",
            deadline="By when, in the words of the text.",
        ),
    ),
    "Expected": whole(
        "What the Partnership may contribute to an article in one phase (PAG-6 §11–16).",
        of(
            ExpectedContribution,
            phase="Before or after entry into force.",
            text="What it may contribute.",
            paragraphs=many(_TEXTS, "Paragraphs of PAG-6 that it rests on, such as 13(b)."),
            mapping="Whether the paragraph names the article.",
            mapping_note="More on the mapping.",
        ),
    ),
    "Annex": whole(
        "An annex to the Convention.",
        of(Annex, code="Its letter.", title="Its title."),
    ),
    "Party": whole(
        "A country's standing towards the Convention; only `party` is bound by it.",
        of(
            Party,
            status="Bound by it, or signed and not yet joined.",
            signed_on="When it signed.",
            consent_on="When its instrument was deposited.",
            consent_kind="How it consented to be bound.",
            in_force_on="When the Convention enters or entered into force for it.",
            order_number="Its place in the order of joining.",
            as_of="The day that the source speaks of.",
            source="Where it was seen.",
            cross_check="What a second source says.",
            note="Remark.",
        ),
    ),
    "ActionPlan": whole(
        "A national action plan on artisanal and small-scale gold mining (Article 7(3)).",
        of(
            NationalActionPlan,
            submission_year="Year in which it was submitted.",
            published_by="The day on which it was found to be published.",
            language="Language of the plan, ISO 639-1.",
            source="Where it was found.",
            official_page="Official page that lists the plans.",
            note="Remark.",
        ),
    ),
}
