"""What can be done to partners and other organisations."""

from collections.abc import Sequence

from django.db.models import Q

from registry.actions import records, slugs
from registry.actions.rows import Rows
from registry.actions.shapes import Shape
from registry.models import (
    Activity,
    Area,
    Contribution,
    Guidance,
    Partner,
    PartnerArea,
    PartnerName,
)

SHAPE = Shape(
    Partner,
    fields=(
        "slug",
        "name",
        "acronym",
        "standing",
        "type",
        "country",
        "is_association",
        "represented_by",
        "represented_count",
        "website",
        "evidence",
        "involvement",
        "source_year",
        "areas_source",
        "joined",
        "left",
        "source",
        "source_system",
        "external_id",
    ),
    rows=(
        Rows("other_names", PartnerName, "partner", ("name",)),
        Rows("areas", PartnerArea, "partner", ("area",)),
    ),
)
# What other records show of an organisation.
_SHOWN = ("name", "acronym", "standing")


def _shown_by(changes: Sequence[records.Changed]) -> records.Shown:
    other = [each.record for each in changes if each.differs_in(_SHOWN)]
    if not other:
        return
    takes_part = Q(participations__partner__in=other) | Q(funding_lines__funder__in=other)
    yield "activity", slugs.of(Activity, takes_part)
    yield "guidance", slugs.of(Guidance, Q(publishers__partner__in=other))
    yield "area", slugs.of(Area, Q(leads__partner__in=other))
    yield "contribution", slugs.of(Contribution, Q(donor__in=other))
    yield "partner", slugs.of(Partner, Q(represented_by__in=other))


NOUN = records.Noun(shape=SHAPE, called=str, shown_by=_shown_by)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
