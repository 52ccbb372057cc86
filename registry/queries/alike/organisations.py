"""Organisations that may be confused with one: found by words, acronym and web site."""

from articles.gist import gist
from registry.models import Entry, Partner
from registry.queries.alike.candidates import Pool
from registry.queries.alike.facts import Facts
from registry.queries.alike.letters import skeleton
from registry.queries.alike.names import Organisation

# So few are all compared.
FEW = 400
# Of those with the same web site, so many are looked at.
MOST = 30


def candidates(pool: Pool, mine: Organisation) -> list[tuple[str, str]]:
    """Key and stored body of each organisation to compare with, in a fixed order."""
    if len(pool.ids) <= FEW:
        return pool.bodies(pool.ids)
    asked = " ".join([*(each.text for each in mine.names), *mine.acronyms, *mine.initials])
    about = Facts(gist=gist(f"{asked} {skeleton(asked)}"))
    return pool.bodies([*_same_site(mine.host), *pool.by_words(about)])


def _same_site(host: str) -> list[int]:
    if not host:
        return []
    partners = Partner.objects.published().filter(website__icontains=host)
    slugs = list(partners.order_by("slug").values_list("slug", flat=True)[:MOST])
    found = Entry.objects.public().filter(noun="partner", key__in=slugs)
    return list(found.values_list("pk", flat=True))
