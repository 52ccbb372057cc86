"""What can be done to meetings."""

import datetime as dt

from articles.dates import refuse_backwards
from registry.actions import records
from registry.actions.shapes import Shape
from registry.models import Meeting

SHAPE = Shape(
    Meeting,
    fields=(
        "slug",
        "title",
        "kind",
        "start",
        "end",
        "place",
        "country",
        "area",
        "source",
        "source_system",
        "external_id",
    ),
)


def _prepare(meeting: Meeting, today: dt.date) -> None:
    refuse_backwards(meeting.start, meeting.end)


NOUN = records.Noun(shape=SHAPE, called=str, prepare=_prepare)
create = NOUN.create
change = NOUN.change
withdraw = NOUN.withdraw
restore = NOUN.restore
