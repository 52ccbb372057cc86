"""What the registry holds on an article, an area, a country: the questions behind those pages."""

from django.db.models import Q
from django.utils.datastructures import MultiValueDict

from registry.models import Guidance, Partner
from registry.queries import bodies, guidance
from registry.queries.lists import Listing
from registry.queries.representation import Body
from registry.queries.stored import bodies_of


def listing(noun: str, **filters: str) -> Listing:
    """The list of a noun under these filters, as its own page shows it."""
    return bodies.LISTS[noun].ask(
        MultiValueDict({name: [value] for name, value in filters.items()})
    )


def guidance_by_kind(article: int) -> list[tuple[str, list[Body]]]:
    """All guidance on an article by kind: the largest group first, newest first in each."""
    groups: dict[str, list[Body]] = {}
    for body in listing("guidance", article=str(article)).everything():
        groups.setdefault(body["kind"], []).append(body)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def guidance_produced_in(country: str) -> list[Body]:
    """Documents that activities in a country produced, or that its government published."""
    by_activity = Q(produced_by__activity__activity_countries__country_id=country)
    by_publisher = Q(
        publishers__partner__country_id=country, publishers__partner__type="government"
    )
    found = Guidance.objects.published().filter(by_activity | by_publisher).distinct()
    newest = guidance.LIST.sorts["newest"].ordered(found)
    return bodies_of("guidance", list(newest.values_list("slug", flat=True)))


def represented_by(association: str) -> list[Body]:
    """The entities with a record of their own that an association represents."""
    found = Partner.objects.published().filter(represented_by__slug=association)
    return bodies_of("partner", list(found.order_by("name").values_list("slug", flat=True)))
