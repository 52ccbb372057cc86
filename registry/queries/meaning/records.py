"""What the fields of the registry's own nouns mean."""

from registry.models import (
    Activity,
    ActivityRegion,
    Area,
    Contribution,
    Guidance,
    Meeting,
    Partner,
    Role,
)
from registry.queries.meaning.cards import PARTNER
from registry.queries.meaning.kinds import Fields, Schema, choice, column, many, of, one, text

PATH = text("Path of the record's page on this site; it never changes.", pattern="^/")
_SLUG = "Permanent code: the last part of the record's address, never changed, never re-used."
_PROVENANCE = {
    "source": "Where the facts were seen: an address or a citation.",
    "source_system": "The system that it was taken from.",
    "external_id": "Its identifier in that system.",
    "created_at": "When it came into the registry, UTC.",
    "updated_at": "When it was last changed, UTC.",
    "version": "Counts the accepted changes, from 1.",
}
_AREAS = many("AreaCard", "Partnership areas that it belongs to; none means cross-cutting.")
_SERVED = many("ArticleServed", "Articles 3–14 of the Convention that it serves.")


def _kept(model: type, **fields: str | Schema) -> Fields:
    return of(model, **fields, **_PROVENANCE)


AREA = _kept(
    Area,
    slug=_SLUG,
    path=PATH,
    number="Number of the area.",
    name="Name of the Partnership area (PAG-6 §3b).",
    short_name="The name as lists show it.",
    description="What the area is about.",
    objective="What it wants to reach.",
    leads=many("PartnerCard", "Organisations that lead the area or led it at some time."),
    articles=many("ArticleCard", "Articles that it chiefly serves (PAG-6 §13, figure 1)."),
    articles_basis="Where the articles were read.",
    priority_actions=many("PriorityAction", "Priority actions of its business plan."),
)
PARTNER = PARTNER | _kept(
    Partner,
    path=PATH,
    other_names=many({"type": "string"}, "Other names: former, translated or as a list spells it."),
    type="Kind of organisation.",
    country=one("CountryCard", "Country of the seat.", is_null=True),
    is_association="Whether it represents other entities, which are counted apart (PAG-6 §3d).",
    represented_by=one(
        "PartnerCard", "The association that represents it, for `represented` ones.", is_null=True
    ),
    represented_count="How many entities the association says that it represents.",
    areas=many("AreaCard", "Partnership areas in which it works."),
    areas_led=many("AreaCard", "Partnership areas that it leads or led."),
    website="Its web site.",
    evidence="How it is known to be a partner.",
    involvement="What it did, where it is not a partner.",
    joined="When it joined the Partnership.",
    left="When it left the Partnership.",
    source_year="The year that the source speaks of.",
    areas_source="Where its areas were seen.",
)
_CONFIRM_DUE: Schema = {
    "type": ["string", "null"],
    "format": "date",
    "description": "Day from which a partner is asked to confirm it again. Null where no partner "
    "ever confirmed it, and where it is completed.",
}
_SURE = choice(
    "How sure it is that this still holds: `fresh` until `confirm_due`, then `due` for 90 days, "
    "`overdue` for 365, and `silent`; `silent` too where no partner ever confirmed it. Blank: it "
    "is completed and needs no confirming.",
    dict(Activity.Freshness.choices),
)
_FRESHNESS: Schema = _SURE | {"enum": [*_SURE["enum"], ""]}
ACTIVITY = _kept(
    Activity,
    slug=_SLUG,
    reference="Permanent reference, to say over the telephone: A-1042-7.",
    path=PATH,
    title="Title of the activity.",
    summary="What is done, where and why.",
    kind="What kind of effort it is: one of the seven key roles of PAG-6 §5, or §16a.",
    role=choice(
        "The key role (PAG-6 §5), where the kind is one.", dict(Role.choices), is_blank=True
    ),
    level="Global, regional or national support (PAG-6 §11–16).",
    attribution="On what ground it is attributed to the Partnership (PAG-6 §4).",
    status="By the dates where they prove it, otherwise as reported.",
    reported_status="The status as a source states it.",
    start="When it began or begins.",
    end="When it ended or ends.",
    phase="Before or after entry into force, 16 August 2017 (PAG-6 §11–16), by its dates.",
    gef_id="Project number of the Global Environment Facility.",
    url="Its page at the source.",
    links=many("Link", "Further pages about it."),
    areas=_AREAS,
    articles=_SERVED,
    countries=many("CountryCard", "Countries where it takes place or that take part in it."),
    regions=many(
        {k: v for k, v in column(ActivityRegion, "region", "").items() if k != "description"},
        "UNEP regions that it covers; Central Asia, the Caucasus and Türkiye are under Europe.",
    ),
    partners=many("Participant", "Who takes part, and how."),
    funding=many("FundingLine", "Amounts that sources give, as reported (PAG-6 §17–24)."),
    outputs=many("TitledCard", "Guidance that it produced."),
    confirmed_on="When a partner last confirmed it.",
    confirm_every="Months between confirmations; 12 where it is not said.",
    confirm_due=_CONFIRM_DUE,
    freshness=_FRESHNESS,
)
GUIDANCE = _kept(
    Guidance,
    slug=_SLUG,
    path=PATH,
    title="Title of the document, tool, course or data set.",
    subtitle="Often an edition or a document number.",
    kind="What it is.",
    role="The key role that it serves (PAG-6 §5).",
    year="Year of this edition.",
    abstract="What it says, in our words.",
    url="Landing page or file.",
    editions=many("Edition", "The languages in which it exists."),
    named_in_pag6="Paragraph of PAG-6 that names it, or the kind of guidance it answers (§8).",
    areas=_AREAS,
    articles=_SERVED,
    publishers=many("PartnerCard", "Who published it, in the order of the title page."),
    relations=many("RelatedCard", "Documents that it replaces or translates."),
    related_from=many("RelatedCard", "Documents that replace or translate this one."),
    produced_by=many("TitledCard", "Activities that produced it."),
)
MEETING = _kept(
    Meeting,
    slug=_SLUG,
    path=PATH,
    title="Title of the meeting.",
    kind="What kind of meeting it is.",
    start="First day.",
    end="Last day.",
    place="City, or “Online”.",
    country=one("CountryCard", "Country where it was held.", is_null=True),
    area=one("AreaCard", "The Partnership area that met.", is_null=True),
)
CONTRIBUTION = _kept(
    Contribution,
    slug=_SLUG,
    path=PATH,
    donor=one("PartnerCard", "Who gives."),
    purpose="What it is for, in the words of the source.",
    serves="Whether it pays for activities or for the secretariat (PAG-6 §17–24).",
    kind="Cash, staff or in kind.",
    instrument="The programme or agreement by which it is given.",
    year="Year of the gift, or the first one.",
    year_end="Last year, where it runs over several.",
    amount="The amount as a source gives it; never converted.",
    currency="Currency of the amount, ISO 4217.",
    area=one("AreaCard", "The Partnership area that it serves.", is_null=True),
)

RECORDS: dict[str, tuple[str, Fields]] = {
    "area": ("An area of work of the Partnership (PAG-6 §3b).", AREA),
    "partner": ("A partner, or another organisation that a record names.", PARTNER),
    "activity": ("A project, campaign, training or other effort (PAG-6 §4).", ACTIVITY),
    "guidance": ("A publication, tool, course or data set (PAG-6 §8).", GUIDANCE),
    "meeting": ("A meeting, held or planned.", MEETING),
    "contribution": ("What a donor gives to the Partnership (PAG-6 §17–24).", CONTRIBUTION),
}
