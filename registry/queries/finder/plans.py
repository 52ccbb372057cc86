"""National action plans on gold mining (Article 7, paragraph 3): a country's own, and others'."""

from dataclasses import dataclass

from articles.models import NationalActionPlan
from registry.queries.finder import likeness
from registry.queries.finder.likeness import Likeness
from registry.queries.representation import Body

MOST = 8


@dataclass(frozen=True)
class Plan:
    """A plan that was found published, and how like its country is to the one asked for."""

    code: str
    language: str
    published_by: str
    submission_year: int | None
    official_page: str
    note: str
    likeness: Likeness | None = None


def of(country: Body) -> list[Plan]:
    """The plans of a country, as the public reads it."""
    return [
        Plan(
            country["code"],
            plan["language"],
            plan["published_by"],
            plan["submission_year"],
            plan["official_page"],
            plan["note"],
        )
        for plan in country["action_plans"]
    ]


def elsewhere(country: str) -> list[Plan]:
    """The plans of countries like this one, the most alike first; without a country, all plans."""
    found = NationalActionPlan.objects.order_by("country_id", "language")
    if not country:
        return [_plan(plan, None) for plan in found]
    traits = likeness.traits()
    one = traits[country]
    pairs = ((plan, likeness.likeness(one, traits[plan.country_id])) for plan in found)
    alike = [_plan(plan, like) for plan, like in pairs if like]
    # Sorting keeps the order by code of those that are equally alike.
    return sorted(alike, key=lambda plan: -plan.likeness.points)[:MOST]


def _plan(plan: NationalActionPlan, like: Likeness | None) -> Plan:
    return Plan(
        plan.country_id,
        plan.language,
        plan.published_by,
        plan.submission_year,
        plan.official_page,
        plan.note,
        like,
    )
