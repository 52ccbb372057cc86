"""What can be done to partnership areas."""

from collections.abc import Sequence

from django.db.models import Q

from registry.actions import records, slugs
from registry.actions.rows import Rows
from registry.actions.shapes import Shape
from registry.models import (
    Activity,
    Area,
    AreaArticle,
    AreaLead,
    Contribution,
    Guidance,
    Meeting,
    Partner,
    PriorityAction,
)
from registry.permissions import Verb

SHAPE = Shape(
    Area,
    fields=(
        "slug",
        "number",
        "name",
        "short_name",
        "description",
        "objective",
        "articles_basis",
        "source",
        "source_system",
        "external_id",
    ),
    rows=(
        Rows("leads", AreaLead, "area", ("partner",)),
        Rows("articles", AreaArticle, "area", ("article",)),
        Rows("priority_actions", PriorityAction, "area", ("title", "indicator", "source")),
    ),
)
# What other records show of an area; its number sets the order in which they name it.
_SHOWN = ("name", "short_name", "number")


def _shown_by(changes: Sequence[records.Changed]) -> records.Shown:
    both = [values for each in changes for values in (each.before, each.after)]
    led = {slug for values in both for slug in values.get("leads", ())}
    other = [each.record for each in changes if each.differs_in(_SHOWN)]
    if other:
        led.update(slugs.of(Partner, Q(partner_areas__area__in=other)))
        yield "activity", slugs.of(Activity, Q(activity_areas__area__in=other))
        yield "guidance", slugs.of(Guidance, Q(guidance_areas__area__in=other))
        yield "meeting", slugs.of(Meeting, Q(area__in=other))
        yield "contribution", slugs.of(Contribution, Q(area__in=other))
    yield "partner", led


NOUN = records.Noun(shape=SHAPE, edit=Verb.EDIT_AREAS, shown_by=_shown_by)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
