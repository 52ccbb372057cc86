"""Questions about partners and other organisations: how one is shown, filtered and sorted."""

from functools import cache

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.models import AreaLead, Partner, PartnerArea, PartnerName
from registry.queries.criteria import Many, Since, Words
from registry.queries.filters import Filters
from registry.queries.labels import AREAS, COUNTRIES, of
from registry.queries.lists import NounList
from registry.queries.representation import (
    Body,
    Representation,
    area_card,
    country_card,
    partner_card,
    provenance,
    rows,
    words_of,
)
from registry.queries.sorts import BY_CHANGE, Sort


def _records() -> QuerySet[Partner]:
    return Partner.objects.select_related("country", "represented_by")


@cache
def _rows() -> tuple[Prefetch, ...]:
    return (
        rows("other_names", PartnerName, order="name"),
        rows("partner_areas", PartnerArea, "area", order="area__number"),
        rows("areas_led", AreaLead, "area", order="area__number", public=True),
    )


def _body(partner: Partner) -> Body:
    return {
        **partner_card(partner),
        "path": partner.get_absolute_url(),
        "other_names": [row.name for row in partner.shown_other_names],
        "type": partner.type,
        "country": country_card(partner.country),
        "is_association": partner.is_association,
        "represented_by": partner_card(partner.represented_by),
        "represented_count": partner.represented_count,
        "areas": [area_card(row.area) for row in partner.shown_partner_areas],
        "areas_led": [area_card(row.area) for row in partner.shown_areas_led],
        "website": partner.website,
        "evidence": partner.evidence,
        "involvement": partner.involvement,
        "joined": partner.joined,
        "left": partner.left,
        "source_year": partner.source_year,
        "areas_source": partner.areas_source,
        **provenance(partner),
    }


def _text(body: Body) -> str:
    return words_of(
        body["acronym"],
        *body["other_names"],
        body["country"] and body["country"]["name"],
        body["involvement"],
        *(area["short_name"] for area in body["areas"]),
    )


REPRESENTATION = Representation(
    noun="partner",
    key="slug",
    records=_records,
    rows=_rows,
    body=_body,
    title=lambda body: body["name"],
    text=_text,
    names=lambda body: [body["acronym"], *body["other_names"]],
)


class PartnerFilters(Filters):
    """What partners and other organisations can be filtered by."""

    q = Words("partner")
    standing = Many(_("Standing"), "standing", of(Partner.Standing), at="standing")
    type = Many(_("Type"), "type", of(Partner.Type), at="type", may_be_none=True)
    area = Many(_("Area"), "partner_areas__area__slug", AREAS, at="areas.slug", may_be_none=True)
    country = Many(
        _("Country of the seat"),
        "country_id",
        COUNTRIES,
        at="country.code",
        may_be_none=True,
        label_path="country__name_en",
    )
    evidence = Many(
        _("Evidence"),
        "evidence",
        of(Partner.Evidence),
        at="evidence",
        is_facet=False,
        may_be_none=True,
    )
    updated_since = Since()


LIST = NounList(
    noun="partner",
    model=Partner,
    filters=PartnerFilters,
    sorts={
        "name": Sort(_("name"), Lower("name"), lambda body: body["name"].lower()),
        "updated": BY_CHANGE,
    },
)
