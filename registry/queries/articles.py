"""What the registry holds on an article, an area, a country: the questions behind those pages."""

from django.db.models import Q
from django.utils.datastructures import MultiValueDict

from registry.models import Area, Contribution, Guidance, Meeting, Partner
from registry.queries import activities, catalogue, guidance, meetings, partners
from registry.queries.lists import Listing, NounList, bodies_of
from registry.queries.representation import Body

LISTS: dict[str, NounList] = {
    "activity": activities.LIST,
    "guidance": guidance.LIST,
    "partner": partners.LIST,
    "meeting": meetings.LIST,
    "decision": catalogue.DECISIONS,
}


def listing(noun: str, **filters: str) -> Listing:
    """The list of a noun under these filters, as its own page shows it."""
    return LISTS[noun].ask(MultiValueDict({name: [value] for name, value in filters.items()}))


def guidance_by_kind(article: int) -> list[tuple[str, list[Body]]]:
    """All guidance on an article by kind: the largest group first, newest first in each."""
    found = listing("guidance", article=str(article))
    groups: dict[str, list[Body]] = {}
    for body in found.bodies(0, found.count()):
        groups.setdefault(body["kind"], []).append(body)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def contributions_to(area: str) -> list[Body]:
    """Money and help that donors gave to an area."""
    found = Contribution.objects.published().filter(area__slug=area)
    return bodies_of(
        "contribution", list(found.order_by("-year", "pk").values_list("slug", flat=True))
    )


def contributions_of(donor: str) -> list[Body]:
    """What a donor gave."""
    found = Contribution.objects.published().filter(donor__slug=donor)
    return bodies_of(
        "contribution", list(found.order_by("-year", "pk").values_list("slug", flat=True))
    )


def meetings_of(area: str) -> list[Body]:
    """Meetings of an area, newest first."""
    found = Meeting.objects.published().filter(area__slug=area)
    return bodies_of("meeting", list(found.order_by("-start", "pk").values_list("slug", flat=True)))


def guidance_produced_in(country: str) -> list[Body]:
    """Documents that activities in a country produced, or that its government published."""
    by_activity = Q(produced_by__activity__activity_countries__country_id=country)
    by_publisher = Q(
        publishers__partner__country_id=country, publishers__partner__type="government"
    )
    found = Guidance.objects.published().filter(by_activity | by_publisher).distinct()
    return bodies_of("guidance", list(found.order_by("-year", "pk").values_list("slug", flat=True)))


def represented_by(association: str) -> list[Body]:
    """The entities with a record of their own that an association represents."""
    found = Partner.objects.published().filter(represented_by__slug=association)
    return bodies_of("partner", list(found.order_by("name").values_list("slug", flat=True)))


def all_areas() -> list[Body]:
    """The partnership areas, in their order."""
    found = Area.objects.published().order_by("number")
    return bodies_of("area", list(found.values_list("slug", flat=True)))
