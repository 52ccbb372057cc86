"""The page of an area: what it serves, who is at work in it, and the list behind each number."""

from typing import Any

from django.utils.translation import gettext as _

from registry.queries import statistics
from registry.queries.representation import Body
from registry.web import relations, slices
from registry.web.citing import cite
from registry.web.records import fetch
from registry.web.relations import Relation

MOST_ACTIVE = 8


def context(slug: str) -> dict[str, Any]:
    """All that the page of an area shows."""
    area = fetch("area", slug)
    found = _relations_of_area(slug)
    has_activities = any(each.name == "activities" for each in found)
    activities = ("area", slug) if has_activities else None
    return {
        "area": area,
        "stats": [
            relations.stat("activity", at="#activities", area=slug),
            relations.stat("guidance", at="#guidance", area=slug),
            relations.stat("partner", at="#partners", area=slug, standing="partner"),
            relations.stat("meeting", at="#meetings", area=slug),
        ],
        "partners": relations.stat("partner", area=slug, standing="partner"),
        "most_active": statistics.most_active(slug, MOST_ACTIVE),
        "served": slices.of_area(slug),
        "relations": found,
        "cite": cite("area", area, _named(area), activities=activities),
    }


def _named(area: Body) -> str:
    name = area["name"]
    return name[:1].upper() + name[1:]


def _relations_of_area(slug: str) -> list[Relation]:
    hidden = {"hides": "area", "area": slug}
    found = [
        relations.of_list("activity", _("Activities"), name="activities", **hidden),
        relations.of_list("guidance", _("Guidance"), name="guidance", **hidden),
        relations.of_list("meeting", _("Meetings"), name="meetings", **hidden),
        relations.of_list("contribution", _("Contributions"), name="contributions", **hidden),
    ]
    return [each for each in found if each.count]
