"""What can be done to guidance documents."""

import datetime as dt

from registry.actions import records, slugs
from registry.actions.rows import Rows
from registry.actions.shapes import Shape
from registry.actions.values import Values
from registry.models import (
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


def _prepare(guidance: Guidance, today: dt.date) -> None:
    slugs.give(guidance, guidance.title)


def _shown_by(guidance: Guidance, before: Values, after: Values) -> records.Shown:
    related = [*before.get("relations", ()), *after["relations"]]
    others = {row["other"] for row in related}
    if before and before["title"] != after["title"]:
        others |= set(guidance.related_from.values_list("guidance__slug", flat=True))
        yield "activity", guidance.produced_by.values_list("activity__slug", flat=True)
    yield "guidance", others


NOUN = records.Noun(shape=SHAPE, prepare=_prepare, shown_by=_shown_by)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
