"""How alike two organisations are by their names, acronyms and web sites, and why. Pure.

A score is a sum, as for activities (`registry.queries.alike.scores`); what is shown is the same.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
from registry.queries.alike.scores import Likeness, Point, likeness

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
SHORTEST, LONG, LETTERS = 6, 20, 0.88
LONGEST, MOST_NAMES = 200, 20

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
class Name:
    """A name as written, as it looks, and what it says when it is read as it looks."""

    text: str
    looks: str
    gist: Gist


@lru_cache(maxsize=5_000)
def name(text: str) -> Name:
    """The name that is written so."""
    looks = skeleton(text)
    return Name(text, looks, gist(looks if is_mixed(text) else text))


@dataclass(frozen=True)
class Organisation:
    """What an organisation is told by: its names, the first being the one it goes by."""

    names: tuple[Name, ...]
    acronym: str
    country: str
    host: str

    @cached_property
    def countries(self) -> frozenset[str]:
        """The country of its seat; where none is given, those in its names."""
        if self.country:
            return frozenset({self.country})
        return frozenset().union(*(each.gist.countries for each in self.names))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The acronym without dots and spaces; a very short one is none."""
        return frozenset(filter(_is_long, [_letters(self.acronym)]))

    @cached_property
    def initials(self) -> frozenset[str]:
        """What the names would be abbreviated to; and a name that is an acronym itself."""
        texts = [each.text for each in self.names]
        return frozenset(filter(_is_long, [*map(_initials, texts), *map(_letters, texts)]))


def of_values(values: Any) -> Organisation:
    """The organisation in the plain values of a partner, however incomplete; never raises."""
    values = values if isinstance(values, Mapping) else {}
    others = values.get("other_names")
    named = [values.get("name"), *(others if isinstance(others, list | tuple) else ())]
    country = values.get("country")
    texts = dict.fromkeys(filter(None, map(plain_text, named[:MOST_NAMES])))
    return Organisation(
        names=tuple(name(text[:LONGEST]) for text in texts),
        acronym=plain_text(values.get("acronym"))[:LONGEST],
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
    near, ours, other = _nearest(mine, theirs, rarity)
    points = [
        _named(near, ours, other) if other else (0.0, None),
        *_acronyms(mine, theirs),
        _host(mine, theirs),
        _country(mine, theirs),
    ]
    whole = likeness(points)
    has_same_host = mine.host and mine.host == theirs.host
    if other and _are_elsewhere(mine, theirs) and _is_of_state(other) and not has_same_host:
        return Likeness(min(whole.score, OTHER_STATE), whole.reasons)
    return whole


type Pair = tuple[float, Name | None, Name | None]


def _nearest(mine: Organisation, theirs: Organisation, rarity: Rarity) -> Pair:
    """How near the two nearest of their names are, and which they are."""
    pairs = ((_near(m, t, rarity), m, t) for m in mine.names for t in theirs.names)
    return max(pairs, default=(0.0, None, None), key=lambda pair: pair[0])


def _near(ours: Name, other: Name, rarity: Rarity) -> float:
    """How near two names are, from 0 to 1: by their words, and letter by letter."""
    one, two = ours.looks, other.looks
    if one == two or _are_one_country(ours.gist, other.gist):
        return 1.0
    near = titles.closeness(ours.gist, other.gist, rarity.weight)
    if min(len(one), len(two)) < SHORTEST or one[0] != two[0]:
        return near
    letters = OSA.normalized_similarity(one, two)
    if max(len(one), len(two)) < LONG:
        # It forgives what comes at the end: of a long name, that would be most of it.
        letters = max(letters, JaroWinkler.similarity(one, two))
    return max(near, letters) if letters >= LETTERS else near


def _are_one_country(ours: Gist, other: Gist) -> bool:
    are_bare = not ours.words and not other.words
    return are_bare and bool(ours.countries) and ours.countries == other.countries


def _named(near: float, ours: Name, other: Name) -> Point:
    points = NAME * max(near - FROM, 0.0) / (1 - FROM)
    if near >= NEAR and fold(ours.text) != fold(other.text):
        is_disguised = ours.looks == other.looks or is_mixed(ours.text) or is_mixed(other.text)
        return points, Reason("letters" if is_disguised else "near-name", (other.text,))
    code = "same-name" if near >= NEAR else "like-name" if near >= LIKE else ""
    return points, Reason(code, (other.text,)) if code else None


def _are_elsewhere(mine: Organisation, theirs: Organisation) -> bool:
    return bool(mine.countries and theirs.countries and not mine.countries & theirs.countries)


def _is_of_state(other: Name) -> bool:
    """Whether a name is made of words that any country's ministries and agencies are made of."""
    return all(word in OF_STATE for word in other.gist.words.values())


def _acronyms(mine: Organisation, theirs: Organisation) -> Iterator[Point]:
    if mine.acronyms & theirs.acronyms:
        yield ACRONYM, Reason("acronym", (theirs.acronym,))
    elif mine.acronyms & theirs.initials:
        yield INITIALS, Reason("initials", (theirs.names[0].text,))
    elif theirs.acronyms & mine.initials:
        yield INITIALS, Reason("initials", (theirs.acronym,))


def _host(mine: Organisation, theirs: Organisation) -> Point:
    is_same = mine.host and mine.host == theirs.host
    return (HOST, Reason("host", (mine.host,))) if is_same else (0.0, None)


def _country(mine: Organisation, theirs: Organisation) -> Point:
    if _are_elsewhere(mine, theirs):
        return OTHER_COUNTRY, None
    return (SAME_COUNTRY if mine.countries & theirs.countries else 0.0), None


def _letters(text: str) -> str:
    return "".join(tokens(skeleton(text)))


def _initials(name: str) -> str:
    words = (word for word in tokens(name) if word not in EMPTY)
    return "".join(word[0] for word in words)


def _is_long(letters: str) -> bool:
    return len(letters) >= SHORTEST_ACRONYM
