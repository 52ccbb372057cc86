"""Records that have the very same key: GEF number, identifier at the source, web address."""

from collections.abc import Iterator

from django.db.models import Q

from registry.models import Activity, Edition, Entry, Guidance
from registry.queries.alike.facts import Facts

# So many addresses are looked up.
MOST_URLS = 5
# Of records that share an address, so many are looked at.
MOST = 30


def entries(noun: str, facts: Facts) -> list[int]:
    """The numbers of the public entries of a noun with a key of these facts."""
    slugs = set(_slugs(noun, facts))
    found = Entry.objects.public().filter(noun=noun, key__in=slugs) if slugs else ()
    return [entry.pk for entry in found]


def _slugs(noun: str, facts: Facts) -> Iterator[str]:
    model = {"activity": Activity, "guidance": Guidance}[noun]
    if noun == "activity" and facts.gef:
        yield from _of(Activity, Q(gef_id=facts.gef))
    if facts.identifier:
        system, key = facts.identifier
        yield from _of(model, Q(external_id=key, source_system=system))
    if urls := [form for url in sorted(facts.urls)[:MOST_URLS] for form in _forms(url)]:
        yield from _of(model, Q(url__in=urls))
        if noun == "guidance":
            editions = Edition.objects.filter(url__in=urls)
            yield from editions.values_list("guidance__slug", flat=True)[:MOST]


def _of(model: type[Activity] | type[Guidance], condition: Q) -> Iterator[str]:
    records = model.objects.published().filter(condition)
    yield from records.values_list("slug", flat=True)[:MOST]


def _forms(url: str) -> Iterator[str]:
    """The forms in which an address is written that `facts.address` does not tell apart."""
    for scheme in ("https", "http"):
        for www in ("", "www."):
            for slash in ("", "/"):
                yield f"{scheme}://{www}{url}{slash}"
