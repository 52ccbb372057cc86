"""Fills an empty registry with generated records."""

import csv
from collections.abc import Callable
from itertools import batched

from django.db import transaction

from articles.models import Country
from registry.actions import activities, areas, guidance, partners, samples
from registry.actions.records import Noun
from registry.errors import Refused
from registry.exchange.loading import DATA
from registry.exchange.sample.records import Sample
from registry.models import Area, Partner
from registry.permissions import SYSTEM

AT_ONCE = 2000


class SampleRefused(Refused):
    """The registry holds records that are not generated; they are never mixed."""


@transaction.atomic
def fill(scale: int, seed: int, say: Callable[[str], None]) -> None:
    """Add the areas and generated records. Raises SampleRefused where other records are."""
    if Partner.objects.exclude(source_system="generated").exists() or Area.objects.exists():
        raise SampleRefused("The registry is not empty. Use a database of its own for the sample.")
    _add_areas()
    codes = list(Country.objects.order_by("code").values_list("code", flat=True))
    sample = Sample(scale, seed, codes)
    for noun, many in (
        (partners.NOUN, sample.partners()),
        (activities.NOUN, sample.activities()),
        (guidance.NOUN, sample.documents()),
    ):
        _add(noun, many, say)


def _add(noun: Noun, many, say: Callable[[str], None]) -> None:
    done = 0
    for batch in batched(many, AT_ONCE):
        done += samples.add(noun=noun, many=list(batch), by=SYSTEM)
        say(f"{noun.shape.model._meta.verbose_name_plural}: {done}")


def _add_areas() -> None:
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            named = ("number", "name", "short_name", "description", "objective")
            served = [int(number) for number in row["articles"].split(";") if number.strip()]
            values = {name: row[name] for name in named}
            values |= {"slug": row["code"], "articles": served}
            areas.create(values=values, by=SYSTEM)
