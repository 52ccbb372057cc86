"""Who takes part in activities, and which of them are regional centres."""

from dataclasses import dataclass

from django.db.models import Count

from articles.folding import fold
from registry.models import Partner
from registry.queries.articles import listing
from registry.queries.figures import Number


@dataclass(frozen=True)
class TakesPart:
    """An organisation that takes part in activities, and in how many of those that count here."""

    slug: str
    name: str
    standing: str
    activities: Number

    @property
    def is_regional_centre(self) -> bool:
        """Whether its own name says that it is a Regional Centre of a convention (PAG-6 §16e).

        The Basel and Stockholm Conventions have them; the registry records nothing else of it.
        """
        name = fold(self.name)
        is_of_convention = "convention" in name and ("basel" in name or "stockholm" in name)
        return "regional centre" in name and is_of_convention


def takes_part(filters: dict[str, str]) -> list[TakesPart]:
    """Who takes part in the activities of a list, the most active first, then by name.

    Whatever the part: to lead, to carry out, to fund, to contribute.
    """
    activities = listing("activity", **filters).records()
    found = (
        Partner.objects.published()
        .filter(participations__activity__in=activities.values("pk"))
        .annotate(n=Count("participations__activity", distinct=True))
        .order_by("-n", "name")
    )
    asked = tuple(filters.items())
    return [
        TakesPart(slug, name, standing, Number("activity", n, (*asked, ("partner", slug))))
        for slug, name, standing, n in found.values_list("slug", "name", "standing", "n")
    ]
