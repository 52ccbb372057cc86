"""Counting that does not count twice: look-alikes once, programmes without their projects."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from registry.queries.quotable.material import Group, programme_of
from registry.queries.representation import Body


def repeated(activities: Sequence[Body], alike: Iterable[Group]) -> set[str]:
    """The slugs of look-alikes beyond the first of each group, among these activities."""
    here = {body["slug"] for body in activities}
    return {slug for group in alike for slug in sorted(here & set(group))[1:]}


def projects(activities: Sequence[Body]) -> set[str]:
    """The slugs of projects whose programme is among these activities, too."""
    here = {body["gef_id"] for body in activities}
    return {body["slug"] for body in activities if programme_of().get(body["gef_id"]) in here}


def budget(activity: Body) -> dict[str, Decimal] | None:
    """What an activity costs by currency, as reported; None where its figures cannot be added.

    Where one line tells a whole and others tell who pays, the whole is not known from the parts.
    """
    lines = [line for line in activity["funding"] if line["amount"]]
    if not lines:
        return {}
    if len(lines) > 1 and any(line["funder"] is None for line in lines):
        return None
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line["currency"]] = sums.get(line["currency"], Decimal()) + Decimal(line["amount"])
    return sums
