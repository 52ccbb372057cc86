"""Questions about meetings: how one is shown, filtered and sorted."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.models import Meeting
from registry.queries.criteria import Many, Since, Words
from registry.queries.filters import Filters
from registry.queries.labels import AREAS, COUNTRIES, of
from registry.queries.lists import NounList
from registry.queries.representation import (
    Body,
    Representation,
    area_card,
    country_card,
    provenance,
    words_of,
)
from registry.queries.sorts import BY_CHANGE, BY_TITLE, Sort


def _records() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("country", "area")


def _body(meeting: Meeting) -> Body:
    return {
        "slug": meeting.slug,
        "path": meeting.get_absolute_url(),
        "title": meeting.title,
        "kind": meeting.kind,
        "start": meeting.start,
        "end": meeting.end,
        "place": meeting.place,
        "country": country_card(meeting.country),
        "area": area_card(meeting.area),
        **provenance(meeting),
    }


def _text(body: Body) -> str:
    return words_of(
        body["kind"],
        body["place"],
        body["country"] and body["country"]["name"],
        body["area"] and body["area"]["short_name"],
        body["start"],
    )


REPRESENTATION = Representation(
    noun="meeting",
    key="slug",
    records=_records,
    body=_body,
    title=lambda body: body["title"],
    text=_text,
)


class MeetingFilters(Filters):
    """What meetings can be filtered by."""

    q = Words("meeting")
    kind = Many(_("Kind"), "kind", of(Meeting.Kind), at="kind")
    area = Many(_("Area"), "area__slug", AREAS, at="area.slug", may_be_none=True)
    country = Many(
        _("Country"),
        "country_id",
        COUNTRIES,
        at="country.code",
        may_be_none=True,
        label_path="country__name_en",
    )
    updated_since = Since()


LIST = NounList(
    noun="meeting",
    model=Meeting,
    filters=MeetingFilters,
    sorts={
        "newest": Sort(_("newest first"), "start", lambda body: body["start"], is_falling=True),
        "oldest": Sort(_("oldest first"), "start", lambda body: body["start"]),
        "title": BY_TITLE,
        "updated": BY_CHANGE,
    },
)
