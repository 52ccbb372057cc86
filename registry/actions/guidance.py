"""What can be done to guidance documents."""

from collections.abc import Sequence

from django.db.models import Q

from registry.actions import records, slugs
from registry.actions.rows import Rows
from registry.actions.shapes import Shape
from registry.models import (
    Activity,
    Edition,
    Guidance,
    GuidanceArea,
    GuidanceArticle,
    GuidanceRelation,
    Publisher,
)

SHAPE = Shape(
    Guidance,
    fields=(
        "slug",
        "title",
        "subtitle",
        "kind",
        "role",
        "year",
        "abstract",
        "url",
        "named_in_pag6",
        "source",
        "source_system",
        "external_id",
    ),
    rows=(
        Rows("publishers", Publisher, "guidance", ("partner",)),
        Rows("areas", GuidanceArea, "guidance", ("area",)),
        Rows("articles", GuidanceArticle, "guidance", ("article", "basis")),
        Rows("editions", Edition, "guidance", ("language", "url")),
        Rows("relations", GuidanceRelation, "guidance", ("other", "kind")),
    ),
)


def _shown_by(changes: Sequence[records.Changed]) -> records.Shown:
    both = [values for each in changes for values in (each.before, each.after)]
    others = {row["other"] for values in both for row in values.get("relations", ())}
    renamed = [each.record for each in changes if _is_renamed(each)]
    if renamed:
        others.update(slugs.of(Guidance, Q(relations__other__in=renamed)))
        yield "activity", slugs.of(Activity, Q(outputs__guidance__in=renamed))
    yield "guidance", others


def _is_renamed(change: records.Changed) -> bool:
    return bool(change.before) and change.before["title"] != change.after["title"]


NOUN = records.Noun(shape=SHAPE, called=str, shown_by=_shown_by)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
