"""Every noun with all its values filled in, and a second set that differs in each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from registry.actions import activities, areas, contributions, meetings, partners
from registry.actions import guidance as documents
from registry.models import Record
from registry.permissions import SYSTEM
from tests import factories

_WHERE = {"source": "PAG-6 §3b", "source_system": "old list", "external_id": "4711"}
_ELSEWHERE = {"source": "A letter", "source_system": "post", "external_id": "0815"}


@dataclass(frozen=True)
class Case:
    """A noun: its actions, and two functions that give whole values, the slug left out."""

    actions: ModuleType
    first: Callable[[], dict]
    second: Callable[[], dict]

    @property
    def noun(self) -> str:
        return self.actions.SHAPE.model.noun

    def made(self) -> tuple[Record, dict]:
        """A record with the first values, and these as they are read back."""
        record = self.actions.create(values=self.given(self.first()), by=SYSTEM)
        return record, self.actions.SHAPE.read(record)

    def given(self, values: dict) -> dict:
        """The values to create a record with: an area has no other source of its slug."""
        return {"slug": "fish", **values} if self.noun == "area" else values


def _activity_first() -> dict:
    lead, funder = factories.partner().slug, factories.partner().slug
    areas_ = sorted([factories.area().slug, factories.area().slug])
    return {
        "title": "Retorts for the gold miners of Gaoué",
        "summary": "First line.\n\nSecond «line» with عربي and 汞.",
        "kind": "demonstration",
        "level": "national",
        "attribution": "partner",
        "reported_status": "ongoing",
        "start": "2014-03",
        "end": "2016-01-31",
        "gef_id": "T-1000",
        "url": "https://example.org/retorts",
        "confirmed_on": "2015-02-28",
        "confirm_every": 12,
        "participations": [
            {"partner": lead, "role": "lead"},
            {"partner": funder, "role": "funding"},
            {"partner": lead, "role": "implementing"},
        ],
        "areas": areas_,
        "articles": [{"article": 7, "basis": "stated"}, {"article": 14, "basis": "inferred"}],
        "countries": ["GN", "KE"],
        "regions": ["africa", "west-asia"],
        "funding_lines": [
            {"funder": None, "amount": "1000000.00", "currency": "USD"},
            {"funder": funder, "amount": "0.50", "currency": "EUR"},
        ],
        "links": [
            {"label": "Report", "url": "https://example.org/z"},
            {"label": "Photographs", "url": "https://example.org/a"},
        ],
        "outputs": [factories.guidance().slug],
        **_WHERE,
    }


def _activity_second() -> dict:
    return {
        "title": "Retorts for all",
        "summary": "",
        "kind": "inventory",
        "level": "regional",
        "attribution": "",
        "reported_status": "",
        "start": "2018",
        "end": "",
        "gef_id": "",
        "url": "",
        "confirmed_on": None,
        "confirm_every": None,
        "participations": [{"partner": factories.partner().slug, "role": "contributing"}],
        "areas": [],
        "articles": [{"article": 3, "basis": "stated"}],
        "countries": ["CI"],
        "regions": [],
        "funding_lines": [{"funder": None, "amount": "7.25", "currency": "CHF"}],
        "links": [{"label": "Photographs", "url": "https://example.org/a"}],
        "outputs": [],
        **_ELSEWHERE,
    }


def _guidance_first() -> dict:
    return {
        "title": "How to build a retort",
        "subtitle": "Second edition",
        "kind": "toolkit",
        "role": "capacity",
        "year": 2015,
        "abstract": "Pipes and fire.",
        "url": "https://example.org/retort.pdf",
        "named_in_pag6": "§8",
        "publishers": [factories.partner().slug, factories.partner().slug],
        "areas": [factories.area().slug],
        "articles": [{"article": 7, "basis": "stated"}],
        "editions": [
            {"language": "fr", "url": "https://example.org/retort-fr.pdf"},
            {"language": "en", "url": ""},
        ],
        "relations": [{"other": factories.guidance().slug, "kind": "replaces"}],
        **_WHERE,
    }


def _guidance_second() -> dict:
    return {
        "title": "How to mend a retort",
        "subtitle": "",
        "kind": "case-study",
        "role": "information",
        "year": None,
        "abstract": "",
        "url": "",
        "named_in_pag6": "",
        "publishers": [],
        "areas": [],
        "articles": [],
        "editions": [{"language": "en", "url": ""}],
        "relations": [{"other": factories.guidance().slug, "kind": "translation-of"}],
        **_ELSEWHERE,
    }


def _partner_first() -> dict:
    return {
        "name": "Amis du Lac",
        "acronym": "ADL",
        "standing": "partner",
        "type": "ngo",
        "country": "CI",
        "is_association": True,
        "represented_by": None,
        "represented_count": 12,
        "website": "https://example.org/lac",
        "evidence": "listed",
        "involvement": "Takes samples.",
        "source_year": 2014,
        "areas_source": "Its own page",
        "joined": "2009-11",
        "left": "",
        "other_names": ["Friends of the Lake", "Друзья озера"],
        "areas": [factories.area().slug],
        **_WHERE,
    }


def _partner_second() -> dict:
    return {
        "name": "Les Amis du Lac",
        "acronym": "",
        "standing": "represented",
        "type": "",
        "country": None,
        "is_association": False,
        "represented_by": factories.partner(is_association=True).slug,
        "represented_count": None,
        "website": "",
        "evidence": "",
        "involvement": "",
        "source_year": None,
        "areas_source": "",
        "joined": "2010",
        "left": "2016-05-01",
        "other_names": ["Amis du Lac"],
        "areas": [],
        **_ELSEWHERE,
    }


def _area_first() -> dict:
    return {
        "number": 900,
        "name": "Mercury in fish",
        "short_name": "Fish",
        "description": "What swims.",
        "objective": "Less of it in them.",
        "articles_basis": "Its business plan",
        "leads": [factories.partner().slug, factories.partner().slug],
        "articles": [9, 12],
        "priority_actions": [
            {"title": "Count them", "indicator": "By 2016", "source": "Plan, page 2"},
            {"title": "Ask the anglers", "indicator": "", "source": "Plan, page 1"},
        ],
        **_WHERE,
    }


def _area_second() -> dict:
    return {
        "number": 901,
        "name": "Mercury in fish and rice",
        "short_name": "Food",
        "description": "What is eaten.",
        "objective": "None of it in them.",
        "articles_basis": "",
        "leads": [factories.partner().slug],
        "articles": [],
        "priority_actions": [{"title": "Ask the anglers", "indicator": "", "source": "Plan"}],
        **_ELSEWHERE,
    }


def _meeting_first() -> dict:
    return {
        "title": "Seventh meeting of the group",
        "kind": "PAG",
        "start": "2015-10-07",
        "end": "2015-10-08",
        "place": "Dakar",
        "country": "SN",
        "area": factories.area().slug,
        **_WHERE,
    }


def _meeting_second() -> dict:
    return {
        "title": "Seventh meeting, resumed",
        "kind": "webinar",
        "start": "2016",
        "end": "",
        "place": "",
        "country": None,
        "area": None,
        **_ELSEWHERE,
    }


def _contribution_first() -> dict:
    return {
        "donor": factories.partner().slug,
        "purpose": "Three posts",
        "serves": "secretariat",
        "kind": "cash",
        "instrument": "Trust fund",
        "year": 2014,
        "year_end": 2016,
        "amount": "123456789.01",
        "currency": "USD",
        "area": factories.area().slug,
        **_WHERE,
    }


def _contribution_second() -> dict:
    return {
        "donor": factories.partner().slug,
        "purpose": "Two posts",
        "serves": "",
        "kind": "staff",
        "instrument": "",
        "year": None,
        "year_end": None,
        "amount": None,
        "currency": "",
        "area": None,
        **_ELSEWHERE,
    }


CASES = (
    Case(activities, _activity_first, _activity_second),
    Case(areas, _area_first, _area_second),
    Case(contributions, _contribution_first, _contribution_second),
    Case(documents, _guidance_first, _guidance_second),
    Case(meetings, _meeting_first, _meeting_second),
    Case(partners, _partner_first, _partner_second),
)
