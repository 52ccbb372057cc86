"""What can be done to contributions."""

from registry.actions import records
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


def _called(contribution: Contribution) -> str:
    donor = contribution.donor.slug if contribution.donor_id else ""
    return f"{donor} {contribution.purpose}"


NOUN = records.Noun(shape=SHAPE, called=_called)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
