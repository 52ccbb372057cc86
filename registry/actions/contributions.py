"""What can be done to contributions."""

import datetime as dt

from registry.actions import records, slugs
from registry.actions.shapes import Shape
from registry.models import Contribution

SHAPE = Shape(
    Contribution,
    fields=(
        "slug",
        "donor",
        "purpose",
        "serves",
        "kind",
        "instrument",
        "year",
        "year_end",
        "amount",
        "currency",
        "area",
        "source",
        "source_system",
        "external_id",
    ),
)


def _prepare(contribution: Contribution, today: dt.date) -> None:
    donor = contribution.donor.slug if contribution.donor_id else ""
    slugs.give(contribution, f"{donor} {contribution.purpose}")


NOUN = records.Noun(shape=SHAPE, prepare=_prepare)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
