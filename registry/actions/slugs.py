"""Public addresses for new records."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import batched

from django.db.models import Model, Q
from django.utils.text import slugify

from registry.models import Record

LONGEST = 80
# Words that stand in the same place of an address of the desk as a partner does.
RESERVED = frozenset({"apply", "change", "files", "join", "submissions"})
# So many beginnings are asked for in one question.
AT_ONCE = 50


def of(model: type[Model], named: Q) -> list[str]:
    """The slugs of the rows that meet a condition, once each."""
    return list(model.objects.filter(named).values_list("slug", flat=True).distinct())


def give(
    records: Sequence[Record], text: Callable[[Record], str], *, given: Collection[str] = ()
) -> None:
    """Give records without one a slug made from their `text`; a taken one gets a number behind it.

    Withdrawn records keep theirs, so no address ever comes to mean another record. `given` names
    slugs that are taken although they are not stored yet.
    """
    nameless = [record for record in records if not record.slug]
    stems = [slugify(text(each))[:LONGEST].strip("-") or each.noun for each in nameless]
    taken = {*RESERVED, *given}
    if nameless:
        taken |= _stored(type(nameless[0]), stems, taken)
    numbers: dict[str, int] = {}
    for record, stem in zip(nameless, stems, strict=True):
        record.slug = _free(stem, taken, numbers)
        taken.add(record.slug)


def _stored(model: type[Record], stems: list[str], taken: set[str]) -> set[str]:
    """Which of these are taken, and of those that are or come twice, the numbered ones as well."""
    found = set(_like(model, Q(slug__in=set(stems))))
    counted = Counter(stems)
    again = {stem for stem in stems if stem in found or stem in taken or counted[stem] > 1}
    for some in batched(sorted(again), AT_ONCE):
        begin = Q()
        for stem in some:
            begin |= Q(slug__startswith=f"{stem}-")
        found.update(_like(model, begin))
    return found


def _like(model: type[Record], named: Q) -> Iterable[str]:
    return model.objects.filter(named).values_list("slug", flat=True)


def _free(stem: str, taken: set[str], numbers: dict[str, int]) -> str:
    number, slug = numbers.get(stem, 1), stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    numbers[stem] = number
    return slug
