"""How alike two organisations are by their names, acronyms and web sites, and why. Pure.

A score is a sum, as for activities (`registry.queries.alike.scores`); what is shown is the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA, JaroWinkler

from articles.folding import fold
from articles.gist import EMPTY, Gist, gist
from articles.stemming import tokens
from registry.queries.alike import titles
from registry.queries.alike.facts import plain_text
from registry.queries.alike.letters import is_mixed, skeleton
from registry.queries.alike.rarity import Rarity
from registry.queries.alike.reasons import Reason
from registry.queries.alike.scores import Likeness

# What a name that is the same counts, and one that looks the same; nearer names count more.
NAME, FROM = 0.75, 0.4
ACRONYM, INITIALS, HOST = 0.5, 0.6, 0.5
SAME_COUNTRY, OTHER_COUNTRY = 0.05, -0.25
# What is left of two bodies of different governments, whose names are bound to be alike.
OTHER_STATE = 0.2
# From here on names are called similar and nearly the same.
LIKE, NEAR = 0.6, 0.85
SHORTEST_ACRONYM = 3
# Names compared letter by letter are no shorter; those less near are not near at all.
SHORTEST, LETTERS = 6, 0.88
MOST_NAMES = 20

# Words of which the names of ministries and agencies are made everywhere.
OF_STATE = frozenset(
    "affairs agency agriculture authority board bureau change chemicals climate department "
    "development directorate ecology energy environment environmental federal fisheries food "
    "forestry forests general government health industry labour labor lands management minerals "
    "mines mining ministry national natural nature office planning protection public regulatory "
    "republic resources science secretariat service state sustainable technology tourism trade "
    "water ministere ministerio environnement ambiente medio sante salud".split()
)
# Sites on which anybody has a page.
ANYBODYS = ("blogspot.com", "facebook.com", "linkedin.com", "google.com", "wixsite.com")
ANYBODYS += ("wordpress.com", "twitter.com", "x.com", "youtube.com", "instagram.com", "github.io")


@dataclass(frozen=True)
class Organisation:
    """What an organisation is told by: its names, the first being the one it goes by."""

    names: tuple[str, ...]
    acronym: str
    country: str
    host: str

    @cached_property
    def gists(self) -> dict[str, Gist]:
        """What each name says, read as it looks."""
        return {
            name: gist(skeleton(n) if is_mixed(n) else n) for name in self.names for n in [name]
        }

    @cached_property
    def countries(self) -> frozenset[str]:
        """The country of its seat; where none is given, those in its names."""
        if self.country:
            return frozenset({self.country})
        return frozenset().union(*(each.countries for each in self.gists.values()))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The acronym without dots and spaces; blank ones and very short ones are left out."""
        return frozenset(filter(_is_long, [_letters(self.acronym)]))

    @cached_property
    def initials(self) -> frozenset[str]:
        """What the names would be abbreviated to, and names that are an acronym themselves."""
        each = [_initials(name) for name in self.names] + [_letters(name) for name in self.names]
        return frozenset(filter(_is_long, each))


def of_values(values: Any) -> Organisation:
    """The organisation in the plain values of a partner, however incomplete; never raises."""
    values = values if isinstance(values, Mapping) else {}
    others = values.get("other_names")
    others = others if isinstance(others, list | tuple) else ()
    named = [values.get("name"), *(o.get("name") if isinstance(o, Mapping) else o for o in others)]
    country = values.get("country")
    return Organisation(
        names=tuple(dict.fromkeys(filter(None, map(plain_text, named[:MOST_NAMES])))),
        acronym=plain_text(values.get("acronym")),
        country=plain_text(country.get("code") if isinstance(country, Mapping) else country),
        host=host_of(plain_text(values.get("website"))),
    )


# A partner's public representation has the same names for the same things.
of_body = of_values


def host_of(url: str) -> str:
    """The host of a web site without “www.”; blank for none and for sites that are anybody's."""
    try:
        host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    is_host = re.fullmatch(r"[^\s./]+(\.[^\s./]+)+", host)
    return host if is_host and not host.endswith(ANYBODYS) else ""


def organisations(mine: Organisation, theirs: Organisation, rarity: Rarity) -> Likeness:
    """How alike two organisations are."""
    near, reason, named = _name(mine, theirs, rarity)
    points = [(near, reason), *_acronyms(mine, theirs), _host(mine, theirs), _country(mine, theirs)]
    score = sum(point for point, _ in points)
    is_elsewhere = mine.countries and theirs.countries and not mine.countries & theirs.countries
    if is_elsewhere and _is_of_state(named) and mine.host != theirs.host:
        score = min(score, OTHER_STATE)
    ordered = sorted((-point, at) for at, (point, why) in enumerate(points) if why)
    reasons = tuple(points[at][1] for _, at in ordered)
    return Likeness(round(min(max(score, 0.0), 1.0), 3), reasons)


type Point = tuple[float, Reason | None]


def _name(
    mine: Organisation, theirs: Organisation, rarity: Rarity
) -> tuple[float, Reason | None, str]:
    """What the nearest pair of names counts, why, and their one."""
    pairs = [(_near(m, t, mine, theirs, rarity), t) for m in mine.names for t in theirs.names]
    near, name = max(pairs, default=(0.0, ""), key=lambda pair: pair[0])
    points = NAME * max(near - FROM, 0.0) / (1 - FROM)
    folded = set(map(fold, mine.names))
    if near == 1.0 and fold(name) in folded:
        return points, Reason("same-name", (name,)), name
    if near >= NEAR and _is_disguised(mine, theirs, name):
        return points, Reason("letters", (name,)), name
    code = "near-name" if near >= NEAR else "like-name" if near >= LIKE else ""
    return points, Reason(code, (name,)) if code else None, name


def _near(m: str, t: str, mine: Organisation, theirs: Organisation, rarity: Rarity) -> float:
    """How near two names are, from 0 to 1: by their words, and letter by letter."""
    one, other = skeleton(m), skeleton(t)
    if one == other:
        return 1.0
    ours, others = mine.gists[m], theirs.gists[t]
    near = titles.closeness(ours, others, rarity.weight)
    if not ours.words and not others.words and ours.countries == others.countries:
        return 1.0  # a country, in two languages
    if min(len(one), len(other)) >= SHORTEST and one[0] == other[0]:
        letters = max(
            OSA.normalized_similarity(one, other),
            # It forgives what is added at the end, so of long names it would forgive all.
            JaroWinkler.similarity(one, other) if max(len(one), len(other)) < 20 else 0.0,
        )
        near = max(near, letters if letters >= LETTERS else 0.0)
    return near


def _is_disguised(mine: Organisation, theirs: Organisation, name: str) -> bool:
    looks = {skeleton(each) for each in mine.names}
    return any(map(is_mixed, (*mine.names, name))) or skeleton(name) in looks


def _is_of_state(name: str) -> bool:
    """Whether a name is made of words that any country's ministries and agencies are made of."""
    words = gist(name).words.values()
    return all(word in OF_STATE for word in words)


def _acronyms(mine: Organisation, theirs: Organisation) -> Iterator[Point]:
    if mine.acronyms & theirs.acronyms:
        yield ACRONYM, Reason("acronym", (theirs.acronym,))
    elif mine.acronyms & theirs.initials:
        yield INITIALS, Reason("initials", (theirs.names[0],))
    elif theirs.acronyms & mine.initials:
        yield INITIALS, Reason("initials", (theirs.acronym,))


def _host(mine: Organisation, theirs: Organisation) -> Point:
    is_same = mine.host and mine.host == theirs.host
    return (HOST, Reason("host", (mine.host,))) if is_same else (0.0, None)


def _country(mine: Organisation, theirs: Organisation) -> Point:
    if not mine.countries or not theirs.countries:
        return 0.0, None
    return (SAME_COUNTRY if mine.countries & theirs.countries else OTHER_COUNTRY), None


def _letters(text: str) -> str:
    return "".join(tokens(skeleton(text)))


def _initials(name: str) -> str:
    words: Iterable[str] = (word for word in tokens(name) if word not in EMPTY)
    return "".join(word[0] for word in words)


def _is_long(letters: str) -> bool:
    return len(letters) >= SHORTEST_ACRONYM
