"""What the registry holds on an article, an area, a country: the questions behind those pages."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.datastructures import MultiValueDict

from registry.models import Basis, Guidance, Partner
from registry.queries import bodies, guidance
from registry.queries.lists import Listing
from registry.queries.representation import Body
from registry.queries.stored import bodies_of


def listing(noun: str, **filters: str | list[str]) -> Listing:
    """The list of a noun under these filters, as its own page shows it.

    Several values of one filter mean any of them, as in an address.
    """
    asked = {n: [given] if isinstance(given, str) else given for n, given in filters.items()}
    return bodies.LISTS[noun].ask(MultiValueDict(asked))


def guidance_by_kind(found: Iterable[Body], language: str) -> list[tuple[str, list[Body]]]:
    """Documents by kind, the largest group first.

    In each come first those that are there in `language`, a code such as “fr”; otherwise they keep
    their order.
    """
    groups: dict[str, list[Body]] = {}
    for body in sorted(found, key=lambda body: language not in _languages(body)):
        groups.setdefault(body["kind"], []).append(body)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _languages(document: Body) -> set[str]:
    return {edition["language"] for edition in document["editions"]}


def most_relevant(activities: Iterable[Body], article: int) -> list[Body]:
    """Activities in the order in which they have most to say about an article.

    First those whose own source names it, then those that serve few other articles beside it; among
    these they keep their order.
    """

    def place(body: Body) -> tuple[bool, int]:
        basis = {each["number"]: each["basis"] for each in body["articles"]}
        return basis[article] != Basis.STATED, len(basis)

    return sorted(activities, key=place)


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
