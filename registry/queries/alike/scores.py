"""How alike two activities or two documents are, from 0 to 1, and why. Pure.

A score is a sum of what speaks for one and the same thing and what speaks against it:

| what they have in common      | activity     | document | against, where both say it and differ |
|-------------------------------|--------------|----------|---------------------------------------|
| GEF number, identifier        | KEY          | KEY      | OTHER_GEF                             |
| web address                   | ADDRESS      | FILE     |                                       |
| title                         | up to TITLE  | same     | its numbers (`titles`)                |
| summary                       | up to SUMMARY| same     |                                       |
| countries (of a document: in its title) | up to PLACE | | ELSEWHERE                         |
| years                         | PERIOD       | YEAR     | OTHER_TIME                            |
| partners who do the work      | up to PARTNER| same     | OTHER_LEAD                            |
| articles and areas            | up to SUBJECT| same     |                                       |

So a title alone is enough, if it is nearly the same; a title that is only similar needs the same
country, years and partner beside it; and a series of like projects, one in each country, is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.queries.alike import titles
from registry.queries.alike.facts import Facts
from registry.queries.alike.rarity import Rarity
from registry.queries.alike.reasons import Reason

# What is shown: at and above this score. Documents of one publisher have more in common anyway.
SHOWN, SHOWN_DOCUMENTS = 0.45, 0.55

KEY, OTHER_GEF = 0.9, -0.2
ADDRESS, FILE = 0.3, 0.4
TITLE, SUMMARY = 0.62, 0.25
PLACE, ELSEWHERE = 0.12, -0.4
PERIOD, YEAR, OTHER_TIME = 0.06, 0.06, -0.12
PARTNER, OTHER_LEAD = 0.1, -0.05
SUBJECT = 0.06

# Titles and summaries less near than this have nothing in common but the field.
TITLE_FROM, SUMMARY_FROM = 0.25, 0.4
# From here on titles are called similar, nearly the same, the same.
LIKE, NEAR, SAME = 0.5, 0.75, 0.99
LIKE_SUMMARY = 0.6
# A summary that stands within the other counts, if it has so many words.
WORDS_ENOUGH = 8

type Point = tuple[float, Reason | None]


@dataclass(frozen=True)
class Likeness:
    """A score from 0 to 1 and the reasons for it, the strongest first."""

    score: float
    reasons: tuple[Reason, ...] = ()


def activities(mine: Facts, theirs: Facts, rarity: Rarity) -> Likeness:
    """How alike two activities are."""
    return likeness(
        [
            *_keys(mine, theirs),
            _address(mine, theirs, ADDRESS),
            _title(mine, theirs, rarity),
            *_place_and_period(mine, theirs),
            _partners(mine, theirs, "partners"),
            _subject(mine, theirs),
            _summary(mine, theirs, rarity),
        ]
    )


def documents(mine: Facts, theirs: Facts, rarity: Rarity) -> Likeness:
    """How alike two guidance documents are; another edition or translation is much alike."""
    return likeness(
        [
            *_keys(mine, theirs),
            _address(mine, theirs, FILE),
            _title(mine, theirs, rarity),
            (min(_place(mine, theirs), 0.0), None),
            _year(mine, theirs),
            _partners(mine, theirs, "publishers"),
            _languages(mine, theirs),
            _subject(mine, theirs),
            _summary(mine, theirs, rarity),
        ]
    )


def likeness(points: list[Point]) -> Likeness:
    """What these points come to, and the reasons among them, the strongest first."""
    score = sum(point for point, _ in points)
    reasons = sorted((-point, at) for at, (point, reason) in enumerate(points) if reason)
    return Likeness(
        score=round(min(max(score, 0.0), 1.0), 3),
        reasons=tuple(points[at][1] for _, at in reasons),
    )


def _keys(mine: Facts, theirs: Facts) -> Iterator[Point]:
    if mine.gef and mine.gef == theirs.gef:
        yield KEY, Reason("gef", (mine.gef,))
    elif mine.gef and theirs.gef:
        yield OTHER_GEF, None
    if mine.identifier and mine.identifier == theirs.identifier and not mine.gef:
        yield KEY, Reason("identifier", mine.identifier[1:])


def _address(mine: Facts, theirs: Facts, points: float) -> Point:
    same = sorted(mine.urls & theirs.urls)
    return (points, Reason("url", tuple(same))) if same else (0.0, None)


def _title(mine: Facts, theirs: Facts, rarity: Rarity) -> Point:
    if mine.title and mine.title == theirs.title:
        return TITLE, Reason("same-title")
    near = titles.closeness(mine.gist, theirs.gist, rarity.weight)
    named = next((name for name, at in _TITLES if near >= at), "")
    return _above(TITLE_FROM, near) * TITLE, Reason(named) if named else None


_TITLES = (("near-title", NEAR), ("like-title", LIKE))


def _summary(mine: Facts, theirs: Facts, rarity: Rarity) -> Point:
    if not mine.summary or not theirs.summary:
        return 0.0, None
    shared = sum(map(rarity.weight, mine.summary & theirs.summary))
    ours, others = sum(map(rarity.weight, mine.summary)), sum(map(rarity.weight, theirs.summary))
    near = 2 * shared / (ours + others)
    if min(len(mine.summary), len(theirs.summary)) >= WORDS_ENOUGH:
        near = max(near, shared / min(ours, others))
    is_like = near >= LIKE_SUMMARY
    return _above(SUMMARY_FROM, near) * SUMMARY, Reason("summary") if is_like else None


def _above(least: float, value: float) -> float:
    return max(value - least, 0.0) / (1 - least)


def _place_and_period(mine: Facts, theirs: Facts) -> Iterator[Point]:
    place, period = _place(mine, theirs), _period(mine, theirs)
    years = _overlap(mine, theirs)
    shared = _names(mine.countries, theirs.countries)
    if shared and years:
        yield place + period, Reason("countries-and-years", (*shared, years))
    else:
        yield place, Reason("countries", shared) if shared else None
        yield period, Reason("years", (years,)) if years else None


def _place(mine: Facts, theirs: Facts) -> float:
    ours, others = mine.countries.keys(), theirs.countries.keys()
    if not ours or not others:
        return 0.0
    shared = len(ours & others)
    # One country of a programme in twelve: half of what the same country says.
    return PLACE * (shared / len(ours | others) + 1) / 2 if shared else ELSEWHERE


def _period(mine: Facts, theirs: Facts) -> float:
    if not mine.years or not theirs.years:
        return 0.0
    apart = max(mine.years[0], theirs.years[0]) - min(mine.years[1], theirs.years[1])
    return PERIOD if apart <= 0 else 0.0 if apart == 1 else OTHER_TIME


def _overlap(mine: Facts, theirs: Facts) -> str:
    """The years that both have, such as “2015–2017”; blank if none."""
    if not mine.years or not theirs.years:
        return ""
    first, last = max(mine.years[0], theirs.years[0]), min(mine.years[1], theirs.years[1])
    return "" if first > last else str(first) if first == last else f"{first}–{last}"


def _year(mine: Facts, theirs: Facts) -> Point:
    if not mine.years or not theirs.years:
        return 0.0, None
    if mine.years == theirs.years:
        return YEAR, Reason("year", (str(mine.years[0]),))
    return 0.0, None


def _partners(mine: Facts, theirs: Facts, code: str) -> Point:
    shared = mine.partners.keys() & theirs.partners.keys()
    if shared:
        share = len(shared) / len(mine.partners.keys() | theirs.partners.keys())
        return PARTNER * (share + 1) / 2, Reason(code, _names(mine.partners, theirs.partners))
    return (OTHER_LEAD if mine.leads and theirs.leads else 0.0), None


def _languages(mine: Facts, theirs: Facts) -> Point:
    others = theirs.languages - mine.languages
    is_other = mine.languages and others and not mine.languages & theirs.languages
    return 0.0, Reason("languages", tuple(sorted(others))) if is_other else None


def _subject(mine: Facts, theirs: Facts) -> Point:
    ours = {("area", each) for each in mine.areas} | {("article", each) for each in mine.articles}
    others = {("area", e) for e in theirs.areas} | {("article", e) for e in theirs.articles}
    if not ours or not others:
        return 0.0, None
    same_articles = bool(mine.articles) and mine.articles == theirs.articles
    same_areas = bool(mine.areas) and bool(mine.areas & theirs.areas)
    named = {(True, True): "articles-and-areas", (True, False): "articles", (False, True): "areas"}
    code = named.get((same_articles, same_areas), "")
    points = SUBJECT * len(ours & others) / len(ours | others)
    return points, Reason(code) if code else None


def _names(mine: dict, theirs: dict) -> tuple[str, ...]:
    """The names of the codes that both have."""
    return tuple(sorted(theirs[code] or mine[code] or code for code in mine.keys() & theirs.keys()))
