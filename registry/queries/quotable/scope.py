"""What statistics are about: a period, areas, articles; all of it where nothing is said."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.models import Activity
from registry.queries.representation import Body


@dataclass(frozen=True)
class Scope:
    """Years from `first` to `last`, both included; slugs of areas, numbers of articles.

    None and nothing stand for “not limited”.
    """

    first: int | None = None
    last: int | None = None
    areas: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()

    @property
    def has_period(self) -> bool:
        """Whether it is limited in time."""
        return self.first is not None or self.last is not None

    def holds(self, body: Body) -> bool:
        """Whether a record belongs to one of the areas and serves one of the articles."""
        areas = {card["slug"] for card in body.get("areas", ())}
        articles = {card["number"] for card in body.get("articles", ())}
        return (not self.areas or bool(areas & set(self.areas))) and (
            not self.articles or bool(articles & set(self.articles))
        )

    def went_on(self, activity: Body) -> bool | None:
        """Whether an activity went on in the period; None where its dates do not tell.

        Where one of its two days is known, that day decides; one that is still going on went on
        since it began.
        """
        first, last = year_of(activity["start"]), year_of(activity["end"])
        if first is None and last is None:
            return None
        if last is None:
            is_open = activity["status"] == Activity.Status.ONGOING
            return self.reaches(first, None if is_open else first)
        return self.reaches(last if first is None else first, last)

    def reaches(self, first: int, last: int | None) -> bool:
        """Whether years from `first` to `last` (None: until today) touch the period."""
        begins = self.last is None or first <= self.last
        return begins and (self.first is None or last is None or last >= self.first)

    def dated(self, activities: Sequence[Body]) -> tuple[list[Body], list[Body]]:
        """Those in scope that went on in the period, and those whose dates do not tell."""
        held = [body for body in activities if self.holds(body)]
        if not self.has_period:
            return held, []
        told = [(body, self.went_on(body)) for body in held]
        return [body for body, is_in in told if is_in], [b for b, is_in in told if is_in is None]

    def published(self, guidance: Sequence[Body]) -> tuple[list[Body], list[Body]]:
        """Documents in scope of the period's years, and those whose year is not recorded."""
        held = [body for body in guidance if self.holds(body)]
        if not self.has_period:
            return held, []
        known = [body for body in held if body["year"]]
        return [b for b in known if self.reaches(b["year"], b["year"])], [
            body for body in held if not body["year"]
        ]


def year_of(day: str) -> int | None:
    """The year of a day that is known as far as it is known; None for none."""
    return int(day[:4]) if day else None
