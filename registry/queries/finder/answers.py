"""The whole answer of the finder, as plain data: the page and the brief rest on the same."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from registry.models import Partner
from registry.queries import statistics
from registry.queries.articles import listing
from registry.queries.figures import Number
from registry.queries.finder import duties, likeness, plans, reading, who
from registry.queries.finder.asked import Asked
from registry.queries.finder.duties import Duties, Standing
from registry.queries.finder.likeness import Likeness, Near
from registry.queries.finder.needs import By
from registry.queries.finder.plans import Plan
from registry.queries.finder.reading import Group, Read
from registry.queries.finder.who import TakesPart
from registry.queries.representation import Body

GOLD_MINING = 7
FEW = 6
MOST_ALIKE = 8
MOST_WEIGHED = 200


@dataclass(frozen=True)
class Alike:
    """A country that is like the one asked for, with what it does on the article."""

    likeness: Likeness
    activities: Number


@dataclass(frozen=True)
class Answer:
    """All that the finder says on one article; `country` is None where none was asked for."""

    asked: Asked
    today: dt.date
    article: Body
    country: Body | None
    standing: Standing | None
    duties: Duties
    languages: tuple[Read, ...]
    guidance: list[Group]
    with_words: Number | None
    own: Number
    own_activities: list[Body]
    alike: list[Alike]
    near: Number
    near_activities: list[Near]
    without_country: Number
    partners: list[TakesPart]
    others: list[TakesPart]
    plans: list[Plan]
    plans_elsewhere: list[Plan]

    @property
    def number(self) -> int:
        """The article's number."""
        return self.article["number"]

    @property
    def guidance_count(self) -> int:
        """How many documents there are on the article: each group's, since none is in two."""
        return sum(group.number.count for group in self.guidance)

    @property
    def regional_centres(self) -> list[TakesPart]:
        """Those who by their own name are Regional Centres of the Basel or Stockholm Convention."""
        return [each for each in (*self.partners, *self.others) if each.is_regional_centre]

    @property
    def is_on_gold_mining(self) -> bool:
        """Whether national action plans belong to it (Article 7, paragraph 3)."""
        return self.number == GOLD_MINING


def answer(
    asked: Asked, *, article: Body, country: Body | None, language: str, today: dt.date
) -> Answer:
    """What the registry has on the article asked for, seen from the country asked for.

    `article` and `country` are as the public reads them, `language` is that of the page. Without a
    country, activities and partners are those of all countries.
    """
    number = article["number"]
    standing = duties.standing(country, today) if country else None
    tongues = [plan["language"] for plan in country["action_plans"]] if country else []
    read = reading.languages_read(asked.language, tongues, language)
    words = _words(asked)
    return Answer(
        asked=asked,
        today=today,
        article=article,
        country=country,
        standing=standing,
        duties=duties.all_of(article, standing, today),
        languages=read,
        guidance=reading.groups(number, read, words),
        with_words=_number("guidance", article=str(number), q=words) if words else None,
        plans=plans.of(country) if country and number == GOLD_MINING else [],
        plans_elsewhere=plans.elsewhere(asked.country) if number == GOLD_MINING else [],
        **_activities(asked.country, number),
    )


def _words(asked: Asked) -> str:
    """The words that documents are looked through for: those that led to the article, or all."""
    chosen = asked.need.chosen
    if chosen.by == By.VOCABULARY:
        return " ".join(chosen.words)
    return asked.need.words


def _activities(country: str, number: int) -> dict[str, Any]:
    """What is done on the article: in the country itself, in countries like it, by whom."""
    article = {"article": str(number)}
    alike = _alike(country, number) if country else []
    codes = ",".join(each.likeness.code for each in alike)
    own = {**article, "country": country} if country else article
    near = {**article, "country": codes, "not_country": country}
    among = {**article, "country": ",".join(filter(None, (country, codes)))} if country else article
    bodies = listing("activity", **near).bodies(0, MOST_WEIGHED) if codes else []
    partners = who.takes_part(among)
    return {
        "own": _number("activity", **own),
        "own_activities": listing("activity", **own).bodies(0, FEW),
        "alike": alike,
        "near": _number("activity", **near) if codes else Number("activity", 0, None),
        "near_activities": likeness.nearest(bodies, [each.likeness for each in alike])[:FEW],
        "without_country": _number("activity", **article, country="none"),
        "partners": [each for each in partners if each.standing == Partner.Standing.PARTNER],
        "others": [each for each in partners if each.standing != Partner.Standing.PARTNER],
    }


def _number(noun: str, **filters: str) -> Number:
    return Number(noun, listing(noun, **filters).count(), tuple(filters.items()))


def _alike(country: str, number: int) -> list[Alike]:
    """The countries most like this one that do anything on the article."""
    counts = listing("activity", article=str(number)).found.counts("country")
    traits = likeness.traits()
    found = likeness.most_alike(traits[country], traits.values(), counts, MOST_ALIKE)
    return [
        Alike(
            each,
            Number(
                "activity",
                counts[each.code],
                (("article", str(number)), ("country", each.code)),
            ),
        )
        for each in found
    ]


def overview(country: str) -> list[tuple[int, Number, Number]]:
    """Each article with its guidance and with a country's activities on it, each with its list."""
    documents = {n: cell.guidance for n, cell in statistics.by_article().items()}
    filters = {"country": country} if country else {}
    counts = listing("activity", **filters).found.counts("article")
    return [
        (
            number,
            Number("guidance", n or 0, (("article", str(number)),)),
            Number(
                "activity",
                counts.get(str(number), 0),
                (("article", str(number)), *filters.items()),
            ),
        )
        for number, n in documents.items()
    ]
