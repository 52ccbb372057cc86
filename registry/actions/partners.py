"""What can be done to partners and other organisations."""

import datetime as dt

from django.db.models import Q

from registry.actions import records, slugs
from registry.actions.rows import Rows
from registry.actions.shapes import Shape
from registry.actions.values import Values
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


def _prepare(partner: Partner, today: dt.date) -> None:
    slugs.give(partner, partner.name)


def _shown_by(partner: Partner, before: Values, after: Values) -> records.Shown:
    if not before or all(before[name] == after[name] for name in _SHOWN):
        return
    takes_part = Q(participations__partner=partner) | Q(funding_lines__funder=partner)
    yield "activity", slugs.of(Activity, takes_part)
    yield "guidance", slugs.of(Guidance, Q(publishers__partner=partner))
    yield "area", slugs.of(Area, Q(leads__partner=partner))
    yield "contribution", slugs.of(Contribution, Q(donor=partner))
    yield "partner", slugs.of(Partner, Q(represented_by=partner))


NOUN = records.Noun(shape=SHAPE, prepare=_prepare, shown_by=_shown_by)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
