"""Public addresses for new records."""

from django.db.models import Model, Q
from django.utils.text import slugify

from registry.models import Record

LONGEST = 80
# Words that stand in the same place of an address of the desk as a partner does.
RESERVED = frozenset({"apply", "change", "files", "join", "submissions"})


def of(model: type[Model], named: Q) -> list[str]:
    """The slugs of the rows that meet a condition, once each."""
    return list(model.objects.filter(named).values_list("slug", flat=True).distinct())


def give(record: Record, text: str) -> None:
    """Give a record without one a slug made from `text`; a taken one gets a number behind it.

    Withdrawn records keep theirs, so no address ever comes to mean another record.
    """
    if record.slug:
        return
    stem = slugify(text)[:LONGEST].strip("-") or record.noun
    taken = RESERVED | set(
        type(record).objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    record.slug = slug
