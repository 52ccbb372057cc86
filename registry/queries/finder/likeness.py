"""Which countries are like another one, and why: pure, the same for the same records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Country, Party
from registry.queries.representation import Body
from registry.queries.revision import per_revision

# What counts for how much. Of places only the narrowest that both share counts: neighbours have
# most in common. That both are Parties says that they have the same obligations, but it does not
# make two countries alike by itself.
POINTS = {
    "intermediate_region": 6,
    "subregion": 4,
    "region": 2,
    "sids": 3,
    "ldc": 2,
    "lldc": 2,
    "parties": 1,
}
_PLACES = ("intermediate_region", "subregion", "region")
_GROUPS = ("sids", "ldc", "lldc")


@dataclass(frozen=True)
class Traits:
    """What a country is compared by: places of the UN list M49, UN groups, and being a Party."""

    code: str
    region: str = ""
    subregion: str = ""
    intermediate_region: str = ""
    sids: bool = False
    ldc: bool = False
    lldc: bool = False
    is_party: bool = False


@dataclass(frozen=True)
class Reason:
    """One thing that two countries share, and the points that it is worth."""

    name: str
    place: str = ""

    @property
    def points(self) -> int:
        """What it counts for."""
        return POINTS[self.name]

    @property
    def words(self) -> str:
        """The reason as people read it."""
        place = self.place and _(self.place)
        return {
            "intermediate_region": _("same subregion, %s"),
            "subregion": _("same subregion, %s"),
            "region": _("same region, %s"),
            "sids": _("both small island developing States"),
            "ldc": _("both least developed countries"),
            "lldc": _("both landlocked developing countries"),
            "parties": _("both Parties, with the same obligations"),
        }[self.name].replace("%s", place)


@dataclass(frozen=True)
class Likeness:
    """A country that is like another one, and the reasons, the weightiest first."""

    code: str
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """How much the two share."""
        return sum(reason.points for reason in self.reasons)


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """How another country is like this one; None where they share no place and no group."""
    shared = [*_place(one, other), *(Reason(g) for g in _GROUPS if _both(one, other, g))]
    if not shared or one.code == other.code:
        return None
    if _both(one, other, "is_party"):
        shared.append(Reason("parties"))
    # Sorting keeps the order of reasons that count the same.
    return Likeness(other.code, tuple(sorted(shared, key=lambda reason: -reason.points)))


def _place(one: Traits, other: Traits) -> list[Reason]:
    for name in _PLACES:
        place = getattr(one, name)
        if place and place == getattr(other, name):
            return [Reason(name, place)]
    return []


def _both(one: Traits, other: Traits, name: str) -> bool:
    return getattr(one, name) and getattr(other, name)


def most_alike(
    one: Traits, others: Iterable[Traits], counts: Mapping[str, int], most: int
) -> list[Likeness]:
    """The countries most like this one among those that have any of what is counted, by code.

    Equal points: who has more comes first, then by code.
    """
    alike = (likeness(one, other) for other in others if counts.get(other.code))
    found = sorted(filter(None, alike), key=lambda a: (-a.points, -counts[a.code], a.code))
    return found[:most]


@dataclass(frozen=True)
class Near:
    """An activity in countries like the one asked for, and which of them, the most alike first."""

    body: Body
    because: tuple[Likeness, ...]


def nearest(bodies: Iterable[Body], alike: Iterable[Likeness]) -> list[Near]:
    """Activities in these countries: those of the most similar ones first.

    Equal likeness: what names fewer countries is nearer to each of them; then the one that began
    last, then by reference. Activities in none of them are left out.
    """
    by_code = {each.code: each for each in alike}
    found = []
    for body in bodies:
        codes = [each["code"] for each in body["countries"] if each["code"] in by_code]
        because = sorted((by_code[c] for c in codes), key=lambda a: (-a.points, a.code))
        if because:
            found.append(Near(body, tuple(because)))
    # From the least to the most important: sorting keeps the order of equals.
    found.sort(key=lambda near: near.body["reference"])
    found.sort(key=lambda near: near.body["start"], reverse=True)
    return sorted(found, key=lambda near: (-near.because[0].points, len(near.body["countries"])))


@per_revision
def traits() -> dict[str, Traits]:
    """The traits of all countries by code."""
    found = Country.objects.order_by("code").select_related("party")
    return {country.code: _traits(country) for country in found}


def _traits(country: Country) -> Traits:
    party: Any = getattr(country, "party", None)
    return Traits(
        code=country.code,
        region=country.m49_region,
        subregion=country.m49_subregion,
        intermediate_region=country.m49_intermediate_region,
        sids=country.is_sids,
        ldc=country.is_ldc,
        lldc=country.is_lldc,
        is_party=party is not None and party.status == Party.Status.PARTY,
    )
